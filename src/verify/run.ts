/** Runs one case after the other and judges each. A negative counts only when its twin has just passed (oauth-flows §8). */

import { type PlannedCase, THROW_AWAY } from "./case.ts";
import { Busy, Unprovable } from "./errors.ts";
import type { Expectation } from "./expectation.ts";
import type { Finding } from "./finding.ts";
import { isObject, type Json, type Observation, textOf } from "./http.ts";
import { audiencesOf, brief, expected, mismatch, type Outcome, shown, succeeded, type Target } from "./judge.ts";
import { claimsOf } from "./jwt.ts";
import type { Row } from "./report/report.ts";

type Judged = Pick<Row, "expected" | "got" | "verdict" | "cause" | "findings" | "claims" | "description">;
type PlannedNegative = Extract<PlannedCase, { readonly expectation: Expectation }>;

/** What cases are judged with. */
export type Grounds = {
  readonly target: Target;
  /** Causes that preflight found: a flow that fails names those of its agent. */
  readonly findings: readonly Finding[];
  /** The claims of a token that only the tenant can read. */
  claims(token: string): Promise<Json>;
};

/**
 * Asks for every credential that the cases need, before any of them runs. What is not at hand stays out: the cases that need
 * it say so.
 */
export async function gatherCredentials(cases: readonly PlannedCase[]): Promise<void> {
  for (const need of new Set(cases.flatMap(({ needs }) => needs))) {
    try {
      await need();
    } catch (error) {
      unproven(error);
    }
  }
}

/**
 * Runs the cases in their order, and adds a row for each.
 *
 * @param signal ends the run after the case that is running
 */
export async function runCases(
  grounds: Grounds,
  cases: readonly PlannedCase[],
  signal: AbortSignal | undefined,
  rows: Row[],
): Promise<void> {
  for (const one of cases) {
    signal?.throwIfAborted();
    rows.push(await runCase(grounds, one));
  }
}

async function runCase(grounds: Grounds, one: PlannedCase): Promise<Row> {
  const { agent, flow = "", id, title, evidence, core } = one;
  const at = new Date().toISOString();
  const judged = "expectation" in one ? await provoke(grounds, one) : await prove(one);
  const about = "prove" in one ? { declared: one.declared, asserted: one.asserted } : {};
  return { agent, flow, case: id, title, ...about, evidence, core, at, ...explained(judged, one, grounds.findings) };
}

async function prove({ expected, prove }: Exclude<PlannedCase, PlannedNegative>): Promise<Judged> {
  try {
    const { problems, ...found } = await prove();
    if (problems.length === 0) return { expected, ...found, verdict: "pass" };
    return { expected, ...found, verdict: "fail", cause: problems.join("; ") };
  } catch (error) {
    return { expected, ...unproven(error) };
  }
}

async function provoke(grounds: Grounds, one: PlannedNegative): Promise<Judged> {
  const { expectation } = one;
  const words = expected(expectation, grounds.target);
  try {
    const twin = await one.twin();
    const holds = one.twinBrings ? twin.error === one.twinBrings : succeeded(twin);
    if (!holds) return { expected: words, ...unproven(new Unprovable(`without the provocation: ${shown(twin)}`)) };
    const answer = await one.provoke();
    const outcome: Outcome = { answer, ...(await issued(grounds, expectation, answer)) };
    const problem = mismatch(one.id, expectation, grounds.target, outcome, await one.forbidden());
    const found = { expected: words, got: brief(answer), description: answer.description };
    return problem === undefined ? { ...found, verdict: "pass" } : { ...found, verdict: "fail", cause: problem };
  } catch (error) {
    return { expected: words, ...unproven(error) };
  }
}

/** Audiences and actor of a token that should not have been issued like this, also of one that only the tenant can read. */
async function issued(
  grounds: Grounds,
  { must }: Expectation,
  { body }: Observation,
): Promise<Pick<Outcome, "audiences" | "actor">> {
  const token = textOf(body.access_token);
  if ((must !== "audience" && must !== "no-actor") || token === undefined) return { audiences: [] };
  const claims = claimsOf(token) ?? (await grounds.claims(token));
  return { audiences: audiencesOf(claims), actor: isObject(claims.act) ? String(claims.act.sub) : undefined };
}

/** Names what preflight found for this agent and flow, since the tenant's own answer seldom says. */
function explained(judged: Judged, { agent, flow }: PlannedCase, findings: readonly Finding[]): Judged {
  if (judged.verdict === "pass") return judged;
  const concerns = (finding: Finding) => finding.agent === agent || (agent === THROW_AWAY && finding.ofRealm === true);
  const causes = findings.filter((one) => concerns(one) && flow !== undefined && one.flows.includes(flow));
  if (causes.length === 0) return judged;
  const messages = [...new Set(causes.map(({ message }) => message))];
  return { ...judged, findings: messages, cause: [...messages, judged.cause].filter(Boolean).join("; ") };
}

/** What is said of a case that proves nothing. */
function unproven(error: unknown): Pick<Judged, "got" | "verdict" | "cause"> {
  if (error instanceof Unprovable) return { got: error.got, verdict: "inconclusive", cause: error.message };
  if (error instanceof Busy) return { got: "not run", verdict: "inconclusive", cause: error.line };
  throw error;
}
