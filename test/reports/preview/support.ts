/** Reports of prepared changes, put together as the command does: from a declaration before and after, and a plan. */

import { newFindings } from "../../../src/access/findings.ts";
import { changeFindings, declaredFindings } from "../../../src/cli/access/findings.ts";
import { declared } from "../../../src/cli/preview/environment.ts";
import { parseDeclaration } from "../../../src/declaration/load.ts";
import { checkDeclaration, declaredAccess } from "../../../src/platforms.ts";
import { comparisonOf } from "../../../src/reports/access/report.ts";
import type { Plan, Step } from "../../../src/reports/plan/plan.ts";
import { fingerprintOf } from "../../../src/reports/preview/fingerprint.ts";
import type { Preview } from "../../../src/reports/preview/report.ts";

/** When the reports are made. */
const NOW = new Date("2026-11-27T12:00:00Z");
export const FRAME = { project: "ping-agents", now: NOW };

const subject = (text: string, file: string) => {
  const parsed = parseDeclaration(text, file);
  const of = { ...parsed, declaration: checkDeclaration(parsed) };
  return { of, access: declaredAccess(of.declaration, of.placeOf) };
};

/** A report of nothing at all. */
export const EMPTY: Preview = {
  ...{ environment: "dev", is: "preview", tenant: [], state: undefined, access: undefined, plan: undefined },
  ...{ findings: [], known: [], accepted: [], failures: [], unchecked: [], stopped: [], fingerprint: undefined },
};

/** The report of a change. */
export function previewFrom(
  environment: string,
  { before, after, plan }: { readonly before: string; readonly after: string; readonly plan: Plan },
  more: Partial<Preview> = {},
): Preview {
  const [old, now] = [before, after].map((text) => subject(text, `stacks/${environment}.yaml`)) as [
    ReturnType<typeof subject>,
    ReturnType<typeof subject>,
  ];
  const { open, accepted } = changeFindings(now, old, []);
  const known = plan && declared(plan);
  return {
    ...EMPTY,
    environment,
    tenant: [`Stack ${environment}, tenant https://tenant.example.com`],
    state: { written: new Date("2026-11-27T09:30:00Z") },
    access: comparisonOf([old.access, now.access], { title: environment, of: "change", base: "main" }),
    ...{ findings: open, accepted, known: newFindings(declaredFindings(now).open, open), plan: known },
    fingerprint: known.isWhole ? fingerprintOf(environment, known, now.access.rows) : undefined,
    ...more,
  };
}

/** A step of a resource that is the kit's. */
export const step = (kind: string, name: string, more: Partial<Step> = {}): Step => ({
  urn: `urn:pulumi:dev::ping-agents::${more.parent ?? ""}pulumi-nodejs:dynamic/${kind}::${name}`,
  ...{ kind, name, operation: "update", before: {}, after: {}, differs: [], replacedFor: [], outcome: "planned" },
  ...more,
});

/** A plan that was made to its end. */
export const planWith = (steps: readonly Step[], more: Partial<Plan> = {}): Plan => ({
  ...{ steps, drift: [], messages: [], isPreview: true, isWhole: true },
  ...more,
});
