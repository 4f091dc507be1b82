// Runs Lighthouse over pages, one after another, in one Chromium; answers one JSON document on standard output.
//
//   node measure.mjs < wishes.json
//   {"chromium": "/usr/bin/chromium", "pages": [{"name", "url", "cookie": {"name", "value", "url"} or null}]}
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];

const wishes = JSON.parse(await text(process.stdin));
const chromium = await launcher.launch({ chromePath: wishes.chromium, chromeFlags: FLAGS, logLevel: "silent" });
try {
  const pages = {};
  for (const wish of wishes.pages) pages[wish.name] = await measured(wish);
  console.log(JSON.stringify({ pages }));
} finally {
  chromium.kill();
}

async function measured({ url, cookie }) {
  if (cookie) await keep(cookie);
  const found = await lighthouse(url, {
    port: chromium.port,
    onlyCategories: CATEGORIES,
    disableStorageReset: true,
    logLevel: "silent",
  });
  const { categories, audits, finalDisplayedUrl, lighthouseVersion } = found.lhr;
  const weak = Object.values(audits).filter((audit) => audit.score !== null && audit.score < 0.9);
  return {
    address: finalDisplayedUrl,
    version: lighthouseVersion,
    scores: Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)])),
    weak: weak.map((audit) => `${audit.id} ${audit.displayValue ?? ""}`.trim()),
  };
}

// Into the browser's own store: a header of ours would be replaced by it.
async function keep(cookie) {
  const about = await (await fetch(`http://127.0.0.1:${chromium.port}/json/version`)).json();
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
