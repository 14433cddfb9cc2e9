/** Reads a declaration: YAML to checked values, with the file, line and column of every mistake. */

import { closest, distance } from "fastest-levenshtein";
import { isNode, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { PingAgentsError } from "../errors.ts";

/** A mistake in a declaration. `line` and `column` start at 1. */
export type Mistake = {
  readonly line: number;
  readonly column: number;
  /** Dotted path of the field; empty for the file as a whole. */
  readonly field: string;
  readonly message: string;
};

/** All mistakes of a file in one error. Code `ERR_DECLARATION`. */
export class DeclarationError extends PingAgentsError {
  readonly mistakes: readonly Mistake[];

  constructor(file: string, mistakes: readonly Mistake[]) {
    const count = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`;
    const lines = mistakes.map(
      ({ line, column, field, message }) => `${file}:${line}:${column} ${field ? `${field}: ` : ""}${message}`,
    );
    super("ERR_DECLARATION", [`${count} in the declaration`, ...lines].join("\n  "), {
      hint: `correct ${file}; nothing was changed`,
    });
    this.mistakes = mistakes;
  }
}

/**
 * Parses and checks a declaration.
 *
 * @param text YAML 1.2
 * @param file how messages name the file
 * @throws DeclarationError
 */
export function loadDeclaration<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.infer<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const problems = [...document.errors, ...document.warnings];
  if (problems.length) {
    throw new DeclarationError(
      file,
      problems.map(({ pos, message }) => ({ ...at(pos[0]), field: "", message })),
    );
  }
  const result = schema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (result.success) return result.data;
  const mistakes = result.error.issues
    .flatMap((issue) => describe(issue, schema))
    .map(({ path, message }) => {
      const { key, value } = find(document.contents, path);
      const offset = (key ?? value)?.range?.[0] ?? 0;
      return { ...at(offset), field: path.map(String).join("."), message };
    });
  throw new DeclarationError(file, mistakes);
}

type Described = { path: PropertyKey[]; message: string };

/** An issue in words of the declaration; unknown keys one by one, each with the key that was probably meant. */
function describe(issue: z.core.$ZodIssue, schema: z.ZodType): Described[] {
  if (issue.code === "invalid_union") {
    const [nearest] = issue.errors.toSorted((a, b) => depth(b) - depth(a));
    const inner = (nearest ?? []).flatMap((one) => describe(one, schema));
    return inner.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
  }
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) {
    return [{ path: issue.path, message: `is missing: expected ${issue.expected}` }];
  }
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: issue.message }];
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    message: `unknown key "${key}"${suggest(key, known)}`,
  }));
}

/** The key that was probably meant, else all that are known. */
function suggest(key: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(key, known);
  return distance(key, nearest) <= 1 + key.length / 3
    ? `; did you mean "${nearest}"?`
    : `; known are ${known.join(", ")}`;
}

/** How far into the value the issues of one branch of a union reach: the branch that was meant reaches furthest. */
const depth = (issues: readonly z.core.$ZodIssue[]) =>
  Math.max(...issues.map(({ path, code }) => path.length * 2 + (code === "invalid_type" ? 0 : 1)));

/** The keys that the schema knows at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let definition = schema._zod.def as unknown as Definition;
  for (const step of ["", ...path]) {
    if (step !== "")
      definition =
        definition.shape?.[step as string]?._zod.def ??
        definition.valueType?._zod.def ??
        definition.element?._zod.def ??
        definition;
    while (definition.innerType) definition = definition.innerType._zod.def;
  }
  return Object.keys(definition.shape ?? {});
}

/** The parts of zod's definitions that lead from a schema to those inside it. */
type Inner = { readonly _zod: { readonly def: Definition } };
type Definition = {
  readonly shape?: Readonly<Record<string, Inner>>;
  readonly valueType?: Inner;
  readonly element?: Inner;
  readonly innerType?: Inner;
};

/** The nearest node to a path: that of the path itself, or of the innermost parent that is written. */
function find(root: unknown, path: readonly PropertyKey[]): { key?: Node; value?: Node } {
  let value = isNode(root) ? root : undefined;
  let key: Node | undefined;
  for (const step of path) {
    const items = value && "items" in value && Array.isArray(value.items) ? (value.items as unknown[]) : [];
    const pair = items.find(
      (item) =>
        typeof item === "object" &&
        item !== null &&
        "key" in item &&
        String((item as { key: unknown }).key) === String(step),
    ) as { key?: unknown; value?: unknown } | undefined;
    const next = pair ? pair.value : items[Number(step)];
    if (!pair && next === undefined) break;
    key = pair && isNode(pair.key) ? pair.key : undefined;
    value = isNode(next) ? next : undefined;
  }
  return { ...(key && { key }), ...(value && { value }) };
}
