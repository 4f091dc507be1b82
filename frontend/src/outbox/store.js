// What lies on this device: the outbox, the village's pack, and three facts (epoch, cursor, as_of).
// One database for each person: on a shared phone nobody reads or sends another one's work.
import Dexie from "dexie";
import { isSafe, offeredAgain, withDecision, withReceipt } from "./rules.js";

const PREFIX = "lapangan-";

export function openStore(person, village) {
  const db = new Dexie(`${PREFIX}${person}-${village}`);
  db.version(1).stores({ outbox: "++seq, &id", pack: "id, on", meta: "key" });
  const fact = async (key) => (await db.meta.get(key))?.value ?? null;
  const setFact = (key, value) => db.meta.put({ key, value });
  const items = () => db.outbox.orderBy("seq").toArray();

  // Learn which life of the server this is. True when it is another one than before: then all that an earlier life
  // acknowledged waits again, and the pack is asked for from the start.
  const adopt = (epoch) =>
    db.transaction("rw", db.outbox, db.meta, async () => {
      const known = await fact("epoch");
      if (known === epoch) return false;
      await setFact("epoch", epoch);
      if (known === null) return false;
      await setFact("cursor", 0);
      await db.outbox.bulkPut((await items()).map(offeredAgain));
      return true;
    });

  // How many of the sent items the answer settled.
  const takeReceipts = (sent, receipts) =>
    db.transaction("rw", db.outbox, async () => {
      let settled = 0;
      for (const { id, turn } of sent) {
        const receipt = receipts.find((one) => one.id === id);
        const item = await db.outbox.get({ id });
        const after = receipt && item ? withReceipt(item, turn, receipt) : item;
        if (after === item) continue;
        await db.outbox.put({ ...after, result: receipt.result ?? {} });
        settled += 1;
      }
      return settled;
    });

  const takeNews = (news) =>
    db.transaction("rw", db.outbox, db.pack, db.meta, async () => {
      for (const { id, model, record } of news.changes) {
        if (record) await db.pack.put({ ...record, id, model, epoch: news.epoch });
        else await db.pack.delete(id);
      }
      await setFact("cursor", news.change_no);
      for (const decision of news.decisions ?? []) {
        const item = await db.outbox.get({ id: decision.id });
        if (item) await db.outbox.put(withDecision(item, decision));
      }
      if (news.more) return;
      await db.pack.filter((row) => row.epoch !== news.epoch).delete();
      await db.outbox.filter((item) => isSafe(item, news.safe_mark)).delete();
      await setFact("as_of", new Date().toISOString());
    });

  return { db, fact, items, adopt, takeReceipts, takeNews };
}

// The packs of whoever used this device before; their unsent work stays until they come back.
export async function dropOtherPacks(person) {
  for (const name of await Dexie.getDatabaseNames()) {
    if (!name.startsWith(PREFIX) || name.startsWith(`${PREFIX}${person}-`)) continue;
    const other = await new Dexie(name).open();
    await other.table("pack").clear();
    await other.table("meta").bulkDelete(["cursor", "as_of", "draft"]);
    other.close();
  }
}

// How much of this person's work lies here and was not acknowledged, on whichever page it was made.
export async function unsentOf(person) {
  let count = 0;
  for (const name of await ownNames(person)) {
    const own = await new Dexie(name).open();
    count += await own.table("outbox").filter((item) => item.state !== "kept").count();
    own.close();
  }
  return count;
}

// At sign-out nothing of this person stays on the device.
export async function forgetAll(person) {
  for (const name of await ownNames(person)) await Dexie.delete(name);
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}

// For which places (a village, a cooperative) this person's work lies here.
export const placesOf = async (person) => (await ownNames(person)).map((name) => name.slice(`${PREFIX}${person}-`.length));

const ownNames = async (person) => (await Dexie.getDatabaseNames()).filter((name) => name.startsWith(`${PREFIX}${person}-`));

// UUIDv7, so that ids made here sort by the moment they were made. Works on plain http too.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint32(0, Math.floor(Date.now() / 65536));
  new DataView(bytes.buffer).setUint16(4, Date.now() % 65536);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
