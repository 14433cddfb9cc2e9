/** What `ping-agents preview` looks at of one environment: its declaration, the revision before, the state, the tenant, the plan. */

import type { Access } from "../../access/access.ts";
import { type Finding, newFindings } from "../../access/findings.ts";
import { PingAgentsError } from "../../errors.ts";
import type { Severity } from "../../fields/access-policy.ts";
import { declaredAccess, declaredEntry } from "../../platforms.ts";
import { comparisonOf } from "../../reports/access/report.ts";
import type { Plan } from "../../reports/plan/plan.ts";
import { fingerprintOf } from "../../reports/preview/fingerprint.ts";
import type { DeclaredPlan, Preview } from "../../reports/preview/report.ts";
import { namedTenant, settingVariables } from "../../tenants.ts";
import { changeFindings, declaredFindings, failing, NOTHING, subjectAt } from "../access/findings.ts";
import { counted, introduced, stackOf } from "../access/tenant.ts";
import { readPlan } from "../plan/read.ts";
import { type CheckedDeclaration, declarationOf } from "../stacks.ts";
import { type Guards, refusalsOf } from "./guards.ts";

export type Look = Guards & {
  readonly base?: string | undefined;
  /** Asks no tenant. */
  readonly isOffline: boolean;
  readonly approvedBy: readonly string[];
  /** @default findings that are no assertions stop nothing */
  readonly failOn?: Severity | undefined;
  /** What a run of `up` printed: it is shown, and nothing is asked. @default the engine is asked for a plan */
  readonly result?: Plan | undefined;
};

type Of = CheckedDeclaration & { readonly name: string };

/** Looks at an environment. What cannot be looked at is in the report. */
export async function previewOf(name: string, look: Look): Promise<Preview> {
  const { result } = look;
  const empty: Preview = {
    ...{ environment: name, is: result ? "result" : "preview", tenant: [], state: undefined, access: undefined },
    ...{ findings: [], known: [], accepted: [], plan: result && declared(result), failures: [], unchecked: [] },
    ...{ stopped: [], fingerprint: undefined },
  };
  const parsed = await attempt(() => ({ ...declarationOf(name), name }));
  if ("failure" in parsed) return { ...empty, failures: [parsed.failure] };
  const of = parsed.value;
  const change = await attempt(() => changeIn(of, look));
  const planned = result ? { plan: empty.plan } : await attemptPlan(of, look);
  const { plan, ...facts } = planned;
  const rows = declaredAccess(of.declaration, of.placeOf).rows;
  const fingerprint = !result && plan?.isWhole ? fingerprintOf(name, plan, rows) : undefined;
  const { findings = [] } = "value" in change ? change.value : {};
  const failures = [...("failure" in change ? [change.failure] : []), ...("failures" in facts ? facts.failures : [])];
  return {
    ...empty,
    ...("value" in change && change.value),
    ...facts,
    ...{ plan, failures, fingerprint },
    stopped: result ? [] : [...refusalsOf(plan, fingerprint, look), ...heldBy(findings, look)],
  };
}

/** Why findings stop it; they have a section of their own. */
function heldBy(findings: readonly Finding[], { failOn }: Look): string[] {
  const rules = new Set(failing(findings, failOn).map(({ rule, about }) => `${rule} of ${about.name}`));
  return rules.size > 0 ? [`what is found: ${[...rules].join(", ")}`] : [];
}

/** What the change does to access, and what is found in it. */
async function changeIn(of: Of, { base, isOffline, approvedBy, result }: Look) {
  const count = (access: Access) => (isOffline || result ? Promise.resolve(access) : counted(access, of, []));
  const now = { of, access: await count(declaredAccess(of.declaration, of.placeOf)) };
  const all = declaredFindings(now);
  if (base === undefined) return { findings: all.open, accepted: all.accepted };
  const before = await subjectAt(base, of, count);
  const { open, accepted } = changeFindings(now, before, approvedBy);
  const access = comparisonOf([before?.access ?? NOTHING, now.access], { title: of.name, of: "change", base });
  return { access, findings: open, known: newFindings(all.open, open), accepted };
}

type Facts = Pick<Preview, "tenant" | "state" | "unchecked" | "plan" | "failures">;

/** The plan, and on which tenant and state it stands. */
async function attemptPlan(of: Of, { isOffline }: Look): Promise<Facts> {
  if (isOffline) return offlinePlan(of);
  const stack = await attempt(() => introduced(of));
  const nothing: Facts = { tenant: [], state: undefined, unchecked: [], plan: undefined, failures: [] };
  if ("failure" in stack) return { ...nothing, failures: [stack.failure] };
  const { said, state, lines } = stack.value;
  const { variables, missing } = namedTenant(of.declaration.platform, said);
  const facts = { ...nothing, tenant: lines, state };
  if (missing)
    return { ...facts, failures: [`${missing.message}\n  Or: --offline, which says what it could not check`] };
  const env = { ...said.env, ...variables };
  // A fresh read: what somebody changed on the tenant is put back by the up, and is part of what is reviewed.
  const plan = await attempt(() => readPlan("declaration", { stack: of.name, env, args: ["--refresh"] }));
  return "failure" in plan ? { ...facts, failures: [plan.failure] } : { ...facts, plan: declared(plan.value) };
}

/** Without an account; where the state cannot be read, either, there is no plan, and that is no failure. */
async function offlinePlan(of: Of): Promise<Facts> {
  const unchecked = ["the tenant: objects in the way, names on it, what somebody changed there by hand"];
  const stack = await attempt(() => stackOf(of));
  const nothing: Facts = { tenant: [], state: undefined, unchecked, plan: undefined, failures: [] };
  const noPlan = (reason: string) => ({ ...nothing, unchecked: [...unchecked, `the plan: ${reason.split("\n")[0]}`] });
  if ("failure" in stack) return noPlan(stack.failure);
  const { said, state } = stack.value;
  const { origin = "not named", parts, variables } = namedTenant(of.declaration.platform, said);
  const env = Object.fromEntries(Object.entries({ ...said.env, ...variables }).filter(([key]) => !isAccount(key)));
  const plan = await attempt(() => readPlan("declaration", { stack: of.name, env }));
  if ("failure" in plan) return noPlan(plan.failure);
  const wasRun = plan.value.steps.length > 0 || plan.value.isWhole;
  if (!wasRun) return noPlan(plan.value.messages[0]?.text ?? "the engine says nothing");
  const tenant = [[`tenant ${origin}`, ...parts, "not read"].join(", ")];
  return { ...nothing, tenant, state, plan: declared(plan.value) };
}

/** A variable by which the kit finds a tenant or signs in. */
const isAccount = (variable: string) => settingVariables.includes(variable);

/** The plan with the entries of the declaration. */
export function declared(plan: Plan): DeclaredPlan {
  const located = (steps: Plan["steps"]) => steps.map((step) => ({ ...step, entry: declaredEntry(step) }));
  return { ...plan, steps: located(plan.steps), drift: located(plan.drift) };
}

/** What a look at something gives, or what it says of an expected mistake. */
async function attempt<T>(look: () => T | Promise<T>): Promise<{ value: T } | { failure: string }> {
  try {
    return { value: await look() };
  } catch (error) {
    if (error instanceof PingAgentsError) return { failure: error.message };
    throw error;
  }
}
