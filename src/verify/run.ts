/** Runs one case after the other and judges each. A negative counts only when its twin has just passed (flows contract §8). */

import type { Negative, Positive } from "./cases/case.ts";
import { CASES, type NegativeCase } from "./catalogue.ts";
import { type Derived, THROW_AWAY } from "./derive.ts";
import { Unprovable } from "./errors.ts";
import { type Observation, textOf } from "./http.ts";
import { audiencesOf, brief, expected, mismatch, type Outcome, shown, succeeded } from "./judge.ts";
import { claimsOf } from "./jwt.ts";
import type { Flow } from "./plan.ts";
import type { Finding } from "./preflight.ts";
import type { Row } from "./report/report.ts";
import type { World } from "./world.ts";

type Judged = Pick<Row, "expected" | "got" | "verdict" | "cause" | "claims" | "description">;

/**
 * @param findings causes that preflight found: a flow that fails names those of its agent
 */
export async function runCase(world: World, derived: Derived, findings: readonly Finding[]): Promise<Row> {
  const { agent } = derived;
  const at = new Date().toISOString();
  if ("positive" in derived) {
    const { id, title, flow, evidence, core = false } = derived.positive;
    const judged = explained(await prove(derived.positive), agent, flow, findings);
    return { agent, flow, case: id, title, evidence, core, at, ...judged };
  }
  const { id, flow, variant } = derived.negative;
  const { title, evidence, core }: NegativeCase = CASES[id];
  const judged = explained(await provoke(world, derived.negative), agent, flow, findings);
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

async function provoke(world: World, negative: Negative): Promise<Judged> {
  const known: NegativeCase = { ...CASES[negative.id], exact: { ...CASES[negative.id].exact, ...negative.exact } };
  const words = expected(known, world.target);
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
    const outcome: Outcome = { answer, audiences: await audiencesIssued(world, known, answer) };
    const problem = mismatch(negative.id, known, world.target, outcome, negative.forbidden ?? {});
    const found = { expected: words, got: brief(answer), description: answer.description };
    if (problem === undefined) return { ...found, verdict: "pass" };
    return { ...found, verdict: "fail", cause: problem };
  } catch (error) {
    return { expected: words, got: "not run", verdict: "inconclusive", cause: reason(error) };
  }
}

/** The audiences of a token that should not have been issued, also of one that only the tenant can read. */
async function audiencesIssued({ oauth }: World, { must }: NegativeCase, { body }: Observation): Promise<string[]> {
  const token = textOf(body.access_token);
  if (must !== "audience" || token === undefined) return [];
  return audiencesOf(claimsOf(token) ?? (await oauth.tokeninfo(token)).body);
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
