/** A row as a sentence for somebody who knows nothing of OAuth. Pure. */

import { EVERY_SCOPE, type Flow, keyOf, type Row, type Subject } from "./row.ts";

/** How names get into a sentence. */
export type Wording = {
  /** What stands between "may" and the scope, e.g. `now`. @default nothing */
  readonly adverb?: "now" | "no longer" | undefined;
  /** Shows a name that somebody chose: escaped as the format needs it, and set apart where it is a scope or a person. */
  readonly show: (name: string, isEmphasised: boolean) => string;
  /** How many people are in a group; undefined where nobody knows. */
  readonly sizeOf?: ((group: string) => number | undefined) | undefined;
};

/** How the token is had, in words. */
const WAYS: Readonly<Record<Flow, string>> = {
  "client-credentials": "without a user",
  exchange: "by exchange",
  ciba: "after the user approves",
  login: "after the user signs in",
};

/**
 * One sentence, without a full stop: `Bot may now *logs-read* on Logs API for anyone in *operators* (12 people), by exchange`.
 *
 * @param rows one row, or several that {@link bundles} put together
 */
export function sentenceOf(rows: readonly [Row, ...Row[]], wording: Wording): string {
  const { show, adverb } = wording;
  const [{ agent, target, subject, via, flow }] = rows;
  const scopes = rows.map(({ scope }) => (scope === EVERY_SCOPE ? `use ${scope}` : show(scope, true)));
  const own = rows.length === 1 ? "(its own scope)" : "(its own scopes)";
  const what = target.is === "agent" ? own : `on ${show(target.name, false)}`;
  return [
    [show(agent.name, false), "may", ...(adverb ? [adverb] : []), listed(scopes), what, whom(subject, wording)].join(
      " ",
    ),
    WAYS[flow],
    ...(via.length > 0 ? [`through ${via.map(({ name }) => show(name, false)).join(", then ")}`] : []),
  ].join(", ");
}

function whom(subject: Subject, { show, sizeOf }: Wording): string {
  switch (subject.is) {
    case "itself":
      return "for itself";
    case "client":
      return `for ${show(subject.name, true)} itself`;
    case "user":
      return `for ${show(subject.name, true)}`;
    case "group": {
      const size = sizeOf?.(subject.name);
      const people = size === undefined ? "" : ` (${counted(size, "person", "people")})`;
      return `for anyone in ${show(subject.name, true)}${people}${holding(subject, show)}`;
    }
    case "anyone":
      return `for anyone${holding(subject, show)}`;
  }
}

const holding = ({ tokensOf }: Extract<Subject, { is: "group" | "anyone" }>, show: Wording["show"]) =>
  tokensOf ? ` with a token of ${show(tokensOf.name, false)}` : "";

/** `1,204 people`. */
const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

/** `a, b and c`. */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Rows that differ by their scope alone, together; in the order of the first of each. */
export function bundles(rows: readonly Row[]): (readonly [Row, ...Row[]])[] {
  const together = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const key = keyOf({ ...row, scope: "" });
    const bundle = together.get(key);
    if (bundle) bundle.push(row);
    else together.set(key, [row]);
  }
  return [...together.values()];
}
