// The sums of a sheet, without a page: which amounts there are, what was typed, and the intention made of it.
// A cell's key is its group and the id of what is paid into: "lines:…" (loans), "compulsory:…" (members), "savings:…".
const ID = { lines: "loan_id", compulsory: "member_id", savings: "account_id" };
const GROUPS = Object.keys(ID);

export const idOf = (group, row) => row?.[ID[group]];

// 0 for nothing, NaN for what is no sum of whole rupiah.
export function amountOf(text) {
  const said = (text ?? "").trim();
  if (!said) return 0;
  return /^\d{1,3}([. ]?\d{3})*$|^\d+$/.test(said) ? Number(said.replace(/\D/g, "")) : NaN;
}

export function totalOf(cells, draft) {
  const sums = cells.map((cell) => amountOf(draft[cell.key])).filter((sum) => sum > 0);
  return { sum: sums.reduce((all, sum) => all + sum, 0), count: sums.length };
}

// Members with what each may pay; what a sheet under repair has and the present one does not comes after them.
export function cellsOf(sheet, mending, words) {
  const members = (sheet?.members ?? []).map((member) => ({ name: member.name, number: member.number, cells: cellsOfMember(member, words) }));
  const there = new Set(members.flatMap((member) => member.cells.map((cell) => cell.key)));
  const missing = Object.entries(mending?.labels ?? {}).filter(([key]) => !there.has(key));
  return [...members, ...missing.map(([key, label]) => ({ name: label, number: null, cells: [{ key, label, what: label, asked: 0 }] }))];
}

function cellsOfMember({ id, name, compulsory, savings, loans }, words) {
  const cell = (group, whose, what, asked) => ({ key: `${group}:${whose}`, what, label: `${name}, ${what}`, asked });
  return [
    cell("compulsory", id, words.compulsory, compulsory),
    ...(savings ? [cell("savings", savings.id, savings.name, 0)] : []),
    ...loans.map((loan) => cell("lines", loan.id, `${words.loan} ${loan.name}`, loan.due)),
  ];
}

// A line that is mended keeps the id of its entry.
export function payloadOf(cells, draft, { cooperative, village, on, counted }, mending, newId) {
  const payload = { cooperative_id: cooperative, village_code: village, on, counted_rupiah: counted };
  for (const group of GROUPS) {
    const before = mending?.payload[group] ?? [];
    payload[group] = cells
      .filter((cell) => cell.key.startsWith(`${group}:`) && amountOf(draft[cell.key]))
      .map((cell) => {
        const id = cell.key.slice(group.length + 1);
        const entry_id = before.find((row) => row[ID[group]] === id)?.entry_id ?? newId();
        return { entry_id, [ID[group]]: id, amount_rupiah: amountOf(draft[cell.key]) };
      });
  }
  return payload;
}

export function draftOf(payload) {
  const rows = GROUPS.flatMap((group) => payload[group].map((row) => [`${group}:${row[ID[group]]}`, row.amount_rupiah.toLocaleString("id-ID")]));
  return Object.fromEntries(rows);
}
