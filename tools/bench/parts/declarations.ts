/** What becomes of declarations that nobody checked: how many are accepted, how many refused with places, and that none crashes. */

import fc from "fast-check";
import { DeclarationError, type Mistake, parseDeclaration } from "../../../src/declaration/load.ts";
import { inspectDeclaration, isPlatform, platforms } from "../../../src/platforms.ts";
import { wildDeclarations } from "../../../test/declaration/wild.ts";

const COUNT = 2_000;

/** Verdicts over wild declarations of all platforms, a part each. @throws what `validate` would end with */
export function judgeWildDeclarations(): [string, string] {
  const names = Object.keys(platforms).filter(isPlatform);
  const texts = names.flatMap((name) => fc.sample(wildDeclarations(name), COUNT / names.length));
  const started = performance.now();
  let accepted = 0;
  for (const text of texts) {
    const mistakes = mistakesOf(text);
    if (mistakes.length === 0) accepted += 1;
    if (mistakes.some(({ line, column }) => !(line > 0 && column > 0))) throw new Error(`no place: ${text}`);
  }
  const each = (performance.now() - started) / texts.length;
  const verdict = `${accepted} accepted, ${texts.length - accepted} refused, none crashed (${each.toFixed(1)} ms each)`;
  return [`validate ${texts.length} declarations that nobody checked`, verdict];
}

/** What is wrong with a text; some of it keeps it from being parsed. */
function mistakesOf(text: string): readonly Mistake[] {
  try {
    return inspectDeclaration(parseDeclaration(text, "wild.yaml", { env: {} })).mistakes;
  } catch (error) {
    if (error instanceof DeclarationError) return error.mistakes;
    throw error;
  }
}
