/** Rows of a declaration, for the tests of access. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Access } from "../../src/access/access.ts";
import type { Row } from "../../src/access/row.ts";
import { bundles, sentenceOf } from "../../src/access/sentence.ts";
import { parseDeclaration } from "../../src/declaration/load.ts";
import { checkDeclaration, declaredAccess } from "../../src/platforms.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

/** The text of one of the examples in `stacks/`. */
export const example = (name: string): string => readFileSync(join(projectRoot, "stacks", `${name}.yaml`), "utf8");

/** The same, without the groups that it declares, whose members are then unknown. */
export const withoutGroups = (name: string): string => example(name).replace(/^groups:.*\n(?: .*\n)+/m, "");

/** The same, with nothing asserted. */
export const withoutPolicy = (name: string): string => example(name).replace(/^accessPolicy:.*\n(?: .*\n)+/m, "");

/** What a declaration gives its agents. */
export const rowsOf = (text: string): readonly Row[] => accessOf(text).rows;

/** Who may do what after a declaration. */
export function accessOf(text: string): Access {
  const parsed = parseDeclaration(text, "stacks/test.yaml");
  return declaredAccess(checkDeclaration(parsed), parsed.placeOf);
}

/** Sentences, a scope or person between asterisks. */
export const sentences = (rows: readonly Row[], adverb?: "now" | "no longer"): string[] =>
  bundles(rows).map((bundle) =>
    sentenceOf(bundle, { adverb, show: (name, isEmphasised) => (isEmphasised ? `*${name}*` : name) }),
  );
