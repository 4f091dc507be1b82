// The verdict on a letter's code, by the same rules as documents/rules/statement.py; no network, no page.
import countries from "./countries.json";
import { claimsOf, fromBase64url, hex, isSignedBy, openEnvelope } from "./cose.js";

const [EXP, IAT, LETTER, CERTIFICATE] = [4, 6, -65537, -65538];
const KINDS = {
  1: "family_permission", 2: "marital_status", 3: "skck_cover", 4: "passport_cover", 5: "general_cover",
  6: "domicile", 7: "identity_difference", 8: "travel", 9: "poverty", 10: "referral",
  11: "village_report", 12: "training_certificate",
};
const DAY = 86_400;
const LIST_IS_OLD_AFTER_DAYS = 7;

const isoDay = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
const daysBetween = (earlier, later) => (Date.parse(later) - Date.parse(earlier)) / 1000 / DAY;

function text(value, limit) {
  if (typeof value !== "string" || !value || [...value].length > limit) throw new TypeError("not a text of that length");
  return value;
}

function villageCode(value) {
  if (typeof value !== "number") return text(value, 20);
  const digits = String(value).padStart(10, "0");
  return `${digits.slice(0, 2)}.${digits.slice(2, 4)}.${digits.slice(4, 6)}.${digits.slice(6)}`;
}

function wholeDay(seconds) {
  if (!Number.isInteger(seconds) || seconds % DAY) throw new TypeError("not a whole day");
  return isoDay(seconds);
}

// Throws for anything that is not a letter's statement.
function statementOf(claims) {
  const facts = claims.get(LETTER);
  if (![...claims.keys()].every((key) => [EXP, IAT, LETTER].includes(key))) throw new TypeError("unknown claims");
  if (![...facts.keys()].every((key) => key >= 1 && key <= 9)) throw new TypeError("unknown facts");
  const kind = facts.get(3);
  return {
    village: villageCode(facts.get(1)),
    number: text(facts.get(2), 60),
    kind: typeof kind === "number" ? KINDS[kind] : text(kind, 30),
    issuedOn: wholeDay(claims.get(IAT)),
    validUntil: claims.has(EXP) ? wholeDay(claims.get(EXP) - DAY) : null,
    country: facts.has(5) ? (countries[facts.get(5)] ?? text(facts.get(5), 3)) : null,
    agency: facts.has(6) ? text(facts.get(6), 48) : null,
    holder: text(facts.get(7), 60),
    born: facts.has(8) ? Number(facts.get(8)) : null,
    says: facts.has(9) ? text(facts.get(9), 48) : null,
  };
}

function isCertified(key, hub) {
  const envelope = openEnvelope(fromBase64url(key.certificate ?? ""));
  if (!envelope || !isSignedBy(envelope, fromBase64url(hub.public_key))) return false;
  const claims = claimsOf(envelope);
  const [named, cose] = [claims.get(CERTIFICATE), claims.get(8)?.get(1)];
  return Boolean(named && cose)
    && claims.size === 3
    && claims.get(2) === key.village
    && hex(cose.get(-2)) === hex(fromBase64url(key.public_key))
    && named.get(1) === key.name
    && named.get(2) === key.valid_from
    && named.get(3) === (key.valid_until ?? null);
}

const maySignOn = (key, day) => key.valid_from <= day && (!key.valid_until || day <= key.valid_until);

function verdict(code, rest = {}) {
  return { code, level: "henti", statement: null, village: "", asOf: null, ...rest };
}

// `fragment`: the part behind "#"; `keys`: the document of kunci.json or null; `today`: "YYYY-MM-DD".
// Returns {code, level, statement, village, asOf}; code is also the name of the sentence on the page.
export function checkLetter(fragment, keys, today) {
  const envelope = fragment.length <= 2000 ? openEnvelope(fromBase64url(fragment)) : null;
  if (!envelope) return verdict("not_a_statement");
  if (!keys) return verdict("no_keys", { level: "tidaktahu" });
  const asOf = keys.revocations?.as_of ?? null;
  const listIsOld = !asOf || daysBetween(asOf, today) > LIST_IS_OLD_AFTER_DAYS;
  const candidates = keys.villages.filter((key) => key.kid === envelope.kid);
  if (!candidates.length) return verdict(listIsOld ? "unknown_key_old_list" : "unknown_key", { level: listIsOld ? "tidaktahu" : "henti", asOf });
  if (!isSignedBy(envelope, fromBase64url(candidates[0].public_key))) return verdict("bad_signature");
  try {
    return judge(statementOf(claimsOf(envelope)), candidates, keys, { asOf, listIsOld, today });
  } catch {
    return verdict("not_a_letter");
  }
}

function judge(statement, candidates, keys, { asOf, listIsOld, today }) {
  const known = { statement, asOf };
  const ofVillage = candidates.filter((key) => key.village === statement.village);
  if (!ofVillage.length) return verdict("key_of_another_village", known);
  const believed = ofVillage.filter((key) => !keys.hub || isCertified(key, keys.hub));
  if (!believed.length) return verdict("key_not_certified", known);
  known.village = believed[0].name;
  if (!believed.some((key) => maySignOn(key, statement.issuedOn))) return verdict("key_expired", known);
  const revoked = keys.revocations?.letters.find(
    (letter) => letter.village === statement.village && letter.number === statement.number,
  );
  if (revoked) return verdict(revoked.replaced_by ? "replaced" : "revoked", { ...known, replacedBy: revoked.replaced_by ?? "" });
  if (statement.validUntil && statement.validUntil < today) return verdict("expired", known);
  if (daysBetween(today, statement.issuedOn) > 1) return verdict("from_the_future", { ...known, level: "tidaktahu" });
  if (listIsOld || statement.issuedOn > asOf) return verdict(asOf ? "list_is_old" : "no_list", { ...known, level: "cek" });
  return verdict("valid", { ...known, level: "aman" });
}
