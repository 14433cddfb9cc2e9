/** The verifier for PingOne: the same report as AIC's, from the flows of PingOne's token service. */
import { type Clock, machineClock } from "../clock.ts";
import { Unprovable } from "../errors.ts";
import { isObject, type Observation } from "../http.ts";
import { brief, shown, succeeded, type Target } from "../judge.ts";
import { claimsOf } from "../jwt.ts";
import type { Report, Row } from "../report/report.ts";
import type { Approver } from "../world.ts";
import { casesOf, judgeToken, type PingOneCase } from "./cases.ts";
import type { PingOneAgent, PingOnePlan, PingOneUser } from "./plan.ts";
import { TokenService, tokenOf } from "./service.ts";

export type PingOneVerifyOptions = {
  readonly target: Target;
  /** The user who is acted for, and who is asked. */
  readonly user: PingOneUser;
  /** Gets a user's token that the agent may exchange. Throw {@link Unprovable} where there is none. */
  readonly subjectToken: (agent: PingOneAgent) => Promise<string>;
  readonly approver: Approver;
  /** @default the machine's, which passes */
  readonly clock?: Clock | undefined;
};

/** Runs every case that the plan asks for. Changes nothing in the environment. */
export async function verifyPingOne(plan: PingOnePlan, options: PingOneVerifyOptions): Promise<Report> {
  const { target, user, subjectToken, approver, clock = machineClock() } = options;
  const world = { plan, service: new TokenService(plan.issuer), user, clock, approver, subjectToken };
  const rows: Row[] = [];
  for (const agent of plan.agents) {
    for (const one of await casesOf(world, agent)) rows.push(await runCase(agent, one));
  }
  const { origin, pathname } = new URL(plan.issuer);
  return {
    tenant: origin,
    place: `environment ${pathname.split("/")[1] ?? ""}`,
    target,
    findings: [],
    rows,
    notes: [],
  };
}

type Judged = Pick<Row, "expected" | "got" | "verdict" | "cause" | "claims" | "description">;

async function runCase({ client }: PingOneAgent, one: PingOneCase): Promise<Row> {
  const { id, title, flow, evidence } = one;
  const at = new Date().toISOString();
  const judged = await ("positive" in one ? prove(one) : provoke(one)).catch((error: unknown): Judged => {
    if (!(error instanceof Unprovable)) throw error;
    return { expected: "as declared", got: "not run", verdict: "inconclusive", cause: error.message };
  });
  return { agent: client.key, flow, case: id, title, evidence, core: false, at, ...judged };
}

async function prove({ positive, expected }: Extract<PingOneCase, { positive: unknown }>): Promise<Judged> {
  const answer = await positive();
  const { problems, claims } = judgeToken(answer, expected);
  const found = { expected: "token as declared", got: shown(answer), ...(claims && { claims }) };
  return problems.length ? { ...found, verdict: "fail", cause: problems.join("; ") } : { ...found, verdict: "pass" };
}

async function provoke({ twin, provoke: act, errors }: Extract<PingOneCase, { twin: unknown }>): Promise<Judged> {
  const expected = errors === "no act" ? "refused, or no act" : `refused, ${errors.join(" or ")}`;
  const granted = await twin();
  if (!succeeded(granted)) {
    const cause = `without the provocation: ${shown(granted)}`;
    return { expected, got: "not run", verdict: "inconclusive", cause };
  }
  const answer = await act();
  const found = { expected, got: brief(answer), description: answer.description };
  const problem = problemOf(answer, errors);
  return problem ? { ...found, verdict: "fail", cause: problem } : { ...found, verdict: "pass" };
}

function problemOf(answer: Observation, errors: readonly string[] | "no act"): string | undefined {
  const isDelegation = isObject(claimsOf(tokenOf(answer))?.act);
  if (errors === "no act") return isDelegation ? "the token names an actor" : undefined;
  if (tokenOf(answer)) return "issued";
  return errors.includes(answer.error ?? "") ? undefined : `error ${answer.error ?? "(none)"}`;
}

export { Unprovable } from "../errors.ts";
export type { PingOneAgent, PingOnePlan, PingOneUser } from "./plan.ts";
