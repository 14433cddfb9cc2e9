/** What `validate` found, as text, as JSON, or as annotations of a GitHub Actions run. Pure. */

import { DeclarationError, type Mistake } from "../declaration/load.ts";
import type { PingAgentsError } from "../errors.ts";
import type { Inspection } from "../platforms.ts";

export const FORMATS = ["text", "json", "github"] as const;
export type Format = (typeof FORMATS)[number];

/** A declaration and what a look at it found. */
export type Look = Inspection & {
  /** Its file, its base, the base of that; where it could not be read, those that are wrong. */
  readonly files: readonly string[];
  /** Why nothing can be said of it. */
  readonly failure?: PingAgentsError;
};

type Printed = { readonly stdout: string; readonly stderr: string };

/** What is printed. */
export function render(looks: readonly Look[], format: Format): Printed {
  return { text, json, github }[format](looks);
}

const countOf = ({ declaration }: Look) => {
  const { agents = {}, applications = {} } = declaration ?? {};
  return { agents: Object.keys(agents).length, applications: Object.keys(applications).length };
};

const fieldAnd = ({ field, message }: Mistake) => `${field ? `${field}: ` : ""}${message}`;
const lines = (all: readonly string[]) => all.map((line) => `${line}\n`).join("");
/** Why nothing can be said of the file, or what is wrong in it. */
const failureOf = ({ mistakes, failure }: Look) =>
  failure ?? (mistakes.length > 0 ? new DeclarationError(mistakes) : undefined);

function text(looks: readonly Look[]): Printed {
  const good = looks.filter(({ declaration }) => declaration);
  const counts = good.map((look) => {
    const { agents, applications } = countOf(look);
    return `${look.files.join(" extends ")}: ${agents} agents, ${applications} applications`;
  });
  const said = looks.flatMap((look) => [
    ...look.warnings.map((one) => `${one.file}:${one.line}:${one.column} warning: ${fieldAnd(one)}`),
    ...[failureOf(look)?.message ?? []].flat(),
  ]);
  return { stdout: lines(counts), stderr: lines(said) };
}

function json(looks: readonly Look[]): Printed {
  const files = looks.map((look) => {
    const { declaration, mistakes, warnings, failure } = look;
    const [file = "", ...bases] = look.files;
    const error = failure && { code: failure.code, message: failure.message };
    return {
      file,
      ...(bases.length > 0 && { bases }),
      ...(declaration && countOf(look)),
      mistakes,
      warnings,
      ...(error && { error }),
    };
  });
  return { stdout: `${JSON.stringify({ files }, null, 2)}\n`, stderr: "" };
}

/** Workflow commands: GitHub shows them beside the line of the file. */
function github(looks: readonly Look[]): Printed {
  const found = looks.flatMap(({ mistakes, warnings, failure }) => [
    ...(failure ? [`::error::${data(failure.message)}`] : []),
    ...mistakes.map((one) => annotation("error", one)),
    ...warnings.map((one) => annotation("warning", one)),
  ]);
  return { stdout: lines(found), stderr: "" };
}

const annotation = (level: "error" | "warning", one: Mistake) =>
  `::${level} file=${property(one.file)},line=${one.line},col=${one.column}::${data(fieldAnd(one))}`;

/** What would end a line, or a property, stands for itself. */
const data = (value: string) => value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (value: string) => data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
