// COSE_Sign1 with Ed25519 in one exact form, as in documents/rules/cose.py: whatever differs by a byte is refused.
import { ed25519 } from "@noble/curves/ed25519.js";
import { decode, encode } from "cborg";

const HEAD = [0xd2, 0x84, 0x4d, 0xa2, 0x01, 0x27, 0x04, 0x48]; // tag 18, array, protected {alg: EdDSA, kid: 8 bytes}
const KID_END = HEAD.length + 8;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export function toBase64url(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 3) {
    const piece = bytes.subarray(start, start + 3);
    const number = (piece[0] << 16) | ((piece[1] ?? 0) << 8) | (piece[2] ?? 0);
    for (let sign = 0; sign <= piece.length; sign++) text += ALPHABET[(number >> (18 - 6 * sign)) & 63];
  }
  return text;
}

// The bytes, or null for anything but the one canonical spelling.
export function fromBase64url(text) {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, held, place] = [0, 0, 0];
  for (const sign of text) {
    bits = ((bits << 6) | ALPHABET.indexOf(sign)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[place++] = (bits >> held) & 255;
    }
  }
  return toBase64url(bytes) === text ? bytes : null;
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function headOfBytes(length) {
  if (length < 24) return [0x40 + length];
  return length < 256 ? [0x58, length] : [0x59, length >> 8, length & 255];
}

// {kid, payload, signature, protectedHeader}, or null when it is not in our exact form.
export function openEnvelope(data) {
  if (!data || data.length < KID_END + 68 || HEAD.some((byte, place) => data[place] !== byte)) return null;
  const rest = data.subarray(KID_END);
  const [body, signature] = [rest.subarray(1, -66), rest.subarray(-64)];
  const size = [1, 2, 3].find((count) => {
    const head = body.length >= count ? headOfBytes(body.length - count) : [];
    return head.length === count && head.every((byte, place) => body[place] === byte);
  });
  if (!size || rest[0] !== 0xa0 || rest[rest.length - 66] !== 0x58 || rest[rest.length - 65] !== 0x40) return null;
  return {
    kid: hex(data.subarray(HEAD.length, KID_END)),
    payload: body.subarray(size),
    signature,
    protectedHeader: data.subarray(3, KID_END),
  };
}

export function isSignedBy({ protectedHeader, payload, signature }, publicKey) {
  const signed = encode(["Signature1", protectedHeader, new Uint8Array(), payload]);
  try {
    return ed25519.verify(signature, signed, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

export const claimsOf = ({ payload }) => decode(payload, { useMaps: true });
