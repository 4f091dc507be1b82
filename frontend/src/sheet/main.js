// A meeting's sheet: what is asked of each member, filled in with or without a signal, sent once.
import { askBeforeSignOut, datesAt, drawState, fillSlot, keepShell, line, offerWaysOut, sentence, slot } from "../outbox/page.js";
import { mended, seen, toAskAbout } from "../outbox/rules.js";
import { dropOtherPacks, newId, openStore, placesOf } from "../outbox/store.js";
import { startSync } from "../outbox/sync.js";
import { amountOf, cellsOf, draftOf, idOf, payloadOf, totalOf } from "./sheet.js";

const DAYS_KEPT = 3;
const root = document.getElementById("lapangan");
const form = document.getElementById("lembar");
const { actor, sw } = root.dataset;
const { person } = document.body.dataset;
const WORDS = JSON.parse(document.getElementById("kata").textContent);
const address = new URLSearchParams(location.search);
const UUID = /^[0-9a-f-]{36}$/;
const cooperative = UUID.test(address.get("koperasi") ?? "") ? address.get("koperasi") : await placesOf(person).then((places) => places.find((place) => UUID.test(place)) ?? "");
const store = openStore(person, cooperative);
const [day, counted, search] = ["tanggal", "dihitung", "cari"].map((id) => document.getElementById(id));
let net = "waiting";
let mending = null;
let isOver = false; // the sheet was sent from this page; another is fetched when the page is opened again
let draft = {};
let cells = [];
let dates = datesAt(-new Date().getTimezoneOffset() / 60);

const rupiah = (sum) => `Rp${sum.toLocaleString("id-ID")}`;
const sheetHere = () => store.db.pack.get(cooperative);
const isTyping = () => Boolean(mending) || Object.values(draft).some(Boolean);

// --- drawing -------------------------------------------------------------------------------------
function cellLine(cell) {
  const row = line("isian", { label: cell.asked ? `${cell.what}, ${WORDS.asked} ${rupiah(cell.asked)}` : cell.what });
  const input = row.querySelector("input");
  input.id = `isi-${cell.key}`;
  input.name = cell.key;
  input.value = draft[cell.key] ?? "";
  slot("label", row).htmlFor = input.id;
  const full = slot("full", row);
  if (!cell.asked) {
    full.remove();
    return row;
  }
  full.textContent = `${WORDS.fill} ${rupiah(cell.asked)}`;
  full.setAttribute("aria-label", `${WORDS.fill} ${rupiah(cell.asked)}: ${cell.label}`);
  full.addEventListener("click", () => {
    input.value = cell.asked.toLocaleString("id-ID");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return row;
}

function memberLine(member) {
  const row = line("anggota", { name: member.name, number: member.number ? `${WORDS.member} ${member.number}` : "" });
  row.dataset.name = member.name.toLowerCase();
  slot("cells", row).replaceChildren(...member.cells.map(cellLine));
  return row;
}

const titleOf = ({ payload }) =>
  `${WORDS.meeting} ${dates.day(payload.on)}, ${payload.lines.length + payload.compulsory.length + payload.savings.length} ${WORDS.payments}, ${rupiah(payload.counted_rupiah)}`;

// The row of the sheet that a path is about ("lines.0.amount_rupiah"): whose it is, and how much.
function rowAt(item, path) {
  const [group, place] = (path ?? "").split(".");
  const row = item.payload[group]?.[Number(place)];
  return row ? { whose: item.labels[`${group}:${idOf(group, row)}`], sum: row.amount_rupiah } : {};
}

function say(row, ...parts) {
  const said = document.createElement("li");
  said.textContent = parts.filter(Boolean).join(": ");
  slot("reasons", row).append(said);
}

function reasonLines(item, row) {
  for (const reason of item.reasons) say(row, rowAt(item, reason.field).whose, sentence(reason));
  return row;
}

// What the second person decided. It came as codes and sums; names are those that lay here before.
function decisionLine(item) {
  const { decision, why, result = {} } = item.decision;
  const row = line("baris-putusan", { title: titleOf(item) });
  slot(decision === "applied" ? "taken" : "left", row).hidden = false;
  if (decision !== "applied") say(row, decision === "discarded" ? [WORDS.discarded, why].filter(Boolean).join(" ") : WORDS.expired);
  else if (result.number) say(row, `${WORDS.applied}, ${WORDS.slip} ${result.number}: ${rupiah(result.total_rupiah)}`);
  else say(row, WORDS.nothing_taken);
  for (const back of result.handed_back ?? []) {
    const { whose, sum } = rowAt(item, back.field);
    say(row, whose, `${sum ? rupiah(sum) : ""} ${WORDS.handed_back}. ${back.text}`.trim());
  }
  slot("seen", row).addEventListener("click", () => keep(seen(item)));
  return row;
}

function refusedLine(item) {
  const row = reasonLines(item, line("baris-ditolak", { title: titleOf(item) }));
  return offerWaysOut(row, item, { mend: mend, keep, drop, sure: WORDS.sure });
}

async function drop(item) {
  await store.db.outbox.delete(item.seq);
  await draw();
}

function reviewLine(item) {
  if (item.decision) return decisionLine(item);
  const row = reasonLines(item, line("baris-diputuskan", { title: titleOf(item) }));
  slot("seen", row).addEventListener("click", () => keep(seen(item)));
  return row;
}

function savedLine(item) {
  const number = item.result?.number ?? item.decision?.result?.number;
  const row = line("baris-lembar", { title: titleOf(item), about: number ? `${WORDS.slip} ${number}` : "" });
  const mark = item.state === "waiting" ? "mark-waiting" : number ? "mark-done" : item.decision ? "mark-left" : "mark-review";
  slot(mark, row).hidden = false;
  return row;
}

async function draw() {
  const items = await store.items();
  const [waiting, refused, review, kept] = ["waiting", "refused", "review", "kept"].map((state) => items.filter((item) => item.state === state));
  slot("count").textContent = waiting.length + refused.length;
  fillSlot("refused", refused, refusedLine);
  fillSlot("review", review, reviewLine);
  const saved = [...waiting, ...kept].reverse();
  fillSlot("sheets", saved, savedLine);
  slot("none").hidden = saved.length > 0;
  if ((await store.fact("used")) && !waiting.length && !refused.length) await forgetSheet();
  await drawSheet();
  await drawNet();
}

async function drawSheet() {
  const sheet = await sheetHere();
  if (sheet) dates = datesAt(sheet.offset);
  form.hidden = !sheet && !mending;
  slot("no-sheet").hidden = !form.hidden;
  const members = cellsOf(sheet, mending, WORDS);
  cells = members.flatMap((member) => member.cells);
  slot("sheet-name").textContent = sheet?.name ?? "";
  const part = sheet && sheet.sheets > 1 ? `${WORDS.sheet} ${sheet.number} ${WORDS.of} ${sheet.sheets}, ` : "";
  slot("sheet-about").textContent = sheet ? `${part}${members.length} ${WORDS.member}, ${WORDS.taken} ${dates.day(sheet.on)}` : "";
  fillSlot("members", members, memberLine);
  day.value ||= dates.today();
  drawTotal();
}

function drawTotal() {
  const { sum, count } = totalOf(cells, draft);
  slot("total").textContent = rupiah(sum);
  slot("filled").textContent = count;
}

async function drawNet() {
  const sheet = await sheetHere();
  await drawState(root, net, sheet && dates.day(sheet.on));
  if (isOver) slot("not-ready").hidden = true; // its errand is done: nothing is waited for
}

// --- the form ------------------------------------------------------------------------------------
form.addEventListener("input", async (event) => {
  slot("saved").hidden = true;
  slot("wrong").hidden = true;
  if (event.target === search) return find();
  if (event.target.name && event.target !== day) draft[event.target.name] = event.target.value;
  drawTotal();
  if (!mending) await store.db.meta.put({ key: "draft", value: draft });
});

function find() {
  const wanted = search.value.trim().toLowerCase();
  for (const row of slot("members").children) row.hidden = !row.dataset.name.includes(wanted);
}

function wrong(word, input) {
  slot("wrong-word").textContent = word;
  slot("wrong").hidden = false;
  input?.focus();
}

function whatIsWrong() {
  const bad = cells.find((cell) => Number.isNaN(amountOf(draft[cell.key])));
  if (bad) return [`${bad.label}: ${WORDS.not_a_sum}`, form.elements[bad.key]];
  const { sum, count } = totalOf(cells, draft);
  if (!count) return [WORDS.nothing, search];
  if (!day.value) return [WORDS.no_day, day];
  const there = amountOf(counted.value);
  if (!there) return [Number.isNaN(there) ? WORDS.not_a_sum : WORDS.count_first, counted];
  if (there === sum) return null;
  return [`${WORDS.written} ${rupiah(sum)}; ${there < sum ? WORDS.less : WORDS.more} ${rupiah(Math.abs(sum - there))}.`, counted];
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const problem = whatIsWrong();
  if (problem) return wrong(...problem);
  const sheet = await sheetHere();
  const given = { cooperative, village: mending?.payload.village_code ?? sheet.village, on: day.value, counted: amountOf(counted.value) };
  const payload = payloadOf(cells, draft, given, mending, newId);
  const labels = Object.fromEntries(cells.filter((cell) => amountOf(draft[cell.key])).map((cell) => [cell.key, cell.label]));
  const fresh = {
    id: newId(), action: "cooperative.take_collection", state: "waiting", turn: 0, mark: null, reasons: [],
    asks: true, seen_version: sheet?.seen_version, made_at: new Date().toISOString(), app_version: root.dataset.version,
  };
  const item = mending ? { ...mended(mending, payload), labels } : { ...fresh, payload, labels };
  try {
    await store.db.transaction("rw", store.db.outbox, store.db.meta, async () => {
      await store.db.outbox.put(item);
      await store.db.meta.bulkPut([{ key: "draft", value: {} }, { key: "used", value: true }]);
    });
  } catch {
    wrong(WORDS.full); // the device is out of space: what was typed stays in the form
    return;
  }
  clean({});
  await draw();
  slot("saved").hidden = false;
  sync.run();
});

function clean(next) {
  mending = null;
  draft = next;
  counted.value = "";
  search.value = "";
  slot("members").shown = null; // draw the amounts anew
}

async function mend(item) {
  clean(draftOf(item.payload));
  mending = item;
  day.value = item.payload.on;
  counted.value = item.payload.counted_rupiah.toLocaleString("id-ID");
  await drawSheet();
  form.scrollIntoView();
  day.focus();
}

async function keep(item) {
  await store.db.outbox.put(item);
  await draw();
  sync.run();
}

// A sheet is for one errand: it goes once it was sent, and after a few days in any case.
async function forgetSheet() {
  isOver = true;
  await store.db.pack.clear();
  await store.db.meta.bulkDelete(["used", "as_of"]);
}

async function forgetOldSheet() {
  const sheet = await sheetHere();
  if (sheet && Date.now() - new Date(sheet.on).getTime() > (DAYS_KEPT + 1) * 86_400_000) await store.db.pack.clear();
}

// --- go ------------------------------------------------------------------------------------------
// While amounts are typed the sheet under them stays as it is.
async function askNews() {
  const sheet = await sheetHere();
  const have = sheet && sheet.on === dates.today() ? sheet.seen_version : 0;
  const query = new URLSearchParams({ person: actor, koperasi: cooperative, have });
  if (isOver || isTyping()) query.set("ambil", "tidak");
  const undecided = toAskAbout(await store.items());
  if (undecided.length) query.set("tanya", undecided.join(","));
  for (const name of ["pilih", "kelompok", "tempat", "lembar"]) if (address.get(name)) query.set(name, address.get(name));
  return `/sync/v1/sheet?${query}`;
}

const sync = startSync({
  store,
  device: "web",
  person: actor,
  village: cooperative,
  appVersion: root.dataset.version,
  page: { csrf: document.querySelector("meta[name=csrf]").content, address: location.href },
  askNews,
  tell: async ({ state }) => {
    net = state ?? net;
    await draw();
  },
});

async function begin() {
  askBeforeSignOut(person, root.dataset.signOut);
  keepShell(sw, drawNet);
  await dropOtherPacks(person);
  if (!cooperative) {
    slot("no-sheet").hidden = false;
    return;
  }
  await forgetOldSheet();
  draft = (await store.fact("draft")) ?? {};
  await draw();
  isOver = false;
  await sync.run();
}

begin();
