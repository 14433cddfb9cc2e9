/** What a report of a change says in a line: verdicts, counts, ages. Pure. */

import { inOrder } from "../../access/findings.ts";
import { counted } from "../../access/sentence.ts";
import { verdictsOf } from "../access/words.ts";
import { countsOf, type Operation, type Step } from "../plan/plan.ts";
import { timeText } from "../time.ts";
import { BY_RISK, type DeclaredStep, isFailed, type Preview, type Risk, writing } from "./report.ts";

const WORDS: Readonly<Record<Operation, readonly [planned: string, done: string]>> = {
  delete: ["to delete", "deleted"],
  replace: ["to replace", "replaced"],
  update: ["to update", "updated"],
  create: ["to create", "created"],
  import: ["to take over", "taken over"],
  forget: ["to forget", "forgotten"],
  same: ["unchanged", "unchanged"],
};

/** `2 to delete, 4 to update, 15 unchanged`; of a run what was done of it, and what failed. */
function countsText(steps: readonly DeclaredStep[], is: Preview["is"]): string {
  const shown = [...writing(steps), ...steps.filter(({ operation }) => operation === "same")];
  const done = is === "preview" ? shown : shown.filter(isDone);
  const counts = countsOf(done);
  const said = BY_RISK.flatMap((operation) => {
    const count = counts.get(operation);
    return count === undefined ? [] : [`${count} ${WORDS[operation][is === "preview" ? 0 : 1]}`];
  });
  const failed = shown.filter(({ outcome }) => outcome === "failed").length;
  const left = shown.length - done.length - failed;
  return [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(left > 0 ? [`${left} not reached`] : []),
    ...(said.length > 0 ? said : ["no resources"]),
  ].join(", ");
}

/** In a run what is the same is not done. */
const isDone = ({ outcome, operation }: Step) => outcome === "done" || operation === "same";

/** The operation before a resource: `update`, of a run that did not get to its end `update, failed`. */
export const operationText = ({ operation, outcome }: Step, is: Preview["is"]): string =>
  is === "preview" || outcome === "done"
    ? operation
    : `${operation}, ${outcome === "failed" ? "failed" : "not reached"}`;

/** The line under the name of an environment: access, plan, findings. */
export function verdictText(preview: Preview): string {
  const { access, plan, findings, known, is } = preview;
  return [
    ...(isFailed(preview) ? [FAILED[is]] : []),
    ...(preview.stopped.length > 0 ? ["stopped"] : []),
    ...(access ? [`access: ${verdictsOf(access)}`] : []),
    ...(plan ? [`resources: ${countsText(plan.steps, is)}`] : []),
    ...(findings.length > 0 ? [findingsText(preview)] : []),
    ...(known.length > 0 ? [`${counted(known.length, "finding", "findings")} as before`] : []),
  ].join("; ");
}

const FAILED = { preview: "the preview failed, what follows is a part", result: "the run failed" } as const;

/** `2 new findings, the worst high`. */
function findingsText({ findings, access }: Preview): string {
  const [worst] = inOrder(findings);
  const [one, many] = access ? ["new finding", "new findings"] : ["finding", "findings"];
  return `${counted(findings.length, one, many)}, the worst ${worst?.severity}`;
}

/** What the whole report is headed. */
export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  failed: "failed",
  stopped: "stopped",
  more: "more access",
  deletes: "deletions",
  incomparable: "other access",
  less: "less access",
  changes: "changes without a change of access",
  nothing: "nothing changes",
};

/** `2026-11-27 05:03 UTC, 2 hours old`. */
export function stateText({ written }: NonNullable<Preview["state"]>, now: Date): string {
  if (!written) return "nothing yet";
  return `${timeText(written)}, ${ageText(now.getTime() - written.getTime())} old`;
}

const UNITS = [
  [86_400_000, "day", "days"],
  [3_600_000, "hour", "hours"],
  [60_000, "minute", "minutes"],
] as const;

/** @param age milliseconds */
function ageText(age: number): string {
  const [length, one, many] = UNITS.find(([length]) => age >= length) ?? UNITS[2];
  return counted(Math.max(0, Math.floor(age / length)), one, many);
}
