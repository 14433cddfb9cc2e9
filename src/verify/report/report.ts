/** What a run brought, as data. Holds no token, no secret and no assertion: only claims that were asserted. */

import type { Finding } from "../finding.ts";
import type { Target, Verdict } from "../judge.ts";

/** What a flow that must work gives, in the words of the declaration. */
export type DeclaredFlow = {
  /** The way to the token, e.g. `by exchange`; of what is about no token what is shown instead. */
  readonly how: string;
  readonly scopes: readonly string[];
  /** The application or resource, by its name in {@link Report.names} where it is there. */
  readonly on?: string;
  /** User name, or `itself`. */
  readonly for?: string;
};

/** An assertion of the declaration. */
export type Asserted = {
  /** What it says, e.g. `never scope admin-action`. */
  readonly name: string;
  /** File and line. */
  readonly place: string;
  readonly reason?: string;
  /** Requests that it is about and that nobody could try, or that were left out: for these it is computed only. */
  readonly untried: number;
};

export type Row = {
  readonly agent: string;
  readonly flow: string;
  /** Id of the case (oauth-flows §8), `F01` to `F04` for what must work, `A01` to `A03` for assertions, `preflight` for a cause found before. */
  readonly case: string;
  readonly title: string;
  readonly expected: string;
  readonly got: string;
  /** What the tenant said about a refusal. */
  readonly description?: string | undefined;
  /** The claims that were asserted. */
  readonly claims?: string | undefined;
  readonly verdict: Verdict;
  readonly evidence: string;
  /** Why it failed or could not be proven: what preflight found, or what was missing. */
  readonly cause?: string | undefined;
  /** The findings of preflight that explain it, by their messages: `cause` begins with them. @default none */
  readonly findings?: readonly string[] | undefined;
  /** Of what must work. @default the row is about a refusal, or about no case */
  readonly declared?: DeclaredFlow | undefined;
  /** The assertion that it proves or contradicts. @default none */
  readonly asserted?: Pick<Asserted, "name" | "place"> | undefined;
  /** Part of the core set. */
  readonly core: boolean;
  /** When it ran, ISO 8601, by this machine's clock. */
  readonly at: string;
};

export type Report = {
  readonly tenant: string;
  /** The part of the tenant in words, e.g. `realm alpha`. */
  readonly place: string;
  readonly target: Target;
  readonly findings: readonly Finding[];
  readonly assertions: readonly Asserted[];
  /** Display names of declared agents and applications, by the id under which rows name them. */
  readonly names: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
};

/** @param named ids with the names that are declared for them */
export function displayNames(named: readonly (readonly [string, string | undefined])[]): Report["names"] {
  const names = named.flatMap(([id, name]) => (name === undefined ? [] : [[id, name]]));
  return Object.assign(Object.create(null), Object.fromEntries(names)); // an id is looked up, and may be any word
}

export type Counts = Readonly<Record<Verdict, number>>;

export function count({ rows }: Report): Counts {
  const counts = { pass: 0, fail: 0, inconclusive: 0 };
  for (const { verdict } of rows) counts[verdict] += 1;
  return counts;
}

/** 0 when all passed, 1 when one failed, 2 when none failed and some prove nothing. */
export function exitCode(report: Report): 0 | 1 | 2 {
  const { fail, inconclusive, pass } = count(report);
  if (fail > 0) return 1;
  return inconclusive > 0 || pass === 0 ? 2 : 0;
}

/** The line that sums up. */
export function summary(report: Report): string {
  const { pass, fail, inconclusive } = count(report);
  const core = new Set(report.rows.filter((row) => row.core).map((row) => row.case));
  const all = new Set(report.rows.filter((row) => !["preflight", "cleanup"].includes(row.case)).map((row) => row.case));
  const ofCore = core.size ? `, ${core.size} of them core` : "";
  return `${pass} passed, ${fail} failed, ${inconclusive} inconclusive; ${all.size} cases${ofCore}`;
}
