/** Reads a declaration: YAML to checked values, with the file, line and column of every mistake. */

import { LineCounter } from "yaml";
import type { z } from "zod";
import { PingAgentsError } from "../errors.ts";
import { describeIssue } from "./describe.ts";
import { parseYaml } from "./yaml.ts";

/** A mistake in a declaration. `line` and `column` start at 1. */
export type Mistake = {
  readonly line: number;
  readonly column: number;
  /** Path of the field, e.g. `agents.bot.access[0].scopes`; empty for the file as a whole. */
  readonly field: string;
  readonly message: string;
};

/** All mistakes of a file in one error, in the order of the file. Code `ERR_DECLARATION`. Shows no value of the file. */
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

/** A declaration that was parsed, and is to be checked. */
export type ParsedDeclaration = {
  /**
   * What it says, when the schema takes it.
   *
   * @throws DeclarationError
   */
  check<Schema extends z.ZodType>(schema: Schema): z.infer<Schema>;
};

/**
 * Parses a declaration.
 *
 * @param text YAML 1.2, merge keys (`<<`) allowed
 * @param file how messages name the file
 * @throws DeclarationError
 */
export function parseDeclaration(text: string, file: string): ParsedDeclaration {
  const lines = new LineCounter();
  const refuse = (problems: readonly { offset: number; path: readonly PropertyKey[]; message: string }[]) => {
    const mistakes = problems.map(({ offset, path, message }) => {
      const { line, col } = lines.linePos(offset);
      return { line, column: col, field: fieldOf(path), message };
    });
    return new DeclarationError(
      file,
      mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column),
    );
  };
  const { value, problems, offsetOf } = parseYaml(text, lines);
  if (problems.length) throw refuse(problems.map((problem) => ({ ...problem, path: [] })));
  return {
    check(schema) {
      const result = schema.safeParse(value);
      if (result.success) return result.data;
      const described = result.error.issues.flatMap((issue) => describeIssue(issue, schema, value));
      throw refuse(described.map(({ path, message }) => ({ offset: offsetOf(path), path, message })));
    },
  };
}

/** A path as text: `agents.bot.access[0].scopes`. */
function fieldOf(path: readonly PropertyKey[]): string {
  const parts = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  return parts.join("").replace(/^\./, "");
}
