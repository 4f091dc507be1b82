// Signing out on any page takes away what the field pages brought onto this device to read. Work that was not sent
// stays: it waits for its person. On a field page itself signing out forgets all (outbox/page.js).
const PREFIX = "lapangan-";
const LONGEST_MS = 1500; // nobody waits longer for the way out

export function forgetPacks() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-sign-out]") || !window.indexedDB?.databases) return;
    event.preventDefault();
    const late = new Promise((go) => setTimeout(go, LONGEST_MS));
    Promise.race([clearAll(), late])
      .catch(() => null)
      .then(() => form.submit());
  });
}

async function clearAll() {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map(clear));
}

const clear = (name) =>
  new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onerror = done;
    asked.onsuccess = () => {
      const db = asked.result;
      const end = () => {
        db.close();
        done();
      };
      const work = db.transaction(["pack", "meta"], "readwrite");
      work.objectStore("pack").clear();
      for (const key of ["cursor", "as_of", "draft"]) work.objectStore("meta").delete(key);
      work.oncomplete = end;
      work.onabort = end;
    };
  });
