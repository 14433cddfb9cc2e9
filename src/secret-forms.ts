/** By which a secret that nobody marked gives itself away: the name before it, or its form. Pure. */

import { PRIVATE_MEMBERS } from "./jwk.ts";

/** Names whose value is a secret, as the source of a regular expression. */
const NAMES = String.raw`\w*password|\w*secret|\w*assertion|valueBase64|\w*_token`;

const SECRET_NAME = new RegExp(String.raw`^(?:${NAMES}|\w*(?:api_?key|private_?key|passphrase|token))$`, "i");

/** Whether a text under this name is a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** Secrets inside of a text: by their form, and by the names before them, in JSON, which a JSON string may hold, and in forms. */
export const SECRET_FORMS: readonly RegExp[] = [
  /-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*-----|$)/g,
  /\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g,
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  new RegExp(String.raw`(?<=\\?"(?:${PRIVATE_MEMBERS.join("|")}|${NAMES})\\?"\s*:\s*\\?")(?:[^"\\]|\\.)+`, "gi"),
  // The further primes of an RSA key are a list of objects (RFC 7518 §6.3.2.7).
  /(?<=\\?"oth\\?"\s*:\s*)\[[^\]]*\]?/gi,
  /(?<=\b(?:\w*password|\w*secret|\w*assertion|\w*_token)=)[^&\s"]+/gi,
];
