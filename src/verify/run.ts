/** Runs one case after the other and judges each. A negative counts only when its twin has just passed (oauth-flows §8). */

import { type Derived, type Negative, type Positive, THROW_AWAY } from "./case.ts";
import { Unprovable } from "./errors.ts";
import type { NegativeCase } from "./expectation.ts";
import type { Finding } from "./finding.ts";
import type { Flow } from "./grants.ts";
import { isObject, type Json, type Observation, textOf } from "./http.ts";
import { audiencesOf, brief, expected, mismatch, type Outcome, shown, succeeded, type Target } from "./judge.ts";
import { claimsOf } from "./jwt.ts";
import type { Row } from "./report/report.ts";

type Judged = Pick<Row, "expected" | "got" | "verdict" | "cause" | "claims" | "description">;

/** What a platform's cases are judged with. */
export type Court<Id extends string> = {
  readonly target: Target;
  readonly catalogue: Readonly<Record<Id, NegativeCase>>;
  /** Causes that preflight found: a flow that fails names those of its agent. */
  readonly findings: readonly Finding[];
  /** The claims of a token that only the tenant can read. */
  claims(token: string): Promise<Json>;
};

export type Selection = {
  /** Ids of the only cases to run. @default all */
  readonly cases?: readonly string[] | undefined;
  /** Ends the run after the case that is running. */
  readonly signal?: AbortSignal | undefined;
};

/** Runs the cases in their order, and adds a row for each. */
export async function runCases<Id extends string>(
  court: Court<Id>,
  derived: readonly Derived<Id>[],
  { cases, signal }: Selection,
  rows: Row[],
): Promise<void> {
  for (const one of derived) {
    if (cases && !cases.includes("positive" in one ? one.positive.id : one.negative.id)) continue;
    signal?.throwIfAborted();
    rows.push(await runCase(court, one));
  }
}

async function runCase<Id extends string>(court: Court<Id>, derived: Derived<Id>): Promise<Row> {
  const { findings, catalogue } = court;
  const { agent } = derived;
  const at = new Date().toISOString();
  if ("positive" in derived) {
    const { id, title, flow, evidence, core = false } = derived.positive;
    const judged = explained(await prove(derived.positive), agent, flow, findings);
    return { agent, flow, case: id, title, evidence, core, at, ...judged };
  }
  const { id, flow, variant } = derived.negative;
  const { title, evidence, core }: NegativeCase = catalogue[id];
  const judged = explained(await provoke(court, derived.negative), agent, flow, findings);
  return { agent, flow, case: id, title: variant ? `${title}: ${variant}` : title, evidence, core, at, ...judged };
}

async function prove({ expected, run }: Positive): Promise<Judged> {
  try {
    const { problems, ...found } = await run();
    if (problems.length === 0) return { expected, ...found, verdict: "pass" };
    return { expected, ...found, verdict: "fail", cause: problems.join("; ") };
  } catch (error) {
    return { expected, got: "not run", verdict: "inconclusive", cause: reason(error) };
  }
}

async function provoke<Id extends string>(court: Court<Id>, negative: Negative<Id>): Promise<Judged> {
  const entry = court.catalogue[negative.id];
  const known: NegativeCase = { ...entry, exact: { ...entry.exact, ...negative.exact } };
  const words = expected(known, court.target);
  try {
    const twin = await negative.twin();
    const holds = negative.twinBrings ? twin.error === negative.twinBrings : succeeded(twin);
    if (!holds) {
      return {
        expected: words,
        got: "not run",
        verdict: "inconclusive",
        cause: `without the provocation: ${shown(twin)}`,
      };
    }
    const answer = await negative.provoke();
    const outcome: Outcome = { answer, ...(await issued(court, known, answer)) };
    const problem = mismatch(negative.id, known, court.target, outcome, negative.forbidden ?? {});
    const found = { expected: words, got: brief(answer), description: answer.description };
    if (problem === undefined) return { ...found, verdict: "pass" };
    return { ...found, verdict: "fail", cause: problem };
  } catch (error) {
    return { expected: words, got: "not run", verdict: "inconclusive", cause: reason(error) };
  }
}

/** Audiences and actor of a token that should not have been issued like this, also of one that only the tenant can read. */
async function issued<Id extends string>(
  court: Court<Id>,
  { must }: NegativeCase,
  { body }: Observation,
): Promise<Pick<Outcome, "audiences" | "actor">> {
  const token = textOf(body.access_token);
  if ((must !== "audience" && must !== "no-actor") || token === undefined) return { audiences: [] };
  const claims = claimsOf(token) ?? (await court.claims(token));
  return { audiences: audiencesOf(claims), actor: isObject(claims.act) ? String(claims.act.sub) : undefined };
}

/** Names what preflight found for this agent and flow, since the tenant's own answer seldom says. */
function explained(judged: Judged, agent: string, flow: Flow, findings: readonly Finding[]): Judged {
  if (judged.verdict === "pass") return judged;
  const concerns = (finding: Finding) => finding.agent === agent || (agent === THROW_AWAY && finding.ofRealm === true);
  const causes = findings.filter((finding) => concerns(finding) && finding.flows.includes(flow));
  if (causes.length === 0) return judged;
  const messages = new Set(causes.map(({ message }) => message));
  return { ...judged, cause: [...messages, judged.cause].filter(Boolean).join("; ") };
}

function reason(error: unknown): string {
  if (error instanceof Unprovable) return error.message;
  throw error;
}
