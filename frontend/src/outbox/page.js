// What the pages of the field have in common: slots, lines, dates, how the net stands, and signing out.
import { mayDiscard, mended } from "./rules.js";
import { forgetAll, unsentOf } from "./store.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];

export const slot = (name, inside = document) => inside.querySelector(`[data-slot="${name}"]`);

export function line(template, texts) {
  const row = document.getElementById(template).content.firstElementChild.cloneNode(true);
  for (const [name, text] of Object.entries(texts)) slot(name, row).textContent = text;
  return row;
}

// Only what changed is drawn anew, so that a round in the background takes no button from under a finger.
export function fillSlot(name, list, makeLine) {
  const host = slot(name);
  const shown = JSON.stringify(list);
  if (host.shown === shown) return;
  host.shown = shown;
  host.replaceChildren(...list.map(makeLine));
}

export const sentence = (reason) => [reason.text, reason.citation && `(${reason.citation})`, reason.way_out].filter(Boolean).join(" ");

// A button that does its work at the second tap.
function onSecondTap(button, word, sure, act) {
  button.addEventListener("click", async () => {
    if (button.dataset.sure) return act();
    button.dataset.sure = "yes";
    word.textContent = sure;
  });
}

// What can be done with what the server refused: mend it, send it once more, or throw it away at the second tap.
export function offerWaysOut(row, item, { mend, keep, drop, sure }) {
  slot("mend", row).addEventListener("click", () => mend(item));
  slot("retry", row).addEventListener("click", () => keep(mended(item, item.payload)));
  onSecondTap(slot("discard", row), slot("discard-word", row), sure, () => mayDiscard(item) && drop(item));
  return row;
}

// Days and moments as the village's clock has them.
export function datesAt(offset) {
  const here = (moment) => new Date(new Date(moment).getTime() + Number(offset) * 3_600_000); // read with getUTC…
  const two = (number) => String(number).padStart(2, "0");
  const today = () => here(Date.now()).toISOString().slice(0, 10);
  const year = (iso) => (iso.slice(0, 4) === today().slice(0, 4) ? "" : ` ${iso.slice(0, 4)}`);
  const day = (iso) => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}${year(iso)}`;
  const moment = (when) => `${day(here(when).toISOString())} ${two(here(when).getUTCHours())}.${two(here(when).getUTCMinutes())}`;
  return { today, day, moment };
}

// Whether the page opens without a signal is seen from what really lies on the device.
export async function drawState(root, net, asOf) {
  const isReady = Boolean(asOf && navigator.serviceWorker?.controller && (await caches.match(location.pathname)));
  slot("as-of").textContent = asOf ?? "";
  slot("ready").hidden = !isReady;
  slot("not-ready").hidden = isReady;
  for (const state of ["waiting", "fresh", "no-answer", "signed-out"]) slot(`net-${state}`).hidden = state !== net;
  root.dataset.net = net;
}

export function keepShell(address, onChange) {
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.addEventListener("controllerchange", onChange);
    navigator.serviceWorker.register(address, { scope: "/lapangan/" }).catch(() => null);
  }
  navigator.storage?.persist?.();
}

// Signing out forgets all that lies here; with unsent work it asks first.
export function askBeforeSignOut(person, address) {
  document.addEventListener("submit", async (event) => {
    if (!event.target.action.endsWith(address)) return;
    event.preventDefault();
    event.stopPropagation();
    const unsent = await unsentOf(person);
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
    await forgetAll(person);
    event.target.submit();
  }, true);
}
