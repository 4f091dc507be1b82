// Keeps the page that checks letters, its parts and the public keys, so that it works without a network.
// Served as /v/sw.js; its scope is /v/ and nothing else. Typed codes are never kept.
const CACHE = "periksa-surat-1";
const [PAGE, KEYS] = ["/v/", "/v/kunci.json"];
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, KEYS])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlderCaches().then(() => self.clients.claim()));
});

async function forgetOlderCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("periksa-surat-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// The page tells which styles, scripts and icons it is made of.
self.addEventListener("message", (event) => {
  const assets = (event.data?.assets ?? []).filter((address) => new URL(address).origin === self.location.origin);
  if (assets.length) event.waitUntil(keepOnly(assets));
});

async function keepOnly(assets) {
  const cache = await caches.open(CACHE);
  const kept = (await cache.keys()).map((request) => request.url);
  const wanted = [...assets, ...[PAGE, KEYS].map((path) => new URL(path, self.location.origin).href)];
  await Promise.all(kept.filter((url) => !wanted.includes(url)).map((url) => cache.delete(url)));
  await Promise.all(assets.filter((url) => !kept.includes(url)).map((url) => cache.add(url).catch(() => {})));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === KEYS) event.respondWith(freshOr(KEYS, request, true));
  else if (url.pathname === PAGE) event.respondWith(freshOr(PAGE, request, !url.search));
  else if (request.mode !== "navigate") event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});

// From the network when it answers in time, else what was kept last.
async function freshOr(path, request, mayKeep) {
  const cache = await caches.open(CACHE);
  const arriving = fetch(request).then((answer) => {
    if (answer.ok && mayKeep) cache.put(path, answer.clone());
    return answer;
  });
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), PATIENCE_MS));
  try {
    return await Promise.race([arriving, late]);
  } catch {
    return (await cache.match(path)) ?? arriving;
  }
}
