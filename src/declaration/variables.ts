/**
 * What stands in a file for something else or for nothing: `${env:NAME}` in texts that decide about no access, and `x-…` keys,
 * which hold what anchors share. Pure.
 */

import { z } from "zod";
import { takesVariables } from "../fields/text.ts";
import { forms, formsWithin } from "./schema-forms.ts";
import type { Problem, Tree } from "./tree.ts";

type Env = Readonly<Record<string, string | undefined>>;
type Schema = z.core.$ZodType;

/** `${env:NAME}`, with `$` before it where it is meant as it stands. */
const REFERENCE = /(\$?)\$\{env:([^}]*)\}/g;

/** The tree as it is meant: the same one where all of it is. Where there are problems, texts stand as they were written. */
export function resolved(tree: Tree, schema: Schema, env: Env): { tree: Tree; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  /** Of the value that is looked at. */
  const path: PropertyKey[] = [];

  function within<T>(step: PropertyKey, look: () => T): T {
    path.push(step);
    const seen = look();
    path.pop();
    return seen;
  }

  function walk(node: Tree, schemas: readonly Schema[]): Tree {
    if (node.kind === "list") {
      const inner = formsWithin(schemas, "");
      const items = node.items.map((item, index) => within(index, () => walk(item, inner)));
      return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
    }
    if (node.kind === "map") {
      const kept = [...node.entries].filter(([key, value]) => !isShared(key, value, schemas));
      for (const [key, { place }] of kept) {
        if (isReference(key)) problems.push({ place, path: [...path, key], message: REFUSED });
      }
      const entries = new Map(
        kept.map(([key, value]) => [key, within(key, () => walk(value, formsWithin(schemas, key)))]),
      );
      const isSame = kept.length === node.entries.size && kept.every(([key, value]) => entries.get(key) === value);
      return isSame ? node : { ...node, entries };
    }
    if (typeof node.value !== "string" || schemas.length === 0 || !node.value.includes("${env:")) return node;
    const { text, messages } = substituted(
      node.value,
      env,
      schemas.some((form) => takesVariables.get(form)?.takesVariables),
    );
    problems.push(...messages.map((message) => ({ place: node.place, path: [...path], message })));
    return { ...node, value: text };
  }

  return { tree: walk(tree, forms(schema)), problems };
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: how a declaration writes it
const REFUSED = "takes no ${env:…}: what was reviewed must not depend on a shell";

/**
 * True for an entry that only holds what aliases stand for. Among words of the declaration that is every `x-…`; a name that
 * somebody chose may begin so, and is such an entry only with an anchor.
 */
function isShared(key: string, { anchored }: Tree, schemas: readonly Schema[]): boolean {
  if (!key.startsWith("x-")) return false;
  return anchored === true || schemas.some((form) => form instanceof z.ZodObject && !(key in form.shape));
}

const isReference = (text: string) => [...text.matchAll(REFERENCE)].some(([, dollar]) => dollar === "");

function substituted(text: string, env: Env, taken: boolean): { text: string; messages: readonly string[] } {
  if (!taken && isReference(text)) return { text, messages: [REFUSED] };
  const messages = new Set<string>();
  const value = text.replace(REFERENCE, (whole, dollar: string, name: string) => {
    if (dollar) return whole.slice(1);
    const found = env[name];
    if (found) return found;
    messages.add(`environment variable ${name} is not set`);
    return whole;
  });
  return { text: messages.size ? text : value, messages: [...messages] };
}
