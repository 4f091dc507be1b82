// The public check of a letter: reads the code behind "#" (which no server ever sees), checks it here, shows a panel.
// Words and panels come from the page's templates; nothing is sent anywhere and nothing is kept but public keys.
import { checkLetter } from "./check.js";

const result = document.getElementById("hasil");

const today = () => {
  const now = new Date();
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
};

function longDate(isoDay) {
  const format = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${isoDay}T00:00:00Z`));
}

async function loadKeys() {
  try {
    const answer = await fetch("/v/kunci.json", { headers: { Accept: "application/json" }, credentials: "omit" });
    const keys = answer.ok ? await answer.json() : null;
    return keys?.format === "desmigratif-keys/1" ? keys : null;
  } catch {
    return null;
  }
}

const copyOf = (id) => document.getElementById(id).content.cloneNode(true);

function sentence(code, values) {
  const words = document.getElementById("kalimat").content.querySelector(`[data-code="${code}"]`).textContent;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function factRows({ statement, village }) {
  const kinds = document.getElementById("kalimat").content;
  return {
    kind: kinds.querySelector(`[data-kind="${statement.kind}"]`)?.textContent ?? statement.kind,
    number: statement.number,
    village: village ? `${village} (${statement.village})` : statement.village,
    issued_on: longDate(statement.issuedOn),
    valid_until: statement.validUntil && longDate(statement.validUntil),
    holder: statement.born ? `${statement.holder} (lahir ${statement.born})` : statement.holder,
    country: statement.country,
    agency: statement.agency,
    says: statement.says,
  };
}

function panelFor(verdict) {
  const panel = copyOf(`panel-${verdict.level}`);
  const { statement, village, asOf, code } = verdict;
  const signer = /^(Desa|Kelurahan) /.test(village) ? village : `Desa ${village}`;
  const values = { village: signer, date: statement && longDate(statement.issuedOn), as_of: asOf && longDate(asOf), until: statement?.validUntil && longDate(statement.validUntil), replaced: verdict.replacedBy };
  panel.querySelector("[data-title]").textContent = sentence(`${code}.title`, values);
  panel.querySelector("[data-reason]").textContent = sentence(code, values);
  if (!statement) panel.querySelector("[data-facts]").remove();
  else fillFacts(panel.querySelector("[data-facts]"), factRows(verdict));
  return panel;
}

function fillFacts(place, values) {
  for (const row of place.querySelectorAll("[data-fact]")) {
    const value = values[row.dataset.fact];
    if (value) row.querySelector("dd").textContent = value;
    else row.remove();
  }
}

function show(panel) {
  result.replaceChildren(panel);
  result.hidden = false;
  document.getElementById("hasil-server")?.remove();
  result.focus({ preventScroll: true });
  result.scrollIntoView({ block: "start" });
}

async function check() {
  const code = location.hash.slice(1);
  if (!code || code === "isi") {
    result.hidden = true;
    await loadKeys(); // opening the page with a signal brings the list of revoked letters up to date for later
    return;
  }
  const keys = await loadKeys();
  show(panelFor(checkLetter(code, keys, today())));
}

// Without a network the kept page answers for every address under /v/, also for a typed code that it cannot check.
function explainTypedCode() {
  const typed = new URLSearchParams(location.search).get("kode");
  if (!typed || location.hash || document.querySelector("[data-typed-checked]")) return;
  show(panelFor({ code: "typed_offline", level: "tidaktahu", statement: null, asOf: null, village: "" }));
}

async function keepForOffline() {
  if (!("serviceWorker" in navigator)) return; // plain http, or an old browser: the check works, only not offline
  await navigator.serviceWorker.register("/v/sw.js", { scope: "/v/" });
  const worker = (await navigator.serviceWorker.ready).active;
  const addresses = [
    ...[...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((link) => link.href),
    ...[...document.querySelectorAll("script[src]")].map((script) => script.src),
    ...[...document.querySelectorAll("svg use")].map((use) => new URL(use.getAttribute("href"), location.href).href.split("#")[0]),
  ];
  worker?.postMessage({ assets: [...new Set(addresses)] });
}

addEventListener("hashchange", check);
explainTypedCode();
check();
keepForOffline().catch(() => {}); // an offline copy is a convenience; the check itself has already run
