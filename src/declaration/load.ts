/** Reads a declaration: YAML to checked values, with the file, line and column of every mistake. */

import type { z } from "zod";
import { PingAgentsError } from "../errors.ts";
import { describeIssue } from "./describe.ts";
import { type ReadBase, readLayers } from "./overlay.ts";
import { type Place, type Problem, placeAt, plain, sourceOf, type Tree } from "./tree.ts";
import { resolved } from "./variables.ts";

/** A mistake in a declaration. `line` and `column` start at 1. */
export type Mistake = {
  /** The file that it stands in: the declaration, or a base. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Path of the field, e.g. `agents.bot.access[0].scopes`; empty for the file as a whole. */
  readonly field: string;
  readonly message: string;
};

/** All mistakes of a declaration in one error, in the order of its files. Code `ERR_DECLARATION`. Shows no value of a file. */
export class DeclarationError extends PingAgentsError {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    const count = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`;
    const lines = mistakes.map(
      ({ file, line, column, field, message }) => `${file}:${line}:${column} ${field ? `${field}: ` : ""}${message}`,
    );
    const files = [...new Set(mistakes.map(({ file }) => file))];
    super("ERR_DECLARATION", [`${count} in the declaration`, ...lines].join("\n  "), {
      hint: `correct ${files.join(" and ")}; nothing was changed`,
    });
    this.mistakes = mistakes;
  }
}

/** Where a declaration is read. */
export type Surroundings = {
  /** Reads the files that it extends. @default none can be read */
  readonly readBase?: ReadBase | undefined;
  /** Values of `${env:NAME}`. @default those of the process */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
};

/** Where the value of a path is written, else what holds it. A step into a list is an index, or the text of an entry. */
export type PlaceOf = (path: readonly PropertyKey[]) => Pick<Mistake, "file" | "line" | "column">;

/** A declaration that was parsed, and is to be checked. */
export type ParsedDeclaration = {
  /** Its file, its base, the base of that. */
  readonly files: readonly string[];
  /** What is written, unchecked. */
  readonly value: unknown;
  /**
   * What it says, when the schema takes it.
   *
   * @param within the schema that knows the fields, for one that only looks at them; it says alone where `${env:NAME}` is
   * wrong. @default the schema itself
   * @throws DeclarationError
   */
  check<Schema extends z.ZodType>(schema: Schema, within?: z.ZodType): z.infer<Schema>;
  readonly placeOf: PlaceOf;
};

/** A declaration as a schema takes it. */
type Meaning = { readonly meant: Tree; readonly problems: readonly Problem[]; readonly value: unknown };

const noBase: ReadBase = () => ({ problem: "no other file can be read here" });

/**
 * Parses a declaration and the bases that it extends.
 *
 * @param text YAML 1.2, merge keys (`<<`) allowed
 * @param file how messages name the file
 * @throws DeclarationError
 */
export function parseDeclaration(
  text: string,
  file: string,
  { readBase = noBase, env = process.env }: Surroundings = {},
): ParsedDeclaration {
  const layers = readLayers(sourceOf(text, file), readBase);
  if (!("tree" in layers)) throw refusal(layers, []);
  const { tree, files } = layers;
  const asWritten = plain(tree);
  /** What it means to a schema, which several may ask. */
  const meanings = new Map<z.ZodType, Meaning>();
  const meaningTo = (schema: z.ZodType): Meaning => {
    const known = meanings.get(schema);
    if (known) return known;
    const { tree: meant, problems } = resolved(tree, schema, env);
    const meaning = { meant, problems, value: meant === tree ? asWritten : plain(meant) };
    meanings.set(schema, meaning);
    return meaning;
  };
  return {
    files,
    value: asWritten,
    check(schema, within = schema) {
      const { meant, problems, value } = meaningTo(within);
      const result = schema.safeParse(value);
      const told = new Set(problems.map(({ path }) => fieldOf(path)));
      const described = (result.error?.issues ?? []).flatMap((issue) => describeIssue(issue, schema, value));
      const issues = described
        .filter(({ path }) => !told.has(fieldOf(path)))
        .map(({ path, message }) => ({ place: placeAt(meant, path), path, message }));
      const found = within === schema ? [...problems, ...issues] : issues;
      if (found.length > 0) throw refusal(found, files);
      return result.data as z.infer<typeof schema>;
    },
    placeOf: (path) => positionOf(placeAt(tree, path)),
  };
}

function positionOf({ source, offset }: Place) {
  const { line, col } = source.lines.linePos(offset);
  return { file: source.file, line, column: col };
}

/** @param files in which order their mistakes are told */
function refusal(problems: readonly Problem[], files: readonly string[]): DeclarationError {
  const mistakes = problems.map(({ place, path, message }) => ({
    ...positionOf(place),
    field: fieldOf(path),
    message,
  }));
  const order = ({ file }: Mistake) => files.indexOf(file);
  return new DeclarationError(
    mistakes.toSorted((a, b) => order(a) - order(b) || a.line - b.line || a.column - b.column),
  );
}

/** A path as text: `agents.bot.access[0].scopes`. */
export function fieldOf(path: readonly PropertyKey[]): string {
  const parts = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  return parts.join("").replace(/^\./, "");
}
