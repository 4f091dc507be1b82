// The life of an intention on a device. src/desmigratif/sync/rules/outbox.py says the same in Python and explains
// why; a test in a browser plays both against each other.
export const BATCH = 50;
const ASKED_AT_ONCE = 20;
const AFTER_RECEIPT = new Map([["done", "kept"], ["refused", "refused"], ["needs_review", "review"]]);

export const toSend = (items, limit = BATCH) => items.filter((item) => item.state === "waiting").slice(0, limit);

export function withReceipt(item, sentTurn, receipt) {
  const state = AFTER_RECEIPT.get(receipt.outcome);
  if (!state || item.state !== "waiting" || item.turn !== sentTurn) return item;
  return { ...item, state, mark: receipt.mark ?? null, reasons: receipt.reasons ?? [], undecided: Boolean(item.asks) && state === "review" };
}

export const toAskAbout = (items, limit = ASKED_AT_ONCE) => items.filter((item) => item.undecided).slice(0, limit).map((item) => item.id);

export const withDecision = (item, decision) => (item.undecided ? { ...item, state: "review", undecided: false, reasons: [], decision } : item);

export function offeredAgain(item) {
  if (item.state !== "kept" && item.state !== "review") return item;
  return { ...item, state: "waiting", turn: item.turn + 1, mark: null, reasons: [], undecided: false, decision: null };
}

export function mended(item, payload) {
  if (item.state !== "refused") return item;
  return { ...item, state: "waiting", turn: item.turn + 1, payload, reasons: [] };
}

export const seen = (item) => (item.state === "review" ? { ...item, state: "kept", reasons: [] } : item);

export const mayDiscard = (item) => item.state === "refused";

export const isSafe = (item, safeMark) => item.state === "kept" && !item.undecided && item.mark !== null && item.mark <= safeMark;
