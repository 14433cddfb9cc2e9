/** A report about drift for programs, and its schema. Pure. */

import { z } from "zod";
import { classes } from "../../drift/finding.ts";
import { coverageOf, type DriftReport, type Outcome } from "./report.ts";

const resource = {
  type: z.string().describe("Kind of the resource, e.g. aic:AiAgent"),
  name: z.string().describe("Its logical name in the program"),
};
const count = (description: string) => z.int().min(0).describe(description);

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
      unreadable: count("Resources of which nothing is known"),
    }),
    findings: z
      .array(
        z.strictObject({
          class: z.enum(classes),
          ...resource,
          path: z.array(z.string()).describe("Path of the field in the resource; empty for the object as a whole"),
          entry: z.string().describe("Where that is in the declaration"),
          means: z.string(),
          access: z.string().optional().describe("What `allow` calls it, where it is access that nobody declared"),
          change: z
            .union([
              z.strictObject({
                was: z.json().describe("As the stack left it"),
                is: z.json().describe("As the tenant has it"),
              }),
              z.strictObject({ added: z.array(z.json()), removed: z.array(z.json()) }),
            ])
            .optional()
            .describe("Absent for secrets"),
        }),
      )
      .describe("The worst first"),
    unreadable: z.array(z.strictObject({ ...resource, code: z.string(), reason: z.string() })),
  })
  .meta({ title: "What ping-agents drift --format json prints" });
export type DriftJson = z.infer<typeof driftSchema>;

/** The report as `JSON.stringify` shows it. Names are as they are. */
export function jsonOf(report: DriftReport, outcome: Outcome): DriftJson {
  const { title, findings, unreadable } = report;
  const found = findings.map(({ below: _below, change, ...finding }) => ({
    ...finding,
    path: [...finding.path],
    ...(change && { change: "added" in change ? change : { was: change.was ?? null, is: change.is ?? null } }),
  }));
  return {
    ...{ environment: title, outcome, coverage: coverageOf(report) },
    findings: found as DriftJson["findings"],
    unreadable: unreadable.map(({ below: _below, ...one }) => one),
  };
}
