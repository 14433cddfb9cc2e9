/**
 * Takes secrets out of text that a server wrote, before the text goes anywhere. Whoever gets to know a secret notes it here: the
 * lifecycle what a kind declares as secret, the sessions their keys and tokens. From then on no text of this process holds it.
 */
import { PRIVATE_MEMBERS } from "../../jwk.ts";
import { SECRET_FORMS } from "../../secret-forms.ts";
import { canonicalView, decoded, withoutReferences } from "./spellings.ts";

const REDACTED = "[redacted]";

/** Longest text that is taken over from a server. */
const LONGEST_TEXT = 1_000;
/** Longest text that is looked through: what is shown stands far before its end. */
const LONGEST_SEARCH = 100_000;

const BASE64 = /[\w+/-]{5,}={0,2}/g;
/** Shorter secrets are found by chance, in words and in what is no base64: hiding them would make every message unreadable. */
const SHORTEST_SECRET = 4;

/**
 * Texts to be found in others, by their first characters, so that a text is looked through once: a run of a large stack knows thousands
 * of secrets, and a message takes no longer for it.
 */
class Texts {
  readonly #all = new Set<string>();
  readonly #byStart = new Map<string, string[]>();

  has(text: string): boolean {
    return this.#all.has(text);
  }

  /** @param text of at least {@link SHORTEST_SECRET} characters */
  add(text: string): void {
    if (this.#all.has(text)) return;
    this.#all.add(text);
    const start = text.slice(0, SHORTEST_SECRET);
    const alike = this.#byStart.get(start);
    // Tokens begin alike, all of them.
    if (alike) alike.push(text);
    else this.#byStart.set(start, [text]);
  }

  /** Where one of them stands in a text, as start and end. They may overlap. */
  *in(text: string): Generator<[start: number, end: number]> {
    for (let at = 0; at + SHORTEST_SECRET <= text.length; at += 1) {
      for (const one of this.#byStart.get(text.slice(at, at + SHORTEST_SECRET)) ?? [])
        if (text.startsWith(one, at)) yield [at, at + one.length];
    }
  }
}

/** The secrets that this process knows. */
const known = new Texts();
/** What gives them away: how they stand in canonical text. */
const spellings = new Texts();

/**
 * Notes that a text is secret; of a private JSON Web Key as text, its private members, too.
 *
 * @param value left out when it is no text, or shorter than four characters
 */
export function noteSecret(value: unknown): void {
  if (typeof value !== "string" || value.length < SHORTEST_SECRET || known.has(value)) return;
  known.add(value);
  for (const spelling of canonical(value)) spellings.add(spelling);
  const key = parsedObject(value);
  if (key) notePrivateKey(key);
}

/** Notes the private members of a JSON Web Key: the public ones stand in every key set. */
export function notePrivateKey(jwk: object): void {
  for (const [name, member] of Object.entries(jwk)) if (PRIVATE_MEMBERS.includes(name)) noteMember(member);
}

/** A private member, which may be a list of objects (RFC 7518 §6.3.2.7). */
function noteMember(member: unknown): void {
  noteSecret(member);
  if (typeof member === "object" && member !== null) for (const inner of Object.values(member)) noteMember(inner);
}

function parsedObject(text: string): object | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `text` without what is known or looks to be secret; shortened, HTML character references resolved. */
export function redact(text: string): string {
  let clean = withoutKnown(withoutReferences(text.slice(0, LONGEST_SEARCH)));
  for (const form of SECRET_FORMS) clean = clean.replace(form, REDACTED);
  // A secret that is partly known, such as the end of a JWT, is one all the same.
  clean = clean.replace(/(?:\[redacted\]){2,}/g, REDACTED);
  return clean.length > LONGEST_TEXT ? `${clean.slice(0, LONGEST_TEXT)}…` : clean;
}

/** `text` with every stretch replaced that spells a known secret, and every run of base64 that holds one. */
function withoutKnown(text: string): string {
  const view = canonicalView(text);
  const hidden = new Uint8Array(text.length);
  for (const [start, end] of known.in(text)) hidden.fill(1, start, end);
  for (const [start, end] of spellings.in(asForm(view.text))) hidden.fill(1, ...view.source(start, end));
  for (const { 0: run, index } of view.text.matchAll(BASE64)) {
    if (decoded(run).some(holdsKnown)) hidden.fill(1, ...view.source(index, index + run.length));
  }
  if (!hidden.includes(1)) return text;
  return text.replaceAll(/[\s\S]/g, (character, at: number) => {
    if (!hidden[at]) return character;
    return hidden[at - 1] ? "" : REDACTED;
  });
}

function holdsKnown(text: string): boolean {
  return spellings.in(asForm(canonicalView(text).text)).next().done === false;
}

/** A secret as it stands in canonical text. */
function canonical(secret: string): string[] {
  // A backslash at the end escapes what comes after it in the text.
  const texts = [secret, withoutReferences(secret)].map((text) => asForm(canonicalView(text).text).replace(/\\+$/, ""));
  return [...new Set(texts)].filter(({ length }) => length >= SHORTEST_SECRET);
}

/** Forms write a blank as a plus. */
const asForm = (text: string) => text.replaceAll("+", " ");
