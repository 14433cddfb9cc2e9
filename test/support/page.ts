/** The pages of the documentation, as tests read them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

/** A block of a page between fences. */
export type Block = { readonly kind: string; readonly text: string };

/**
 * The blocks of a page, in order.
 *
 * @param page path from the root
 * @param kinds which blocks, by the word behind their fence. @default commands
 */
export function blocksOf(page: string, kinds: readonly string[] = ["sh"]): Block[] {
  const blocks = readFileSync(join(projectRoot, page), "utf8").matchAll(/^```(\w+)\n(.*?)^```/gms);
  return [...blocks].map(([, kind = "", text = ""]) => ({ kind, text })).filter(({ kind }) => kinds.includes(kind));
}

/** The texts of {@link blocksOf}. */
export const textsOf = (page: string, kinds?: readonly string[]): string[] =>
  blocksOf(page, kinds).map(({ text }) => text);
