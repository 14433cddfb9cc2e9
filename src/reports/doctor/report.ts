/** What a report about a set-up is made of, and what programs get of it. Pure. */

import { z } from "zod";

const row = z.strictObject({
  check: z.string().describe("What was looked at: stable, e.g. `credentials`"),
  title: z.string(),
  status: z
    .enum(["ok", "failed", "open"])
    .describe("open: nobody can tell yet, because another check comes first or no call of the tenant says it"),
  found: z.string(),
  next: z.string().optional().describe("What to do; absent where there is nothing to do"),
  code: z.string().optional().describe("Code of the error that was met, see docs/errors.md"),
});

/** What `--format json` prints. */
export const doctorSchema = z.strictObject({
  environment: z.string(),
  outcome: z.enum(["sound", "failed"]).describe("failed: a check has failed"),
  checks: z.array(row).describe("In the order in which they were made"),
});

/** A check, and what came of it. */
export type Row = z.infer<typeof row>;
export type DoctorReport = z.infer<typeof doctorSchema>;

/** The report of an environment. */
export const reportOf = (environment: string, checks: Row[]): DoctorReport => ({
  environment,
  outcome: checks.some(({ status }) => status === "failed") ? "failed" : "sound",
  checks,
});
