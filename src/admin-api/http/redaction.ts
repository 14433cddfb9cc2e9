/** Takes secrets out of text that a server wrote, before the text goes anywhere. */
import { PRIVATE_MEMBERS } from "../../jwk.ts";

const REDACTED = "[redacted]";

/** Longest text that is taken over from a server. */
const LONGEST_TEXT = 1_000;

/** Members whose value is a secret, whatever the case of the name. Labels and method names (`secretId`, `…Identifier`) are not. */
const SECRET_MEMBER = /(?:password|secret|assertion|valueBase64|(?:access|refresh|id|subject|actor)_?token)$/i;

/** Names whose quoted value is a secret, in JSON that may itself be held in a JSON string. */
const SECRET_NAMES = String.raw`${PRIVATE_MEMBERS.join("|")}|\w*password|\w*secret|\w*assertion|valueBase64|\w*_token`;

/** Secrets that can be told by their form alone, wherever they come from. */
const SECRET_FORMS: readonly RegExp[] = [
  /-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*-----|$)/g,
  /\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g,
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  new RegExp(String.raw`(?<=\\?"(?:${SECRET_NAMES})\\?"\s*:\s*\\?")(?:[^"\\]|\\.)+`, "gi"),
  // The further primes of an RSA key are a list of objects (RFC 7518 §6.3.2.7).
  /(?<=\\?"oth\\?"\s*:\s*)\[[^\]]*\]?/gi,
  /(?<=\b(?:\w*password|\w*secret|\w*assertion|\w*_token)=)[^&\s"]+/gi,
];

/**
 * Every secret value inside a request body, also inside JSON that is held in a string (`jwkSet`), in all spellings in which
 * a server could echo it: as it is, JSON-escaped, percent-encoded, base64 and base64-decoded.
 */
export function secretsOf(body: unknown): string[] {
  const found = new Set<string>();
  collect(body, false, found);
  return [...found].sort((a, b) => b.length - a.length);
}

function collect(value: unknown, secret: boolean, found: Set<string>): void {
  if (typeof value === "string") {
    if (secret) for (const spelling of spellings(value)) found.add(spelling);
    const nested = parsedObject(value);
    if (nested) collect(nested, secret, found);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, secret, found);
  } else if (typeof value === "object" && value !== null) {
    const isJwk = "kty" in value;
    for (const [name, member] of Object.entries(value)) {
      collect(member, secret || SECRET_MEMBER.test(name) || (isJwk && PRIVATE_MEMBERS.includes(name)), found);
    }
  }
}

function spellings(secret: string): string[] {
  const decoded = Buffer.from(secret, "base64").toString();
  const isBase64 = Buffer.from(decoded).toString("base64") === secret;
  const plain = isBase64 ? [secret, decoded] : [secret];
  return plain
    .flatMap((text) => [
      text,
      JSON.stringify(text).slice(1, -1),
      encodeURIComponent(text.toWellFormed()),
      Buffer.from(text).toString("base64"),
    ])
    .filter((text) => text !== "");
}

function parsedObject(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `text` without the given secrets and without anything that looks like one; shortened, HTML character references resolved. */
export function redact(text: string, secrets: readonly string[] = []): string {
  // IDM escapes its texts for HTML: "&#39;" (aic §1.4). A secret in that spelling would not be found.
  let clean = text
    .replace(/&#x([\da-f]{1,4});/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#(\d{1,5});/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
  for (const secret of secrets) clean = clean.replaceAll(secret, REDACTED);
  for (const form of SECRET_FORMS) clean = clean.replace(form, REDACTED);
  return clean.length > LONGEST_TEXT ? `${clean.slice(0, LONGEST_TEXT)}…` : clean;
}
