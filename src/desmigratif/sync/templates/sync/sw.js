{% autoescape off %}// Keeps the shells of the field pages, so that they open without a signal. Data never comes here: it lies in IndexedDB.
const SHELL = {{ shell }};
const NAME = `lapangan-${SHELL.version}`;
const WAIT_MS = 4000;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOld(), self.clients.claim()])));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (SHELL.files.includes(address.pathname)) event.respondWith(fromCache(event.request));
  else if (SHELL.pages.includes(address.pathname)) event.respondWith(pageOrCopy(event.request, address.pathname));
});

async function fill() {
  const cache = await caches.open(NAME);
  await cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload" })));
  for (const page of SHELL.pages) await keepPage(page, await fetch(page, { credentials: "same-origin" }));
  await self.skipWaiting();
}

async function dropOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("lapangan-") && name !== NAME).map((name) => caches.delete(name)));
}

// Only a page that really is this page: never the sign-in page it may have led to. What is asked for with it (which
// village, which cooperative) is not in the copy.
async function keepPage(page, answer) {
  if (!answer.ok || answer.redirected) return;
  const cache = await caches.open(NAME);
  await cache.put(page, answer.clone());
}

async function fromCache(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function pageOrCopy(request, page) {
  const copy = await caches.match(page);
  const fresh = fetch(request).then(async (answer) => {
    await keepPage(page, answer);
    return answer;
  });
  if (!copy) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, WAIT_MS, copy));
  return Promise.race([fresh.then((answer) => (answer.status >= 500 ? copy : answer)), late]).catch(() => copy);
}
{% endautoescape %}
