/**
 * Spellings of text that a server may choose for what it repeats: escapes of JSON, percent-encoding, HTML and base64, one in
 * another, undone so that a secret is found again.
 */

/** Text in canonical spelling, and where its characters stand in the original. */
type View = {
  readonly text: string;
  /** The stretch of the original behind a stretch of the text, as start and end. */
  source(start: number, end: number): [start: number, end: number];
};

const ESCAPED = /(?:%[\da-f]{2})+|\\u[\da-f]{4}|\\[\s\S]/gi;
const CONTROLS: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Encodings inside of encodings that are undone; a server that goes on for ever is no reason to. */
const DEEPEST = 8;

/** The view of a text. */
export function canonicalView(original: string): View {
  // As nearly all texts: nothing in them is escaped.
  if (!/[%\\]/.test(original)) return { text: original, source: (start, end) => [start, end] };
  let text = original;
  let starts = [...original.split("").keys()];
  let ends = starts.map((at) => at + 1);
  for (let depth = 0, again = true; again && depth < DEEPEST; depth += 1) {
    const next = { text: "", starts: [] as number[], ends: [] as number[] };
    const add = (piece: string, from: number, to: number, each: boolean) => {
      next.text += piece;
      for (let index = 0; index < piece.length; index += 1) {
        next.starts.push(starts[each ? from + index : from] ?? 0);
        next.ends.push(ends[each ? from + index : to - 1] ?? 0);
      }
    };
    let done = 0;
    for (const { 0: found, index } of text.matchAll(ESCAPED)) {
      add(text.slice(done, index), done, index, true);
      done = index + found.length;
      add(unescaped(found), index, done, false);
    }
    add(text.slice(done), done, text.length, true);
    again = next.text !== text;
    ({ text, starts, ends } = next);
  }
  return {
    text,
    source: (start, end) => [starts[start] ?? 0, ends[end - 1] ?? 0],
  };
}

function unescaped(found: string): string {
  if (found.startsWith("%")) return Buffer.from(found.replaceAll("%", ""), "hex").toString();
  if (found.length === 6) return String.fromCharCode(Number.parseInt(found.slice(2), 16));
  const character = found.slice(1);
  return CONTROLS[character] ?? character;
}

/** The texts that a run of base64 of either alphabet may hold: it may stand right behind other letters, so it may begin later. */
export function decoded(run: string): string[] {
  return [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), "base64").toString());
}

/** Text with HTML character references resolved: IDM escapes its texts so, `&#39;` (aic §1.4). */
export function withoutReferences(text: string): string {
  return text
    .replace(/&#x([\da-f]{1,6});/gi, (_, code) => characterOf(Number.parseInt(code, 16)))
    .replace(/&#(\d{1,7});/g, (_, code) => characterOf(Number(code)))
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

const characterOf = (code: number) => (code > 0x10ffff ? "" : String.fromCodePoint(code));
