// Runs Lighthouse over pages, one after another; answers one JSON document on standard output.
//
//   node measure.mjs < wishes.json
//   {"chromium": "/usr/bin/chromium", "least": 95, "pages": [{"name", "url", "cookie": {"name", "value", "url"} or null}]}
//
// A busy machine now and then leaves a page unmeasured (no frame painted in time, a browser that answers too late), or
// counts its own waiting as the page's. Then the page is measured again in a new browser.
import { readFileSync } from "node:fs";

import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

import { CATEGORIES, faults, joined, scores, unsure } from "./verdict.mjs";

const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
const TRIES = 5;
const BUSY = 0.1; // of the time, some program had to wait for a processor

const wishes = JSON.parse(await text(process.stdin));
const pages = {};
for (const wish of wishes.pages) pages[wish.name] = await measured(wish);
console.log(JSON.stringify({ pages }));

async function measured(wish) {
  let known = {};
  for (let tried = 1; ; tried++) {
    const [began, waited] = [performance.now(), waiting()];
    const found = await inNewBrowser(wish);
    const busy = (waiting() - waited) / (performance.now() - began);
    known = joined(known, scores(found));
    if (tried === TRIES || !unsure(known, found, busy > BUSY, wishes.least)) return told(wish, known, found);
    const why = [JSON.stringify(known), `busy ${Math.round(busy * 100)}%`, ...faults(found)].join("; ");
    console.error(`${wish.name} is measured again: ${why}`);
  }
}

function told({ name }, known, found) {
  const missing = CATEGORIES.filter((category) => !(category in known));
  if (missing.length) throw new Error(`${name}: no ${missing.join(", no ")}: ${faults(found).join("; ")}`);
  const weak = Object.values(found.audits).filter((audit) => audit.score !== null && audit.score < 0.9);
  return {
    address: found.finalDisplayedUrl,
    version: found.lighthouseVersion,
    scores: known,
    weak: weak.map((audit) => `${audit.id} ${audit.displayValue ?? ""}`.trim()),
  };
}

async function inNewBrowser({ url, cookie }) {
  let chromium;
  try {
    chromium = await launcher.launch({ chromePath: wishes.chromium, chromeFlags: FLAGS, logLevel: "silent" });
    if (cookie) await keep(cookie, chromium.port);
    const options = { port: chromium.port, onlyCategories: CATEGORIES, disableStorageReset: true, logLevel: "silent" };
    return (await lighthouse(url, options)).lhr;
  } catch (error) {
    return { categories: {}, audits: {}, runtimeError: { code: error.code ?? error.name, message: error.message } };
  } finally {
    chromium?.kill();
  }
}

// Milliseconds so far in which a program of this machine waited for a processor; 0 where the system does not tell.
function waiting() {
  try {
    return Number(/^some .*total=(\d+)/.exec(readFileSync("/proc/pressure/cpu", "utf8"))[1]) / 1000;
  } catch {
    return 0;
  }
}

// Into the browser's own store: a header of ours would be replaced by it.
async function keep(cookie, port) {
  const about = await (await fetch(`http://127.0.0.1:${port}/json/version`)).json();
  const line = new WebSocket(about.webSocketDebuggerUrl);
  await new Promise((resolve) => line.addEventListener("open", resolve, { once: true }));
  const answered = new Promise((resolve) => line.addEventListener("message", resolve, { once: true }));
  line.send(JSON.stringify({ id: 1, method: "Storage.setCookies", params: { cookies: [cookie] } }));
  const { error } = JSON.parse((await answered).data);
  line.close();
  if (error) throw new Error(error.message);
}

async function text(stream) {
  let all = "";
  for await (const part of stream) all += part;
  return all;
}
