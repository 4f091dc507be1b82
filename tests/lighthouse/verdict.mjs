// What a run of Lighthouse says: what was measured, what was not, and whether another run could tell more.

export const CATEGORIES = ["performance", "accessibility", "best-practices"];
// The page itself is at fault, and would be again.
const OF_THE_PAGE = ["ERRORED_DOCUMENT_REQUEST", "NOT_HTML", "INVALID_URL", "INSECURE_DOCUMENT_REQUEST"];

/** The scores of 100 that were measured; a category with an audit that could not be run has none. */
export function scores({ categories }) {
  const known = CATEGORIES.filter((name) => typeof categories[name]?.score === "number");
  return Object.fromEntries(known.map((name) => [name, Math.round(categories[name].score * 100)]));
}

/** What went wrong, in Lighthouse's own words. */
export function faults({ runtimeError, audits }) {
  if (runtimeError) return [`${runtimeError.code} ${runtimeError.message}`];
  const broken = Object.values(audits).filter((audit) => audit.scoreDisplayMode === "error");
  return broken.map((audit) => `${audit.id}: ${audit.errorMessage}`);
}

/**
 * The scores so far with another run's: what was measured stands, also when it is bad. Only time is different: a busy
 * machine makes a page slower and never faster, so of several times the best one is nearest to the page's own.
 */
export function joined(before, found) {
  const performance = Math.max(before.performance ?? 0, found.performance ?? 0);
  return { ...found, ...before, ...("performance" in { ...before, ...found } && { performance }) };
}

/** Whether to measure again: something is missing, or it was slow while the machine kept programs waiting. */
export function unsure(known, { runtimeError }, wasBusy, least) {
  if (OF_THE_PAGE.includes(runtimeError?.code)) return false;
  return CATEGORIES.some((name) => !(name in known)) || (wasBusy && known.performance < least);
}
