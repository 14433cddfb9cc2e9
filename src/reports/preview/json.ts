/** The report of a change for programs. Secrets and personal data are left out as in the others. Pure. */

import { jsonOf } from "../access/json.ts";
import { changesOf } from "../plan/changes.ts";
import { withoutSecrets } from "../plan/masking.ts";
import { changeText } from "../plan/words.ts";
import {
  byRisk,
  calledIn,
  type DeclaredStep,
  deletions,
  isAsserted,
  labelsOf,
  messagesOf,
  type Preview,
  riskOf,
  writing,
} from "./report.ts";

export function jsonReport(previews: readonly Preview[]): string {
  const environments = byRisk(previews).map(environmentOf);
  const fingerprints = previews.map(({ environment, fingerprint = null }) => [environment, fingerprint] as const);
  const report = { labels: labelsOf(previews), fingerprints: Object.fromEntries(fingerprints), environments };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function environmentOf(preview: Preview): object {
  const { environment, is, tenant, state, access, plan, failures, unchecked, stopped, fingerprint = null } = preview;
  const steps = plan?.steps ?? [];
  const told = (severity: "error" | "warning") =>
    messagesOf(plan, severity).map(({ text, about }) => ({ text: withoutSecrets(text), about }));
  return {
    ...{ environment, is, risk: riskOf(preview), fingerprint, tenant },
    stateWritten: state?.written?.toISOString() ?? null,
    access: access ? jsonOf(access) : null,
    findings: preview.findings,
    knownFindings: preview.known,
    acceptedFindings: preview.accepted,
    deletions: [...new Set(deletions(steps).map(calledIn))],
    plan: plan && {
      isWhole: plan.isWhole,
      steps: writing(steps).map(stepOf),
      asserted: steps.filter(isAsserted).map(calledIn),
      drift: writing(plan.drift).map(stepOf),
    },
    errors: [...failures.map((text) => ({ text: withoutSecrets(text), about: [] })), ...told("error")],
    warnings: told("warning"),
    ...{ unchecked, stopped },
  };
}

const stepOf = (step: DeclaredStep) => ({
  ...{ operation: step.operation, outcome: step.outcome, kind: step.kind, name: step.name, called: calledIn(step) },
  changes: changesOf(step).map((change) => ({
    path: change.path,
    is: change.is,
    text: changeText(change, (value) => value),
  })),
});
