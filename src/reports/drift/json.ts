/** A report about drift for programs, and its schema. Pure. */

import { z } from "zod";
import { classes, type Finding } from "../../drift/finding.ts";
import { WHOSE, type Whose } from "../../drift/inventory.ts";
import { masked, withoutSecrets } from "../plan/masking.ts";
import { OPERATIONS } from "../plan/plan.ts";
import { coverageOf, type DriftReport, type Outcome } from "./report.ts";
import { changesIn } from "./words.ts";

const resource = {
  type: z.string().describe("Kind of the resource, e.g. aic:AiAgent"),
  name: z.string().describe("Its logical name in the program"),
};
const count = (description: string) => z.int().min(0).describe(description);

/** A difference. */
const difference = z.strictObject({
  class: z.enum(classes),
  ...resource,
  path: z.array(z.string()).describe("Path of the field in the resource; empty for the object as a whole"),
  entry: z.string().describe("Where that is in the declaration"),
  means: z.string(),
  access: z.string().describe("What `allow` calls it"),
  isUndeclared: z.boolean().optional().describe("true: access that nobody declared; `allow` of its own entry names it"),
  isMissing: z.boolean().optional().describe("true: the object as a whole is gone"),
  lastChange: z
    .strictObject({ at: z.string().describe("ISO 8601"), by: z.string().optional() })
    .optional()
    .describe("Of the object as a whole; absent where the tenant does not say"),
  was: z.json().optional().describe("As the stack left it; absent for lists and secrets"),
  is: z.json().optional().describe("As the tenant has it"),
  added: z.array(z.json()).optional().describe("What came to a list"),
  removed: z.array(z.json()).optional().describe("What went from it"),
});

/** What `--format json` prints. */
export const driftSchema = z
  .strictObject({
    environment: z.string(),
    outcome: z
      .enum(["in-sync", "differs", "unknown"])
      .describe(
        "differs: something at or above --fail-on was found; unknown: it was not, and something could not be read",
      ),
    coverage: z.strictObject({
      managed: count("Resources of the stack that were read"),
      missing: count("Of those, what the tenant has no more"),
      undeclared: count("Agents, and what acts as one, that are nobody's").optional(),
      unreadable: count("Resources of which nothing is known"),
    }),
    findings: z.array(difference).describe("The worst first"),
    allowed: z
      .array(
        difference.extend({
          allowed: z.strictObject({
            access: z.string(),
            reason: z.string(),
            owner: z.string(),
            expires: z.string().optional(),
          }),
        }),
      )
      .describe("Differences that somebody answers for"),
    unreadable: z.array(z.strictObject({ ...resource, code: z.string(), reason: z.string() })),
    strangers: z
      .array(
        z.strictObject({
          is: z.enum(["agent", "application", "privilege"]),
          id: z.string().describe("Client id on AIC, application id on PingOne; of a privilege its own id"),
          name: z.string(),
          whose: z.enum(Object.keys(WHOSE) as [Whose, ...Whose[]]),
          stack: z.string().optional().describe("The stack that made it, project/stack"),
          can: z.array(z.string()),
        }),
      )
      .optional()
      .describe("What acts on the tenant and is not the stack's; absent where nobody could look"),
    pending: z
      .array(
        z.strictObject({
          operation: z.enum(OPERATIONS),
          entry: z.string().describe("Where it is in the declaration, or its kind and name"),
        }),
      )
      .optional()
      .describe("What is declared and not brought up yet, which is no drift; absent where nobody looked"),
    unchecked: z.string().optional().describe("Why `pending` is not known; absent where it was not asked for"),
  })
  .meta({ title: "What ping-agents drift --format json prints" });
export type DriftJson = z.infer<typeof driftSchema>;

/** The report as `JSON.stringify` shows it. Names are as they are. */
export function jsonOf(report: DriftReport, outcome: Outcome): DriftJson {
  const { title, findings, allowed, unreadable, strangers, declared } = report;
  return {
    ...{ environment: title, outcome, coverage: coverageOf(report) },
    findings: findings.map(findingJson),
    allowed: allowed.map(({ allowed: entry, ...finding }) => ({ ...findingJson(finding), allowed: { ...entry } })),
    unreadable: [...unreadable],
    ...(strangers && { strangers: strangers.map((one) => ({ ...one, can: [...one.can] })) }),
    ...declaredJson(declared),
  };
}

function declaredJson(declared: DriftReport["declared"]): Pick<DriftJson, "pending" | "unchecked"> {
  if (!declared) return {};
  return "unchecked" in declared
    ? { unchecked: withoutSecrets(declared.unchecked) }
    : { pending: [...declared.pending] };
}

function findingJson({ values, at: _at, field: _field, ...finding }: Finding): DriftJson["findings"][number] {
  const [name = ""] = finding.path.slice(-1);
  const shown = (value: unknown) => masked(value ?? null, name) as z.core.util.JSONType;
  const [change] = changesIn({ path: finding.path, values });
  const lists = change?.is === "list" && { added: change.added.map(shown), removed: change.removed.map(shown) };
  const told = values && (lists || { was: shown(values.was), is: shown(values.is) });
  return { ...finding, path: [...finding.path], means: withoutSecrets(finding.means), ...told };
}
