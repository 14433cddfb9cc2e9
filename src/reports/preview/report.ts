/** What the report of a pull request or of a deployment says of an environment, before it has a format. Pure. */

import { type AcceptedFinding, type Finding, inOrder } from "../../access/findings.ts";
import { RULES, SEVERITIES } from "../../fields/access-policy.ts";
import type { Comparison } from "../access/report.ts";
import { changing, type Message, type Operation, type Plan, type Step } from "../plan/plan.ts";

/** A step, and the keys that lead to what it was declared as: `agents`, `bot`, `access`, `shop`. */
export type DeclaredStep = Step & { readonly entry?: readonly string[] | undefined };

/** A plan whose resources are known in the declaration. */
export type DeclaredPlan = Omit<Plan, "steps" | "drift"> & {
  readonly steps: readonly DeclaredStep[];
  readonly drift: readonly DeclaredStep[];
};

export type Preview = {
  readonly environment: string;
  /** Of what would happen, or of what has happened. */
  readonly is: "preview" | "result";
  /** Which tenant was looked at, a line each. */
  readonly tenant: readonly string[];
  /** When the state was last written; undefined for one that is empty or was not read. */
  readonly state: { readonly written: Date | undefined } | undefined;
  /** The change against a revision; undefined where none is compared, or one of both cannot be read. */
  readonly access: Comparison | undefined;
  /** What is to be looked at: with a base only what the change brings, and assertions that do not hold. */
  readonly findings: readonly Finding[];
  /** What was there before the change. */
  readonly known: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** Undefined where the engine was not asked. */
  readonly plan: DeclaredPlan | undefined;
  /** What went wrong beside what the plan says. */
  readonly failures: readonly string[];
  /** What was not looked at, and why. */
  readonly unchecked: readonly string[];
  /** Why nobody may go on although nothing went wrong. */
  readonly stopped: readonly string[];
  /** Of what is reviewed; undefined where the plan is not whole. */
  readonly fingerprint: string | undefined;
};

/** Whether the report is of something that went wrong, or was not looked at to the end. */
export const isFailed = ({ failures, plan }: Preview): boolean => failures.length > 0 || plan?.isWhole === false;

/** How a run tells a finding: `medium no-owner: …`. Those have a section of their own. */
const NAMES = [...Object.keys(RULES), "allow", "never", "critical"];
const FINDING = new RegExp(`^(?:${SEVERITIES.join("|")}) (?:${NAMES.join("|")}): `);

/** Errors and warnings once each, with the resources that they are about; findings are none of them. */
export function messagesOf(
  plan: DeclaredPlan | undefined,
  severity: Message["severity"],
): { readonly text: string; readonly about: readonly string[] }[] {
  const messages = (plan?.messages ?? []).filter((one) => one.severity === severity && !FINDING.test(one.text));
  return [...Map.groupBy(messages, ({ text }) => text)].map(([text, same]) => ({
    text,
    about: [...new Set(same.flatMap(({ resource }) => (resource ? [`${resource.kind} ${resource.name}`] : [])))],
  }));
}

/** The riskiest operation first, as a reader needs it. */
export const BY_RISK: readonly Operation[] = ["delete", "replace", "update", "create", "import", "forget", "same"];

/** Steps that change something on the tenant, the riskiest first; what binds the stack to it is no object there. */
export const writing = (steps: readonly DeclaredStep[]): readonly DeclaredStep[] =>
  changing(steps)
    .filter((step) => !step.kind.endsWith(":StackBinding") && !isAsserted(step))
    .toSorted((a, b) => BY_RISK.indexOf(a.operation) - BY_RISK.indexOf(b.operation) || inOrderOfNames(a, b));

const inOrderOfNames = (a: DeclaredStep, b: DeclaredStep) => {
  const [one, other] = [a, b].map((step) => `${calledIn(step)} ${step.urn}`) as [string, string];
  return one < other ? -1 : 1;
};

/**
 * Static configuration of another tier than development is compared with the tenant, and not written (decision 0006): its
 * resources say their tier.
 */
export const isAsserted = ({ before, after }: Step): boolean => {
  const { tier } = after ?? before ?? {};
  return typeof tier === "string" && tier !== "development";
};

/** Steps that take something away. */
export const deletions = (steps: readonly DeclaredStep[]): readonly DeclaredStep[] =>
  writing(steps).filter(({ operation }) => operation === "delete" || operation === "replace");

const SINGULARS: Readonly<Record<string, string>> = {
  ...{ agents: "agent", applications: "application", resources: "resource", users: "user", groups: "group" },
  ...{ journeys: "journey", esvSecrets: "esvSecret", esvVariables: "esvVariable" },
};

/** What a step is called where somebody answers for it: `agent/bot`, `agent/bot/access/shop`, `aic:Script x`. */
export function calledIn({ entry, kind, name }: DeclaredStep): string {
  const [section, ...rest] = entry ?? [];
  return section === undefined ? `${kind} ${name}` : [SINGULARS[section] ?? section, ...rest].join("/");
}

/** The verdicts of a change in the order of their risk. */
export const RISKS = ["failed", "stopped", "more", "deletes", "incomparable", "less", "changes", "nothing"] as const;
export type Risk = (typeof RISKS)[number];

/** The worst that there is to say. */
export function riskOf(preview: Preview): Risk {
  const { access, plan, stopped } = preview;
  const has = (verdict: string) => access?.changes.some((change) => change.verdict === verdict) ?? false;
  if (isFailed(preview)) return "failed";
  if (stopped.length > 0) return "stopped";
  if (has("more")) return "more";
  if (plan && deletions(plan.steps).length > 0) return "deletes";
  if (has("incomparable")) return "incomparable";
  if (has("less")) return "less";
  return plan && writing(plan.steps).length > 0 ? "changes" : "nothing";
}

/** The riskiest first. */
export const byRisk = (previews: readonly Preview[]): Preview[] =>
  previews.toSorted((a, b) => RISKS.indexOf(riskOf(a)) - RISKS.indexOf(riskOf(b)));

/** Labels of a pull request, by what its report says; sorted, each once. */
export function labelsOf(previews: readonly Preview[]): string[] {
  const labels = previews.flatMap((preview) => {
    const { access, plan, stopped, findings } = preview;
    const verdicts = (access?.changes ?? []).map(({ verdict }) => VERDICT_LABELS[verdict]);
    const [worst] = inOrder(findings);
    return [
      ...(isFailed(preview) ? ["failed"] : []),
      ...(stopped.length > 0 ? ["stopped"] : []),
      ...verdicts.filter((label) => label !== undefined),
      ...(plan && deletions(plan.steps).length > 0 ? ["deletions"] : []),
      ...(plan && writing(plan.drift).length > 0 ? ["drift"] : []),
      ...(worst && worst.severity !== "info" ? [`findings-${worst.severity}`] : []),
      ...(riskOf(preview) === "nothing" ? ["no-change"] : []),
    ];
  });
  return [...new Set(labels.map((label) => `ping-agents/${label}`))].toSorted();
}

const VERDICT_LABELS: Readonly<Record<string, string | undefined>> = {
  ...{ more: "more-access", less: "less-access", incomparable: "other-access" },
};
