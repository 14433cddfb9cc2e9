/** A row as a sentence for somebody who knows nothing of OAuth. Pure. */

import { EVERY_SCOPE, type Flow, keyOf, type Row, type Subject, type Unenforced } from "./row.ts";

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
  const [row] = rows;
  const { agent, target, subject } = row;
  const scopes = rows.map(({ scope }) => (scope === EVERY_SCOPE ? `use ${scope}` : show(scope, true)));
  const may = adverb ? `may ${adverb}` : "may";
  const on = target.is === "agent" ? `(${ownScopes(rows)})` : `on ${show(target.name, false)}`;
  const said = `${show(agent.name, false)} ${may} ${listed(scopes)} ${on}`;
  if (subject.is !== "client") return `${said} for ${whom(subject, wording)}, ${wayOf(row, wording)}`;
  const token = `${show(subject.name, true)}'s token${tokenFor(subject, show)}`;
  return `${said} with ${[token, `shown as acting${enforced(row)}`, ...throughOf(row, wording)].join(", ")}`;
}

/** What scopes of the agent's own are called. */
export const ownScopes = ({ length }: readonly Row[]): string => (length === 1 ? "its own scope" : "its own scopes");

/** What others get by the same exchange, in words. */
const UNENFORCED: Readonly<Record<Unenforced, string>> = {
  unnamed: " (not enforced)",
  named: " (not enforced: act names it whoever asks)",
  unknown: " (nobody knows whether it is enforced)",
};
const enforced = ({ unenforced }: Row) => (unenforced ? UNENFORCED[unenforced] : "");

/** How the token is had, and through whom: `by exchange, through Support Agent`. */
export const wayOf = (row: Row, wording: Wording): string =>
  [`${WAYS[row.flow]}${enforced(row)}`, ...throughOf(row, wording)].join(", ");

function throughOf({ via }: Row, { show }: Wording): string[] {
  const chain = via.map(({ name }) => show(name, false));
  return chain.length > 0 ? [`through ${chain.join(", then ")}`] : [];
}

/** For whom, in words: `anyone in *customers* (1,204 people)`. */
export function whom(subject: Subject, { show, sizeOf }: Wording): string {
  switch (subject.is) {
    case "itself":
      return "itself";
    case "client":
      return `${show(subject.name, true)} itself${subject.tokensOf ? ` (its token${tokenFor(subject, show)})` : ""}`;
    case "user":
      return show(subject.name, true);
    case "group": {
      const size = sizeOf?.(subject.name);
      const people = size === undefined ? "" : ` (${counted(size, "person", "people")})`;
      return `anyone in ${show(subject.name, true)}${people}${holding(subject, show)}`;
    }
    case "anyone":
      return `anyone${holding(subject, show)}`;
  }
}

const tokenFor = ({ tokensOf }: Extract<Subject, { is: "client" }>, show: Wording["show"]) =>
  tokensOf ? ` for ${show(tokensOf.name, false)}` : "";

const holding = ({ tokensOf }: Extract<Subject, { is: "group" | "anyone" }>, show: Wording["show"]) =>
  tokensOf ? ` signed in to ${show(tokensOf.name, false)}` : "";

/** `1,204 people`. */
export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

/** `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Rows that differ by their scope alone, together; in the order of the first of each. */
export const bundles = (rows: readonly Row[]): [Row, ...Row[]][] =>
  together(rows, (row) => keyOf({ ...row, scope: "" }));

/** What has one key together, in the order of the first of each. */
export const together = <T>(all: readonly T[], key: (one: T) => string): [T, ...T[]][] =>
  [...Map.groupBy(all, key).values()] as [T, ...T[]][];
