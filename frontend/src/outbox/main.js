// The trial page: log a visit with or without a signal.
import { mayDiscard, mended, seen } from "./rules.js";
import { dropOtherPacks, forgetAll, newId, openStore } from "./store.js";
import { startSync } from "./sync.js";

const root = document.getElementById("lapangan");
const { person, village, offset, actor, sw } = { ...root.dataset, person: document.body.dataset.person };
const store = openStore(person, village);
const form = document.getElementById("tamu");
const WORDS = JSON.parse(document.getElementById("kata").textContent);
const slot = (name, inside = document) => inside.querySelector(`[data-slot="${name}"]`);
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];
let net = "waiting";
let mending = null;

// --- words ---------------------------------------------------------------------------------------
const here = (moment) => new Date(new Date(moment).getTime() + Number(offset) * 3_600_000); // read with getUTC…
const two = (number) => String(number).padStart(2, "0");
const today = () => here(Date.now()).toISOString().slice(0, 10);
const year = (iso) => (iso.slice(0, 4) === today().slice(0, 4) ? "" : ` ${iso.slice(0, 4)}`);
const day = (iso) => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}${year(iso)}`;
const moment = (when) => `${day(here(when).toISOString())} ${two(here(when).getUTCHours())}.${two(here(when).getUTCMinutes())}`;

// --- drawing -------------------------------------------------------------------------------------
function line(template, texts) {
  const row = document.getElementById(template).content.firstElementChild.cloneNode(true);
  for (const [name, text] of Object.entries(texts)) slot(name, row).textContent = text;
  return row;
}

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
    said.textContent = [reason.text, reason.citation && `(${reason.citation})`, reason.way_out].filter(Boolean).join(" ");
    slot("reasons", row).append(said);
  }
  slot("mend", row).addEventListener("click", () => fill(item));
  slot("retry", row).addEventListener("click", () => keep(mended(item, item.payload)));
  const discard = slot("discard", row);
  discard.addEventListener("click", async () => {
    if (!discard.dataset.sure) {
      discard.dataset.sure = "yes";
      slot("discard-word", row).textContent = WORDS.sure;
    } else if (mayDiscard(item)) {
      await store.db.outbox.delete(item.seq);
      await draw();
    }
  });
  return row;
}

function reviewLine(item) {
  const row = line("baris-diputuskan", { name: item.payload.visitor_name ?? "", about: item.reasons.map((r) => r.text).join(" ") });
  slot("seen", row).addEventListener("click", () => keep(seen(item)));
  return row;
}

const own = ({ payload }) => ({ ...payload, id: payload.visit_id, name: payload.visitor_name });

// Only what changed is drawn anew, so that a round in the background takes no button from under a finger.
function fillSlot(name, list, makeLine) {
  const host = slot(name);
  const shown = JSON.stringify(list);
  if (host.shown === shown) return;
  host.shown = shown;
  host.replaceChildren(...list.map(makeLine));
}

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
  await drawState();
}

async function drawState() {
  const asOf = await store.fact("as_of");
  const isReady = Boolean(asOf && navigator.serviceWorker?.controller && (await caches.match(location.pathname)));
  slot("as-of").textContent = asOf ? moment(asOf) : "";
  slot("ready").hidden = !isReady;
  slot("not-ready").hidden = isReady;
  for (const state of ["waiting", "fresh", "no-answer", "signed-out"]) slot(`net-${state}`).hidden = state !== net;
  root.dataset.net = net;
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

// --- signing out ---------------------------------------------------------------------------------
document.addEventListener("submit", async (event) => {
  if (!event.target.action.endsWith(root.dataset.signOut)) return;
  event.preventDefault();
  event.stopPropagation();
  const unsent = (await store.items()).filter((item) => item.state !== "kept").length;
  if (unsent && !slot("leave-anyway").dataset.agreed) {
    slot("leave-count").textContent = unsent;
    slot("leave").hidden = false;
    slot("leave").scrollIntoView();
    slot("leave-anyway").onclick = () => {
      slot("leave-anyway").dataset.agreed = "yes";
      event.target.requestSubmit();
    };
    return;
  }
  await forgetAll(store);
  event.target.submit();
}, true);

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
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.addEventListener("controllerchange", drawState);
    navigator.serviceWorker.register(sw, { scope: "/lapangan/" }).catch(() => null);
  }
  navigator.storage?.persist?.();
  await dropOtherPacks(person);
  await draw();
  await sync.run();
}

begin();
