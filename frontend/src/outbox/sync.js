// Push before pull, again and again. Whether there is a network is never asked of the browser, only tried.
import { toSend } from "./rules.js";

const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 300_000;
const ANSWER_WITHIN_MS = 30_000;

async function newsOfVillage({ store, person, village }) {
  const after = (await store.fact("cursor")) ?? 0;
  return `/sync/v1/pull?person=${person}&village=${village}&after=${after}&limit=500`;
}

class SignedOut extends Error {}
class NotNow extends Error {}

// `askNews` says where to ask for what is new, or null when nothing is to be asked.
export function startSync({ store, device, person, village, appVersion, page, tell, askNews = newsOfVillage }) {
  let csrf = page.csrf;
  let wait = FIRST_WAIT_MS;
  let timer = 0;
  let running = false;
  let again = false;

  async function ask(address, options = {}) {
    const cut = new AbortController();
    const late = setTimeout(() => cut.abort(), ANSWER_WITHIN_MS);
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", signal: cut.signal, ...options });
      if (answer.status === 401 || answer.redirected) throw new SignedOut();
      if (answer.status === 403) csrf = await freshToken();
      if (!answer.ok) throw new NotNow(`status ${answer.status}`);
      return await answer.json(); // a cut-off answer is no answer
    } catch (problem) {
      throw problem instanceof SignedOut ? problem : new NotNow(String(problem));
    } finally {
      clearTimeout(late);
    }
  }

  // After a new sign-in the token of an older page no longer holds.
  async function freshToken() {
    const answer = await fetch(page.address, { credentials: "same-origin", cache: "no-store" });
    if (answer.redirected) throw new SignedOut();
    const text = new DOMParser().parseFromString(await answer.text(), "text/html");
    return text.querySelector("meta[name=csrf]")?.content ?? csrf;
  }

  async function push() {
    for (;;) {
      const sent = toSend(await store.items());
      if (!sent.length) return;
      const actions = sent.map(({ id, action, payload, seen_version, made_at, app_version }) => ({
        id, action, payload, seen_version, made_at, app_version: app_version ?? appVersion,
      }));
      const body = JSON.stringify({ device, person, epoch: await store.fact("epoch"), actions });
      const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
      const answer = await ask("/sync/v1/push", { method: "POST", headers, body });
      const isNewLife = await store.adopt(answer.epoch);
      const settled = isNewLife ? 0 : await store.takeReceipts(sent, answer.receipts);
      await tell({});
      if (!isNewLife && !settled) throw new NotNow("no receipt");
    }
  }

  // False when the server turned out to live another life: then push comes first again.
  async function pull() {
    for (;;) {
      const address = await askNews({ store, person, village });
      if (!address) return true;
      const news = await ask(address);
      if (await store.adopt(news.epoch)) return false;
      await store.takeNews(news);
      if (!news.more) return true;
    }
  }

  async function round() {
    await push();
    while (!(await pull())) await push();
  }

  async function runOnce() {
    let state = "fresh";
    try {
      await round();
      wait = FIRST_WAIT_MS;
    } catch (problem) {
      state = problem instanceof SignedOut ? "signed-out" : "no-answer";
      if (!(problem instanceof SignedOut || problem instanceof NotNow)) console.error(problem.name);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
    await tell({ state });
    clearTimeout(timer);
    timer = setTimeout(run, state === "fresh" ? LONGEST_WAIT_MS / 5 : wait);
  }

  // One round at a time, over all tabs where the browser can do that; who asks meanwhile gets a round afterwards.
  async function run() {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      clearTimeout(timer);
      timer = setTimeout(run, LONGEST_WAIT_MS); // also when another tab holds the lock
      if (navigator.locks) {
        await navigator.locks.request(`lapangan-${village}`, { ifAvailable: true }, (lock) => lock && runOnce());
      } else await runOnce();
    }
    running = false;
  }

  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && run());
  window.addEventListener("online", run);
  return { run };
}
