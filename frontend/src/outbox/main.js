// The trial page: log a visit with or without a signal.
import { askBeforeSignOut, datesAt, drawState, fillSlot, keepShell, line, offerWaysOut, sentence, slot } from "./page.js";
import { mended, seen } from "./rules.js";
import { dropOtherPacks, newId, openStore } from "./store.js";
import { startSync } from "./sync.js";

const root = document.getElementById("lapangan");
const { person, village, offset, actor, sw } = { ...root.dataset, person: document.body.dataset.person };
const store = openStore(person, village);
const form = document.getElementById("tamu");
const WORDS = JSON.parse(document.getElementById("kata").textContent);
const { today, day, moment } = datesAt(offset);
let net = "waiting";
let mending = null;

// --- drawing -------------------------------------------------------------------------------------
function visitLine(visit, mark) {
  const about = [WORDS.purposes[visit.purpose], WORDS.places[visit.place], day(visit.on)].filter(Boolean).join(" · ");
  const row = line("baris-tamu", { name: visit.name, about });
  slot(mark, row).hidden = false;
  return row;
}

function refusedLine(item) {
  const row = line("baris-ditolak", { name: item.payload.visitor_name ?? "", about: day(item.payload.on) });
  for (const reason of item.reasons) {
    const said = document.createElement("li");
    said.textContent = sentence(reason);
    slot("reasons", row).append(said);
  }
  return offerWaysOut(row, item, { mend: fill, keep, drop, sure: WORDS.sure });
}

async function drop(item) {
  await store.db.outbox.delete(item.seq);
  await draw();
}

function reviewLine(item) {
  const row = line("baris-diputuskan", { name: item.payload.visitor_name ?? "", about: item.reasons.map((r) => r.text).join(" ") });
  slot("seen", row).addEventListener("click", () => keep(seen(item)));
  return row;
}

const own = ({ payload }) => ({ ...payload, id: payload.visit_id, name: payload.visitor_name });

const newestFirst = (a, b) => b.on.localeCompare(a.on) || (b.came_at ?? "").localeCompare(a.came_at ?? "");

async function draw() {
  const items = await store.items();
  const [waiting, refused, review, kept] = ["waiting", "refused", "review", "kept"].map((state) => items.filter((item) => item.state === state));
  slot("count").textContent = waiting.length + refused.length;
  slot("kept").textContent = kept.length;
  slot("kept-line").hidden = !kept.length;
  fillSlot("refused", refused, refusedLine);
  fillSlot("review", review, reviewLine);
  const pack = (await store.db.pack.toArray()).map((row) => ({ ...row, name: row.resident__name || row.visitor_name }));
  const mine = waiting.map(own).reverse();
  const known = new Set([...mine, ...pack].map((visit) => visit.id));
  const arrived = [...pack, ...kept.map(own).filter((visit) => !known.has(visit.id))].filter((visit) => !mine.some(({ id }) => id === visit.id));
  const lines = [...mine.map((visit) => [visit, "mark-waiting"]), ...arrived.sort(newestFirst).slice(0, 200).map((visit) => [visit, "mark-arrived"])];
  fillSlot("visits", lines, ([visit, mark]) => visitLine(visit, mark));
  slot("none").hidden = lines.length > 0;
  await drawNet();
}

async function drawNet() {
  const asOf = await store.fact("as_of");
  await drawState(root, net, asOf && moment(asOf));
}

// --- the form ------------------------------------------------------------------------------------
function payloadOf(data, before) {
  return {
    visit_id: before?.visit_id ?? newId(),
    village_code: village,
    visitor_name: data.get("visitor_name").trim(),
    on: data.get("on"),
    came_at: before?.came_at ?? new Date().toISOString(),
    place: data.get("place"),
    purpose: data.get("purpose"),
    topics: data.getAll("topics"),
    note: data.get("note").trim() || null,
  };
}

function fill(item) {
  mending = item;
  form.reset();
  const { payload } = item;
  for (const name of ["visitor_name", "on", "note"]) form.elements[name].value = payload[name] ?? "";
  for (const input of form.querySelectorAll("[name=place], [name=purpose]")) input.checked = payload[input.name] === input.value;
  for (const input of form.querySelectorAll("[name=topics]")) input.checked = payload.topics.includes(input.value);
  form.elements.visitor_name.focus();
}

function clean() {
  mending = null;
  form.reset();
  form.elements.on.value = today();
}

async function keep(item) {
  await store.db.outbox.put(item);
  await draw();
  sync.run();
}

form.addEventListener("input", () => (slot("saved").hidden = true));
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const payload = payloadOf(new FormData(form), mending?.payload);
  const fresh = {
    id: newId(), action: "cases.record_visit", state: "waiting", turn: 0, mark: null, reasons: [],
    seen_version: null, made_at: new Date().toISOString(), app_version: root.dataset.version,
  };
  const item = mending ? mended(mending, payload) : { ...fresh, payload };
  try {
    await store.db.outbox.put(item);
  } catch {
    slot("full").hidden = false; // the device is out of space: what was typed stays in the form
    return;
  }
  slot("full").hidden = true;
  clean();
  await draw();
  slot("saved").hidden = false;
  sync.run();
});

// --- go ------------------------------------------------------------------------------------------
const sync = startSync({
  store,
  device: "web",
  person: actor,
  village,
  appVersion: root.dataset.version,
  page: { csrf: document.querySelector("meta[name=csrf]").content, address: location.href },
  tell: async ({ state }) => {
    net = state ?? net;
    await draw();
  },
});

async function begin() {
  clean();
  askBeforeSignOut(person, root.dataset.signOut);
  keepShell(sw, drawNet);
  await dropOtherPacks(person);
  await draw();
  await sync.run();
}

begin();
