/** Plans of the engine as it printed them, without what no reader looks at. */

import { readFileSync } from "node:fs";
import { planOf } from "../../../src/cli/plan/events.ts";
import type { Plan } from "../../../src/reports/plan/plan.ts";

/** The text of a recording. */
export const recorded = (name: string): string =>
  readFileSync(new URL(`recorded/${name}.jsonl`, import.meta.url), "utf8");

export function recordedPlan(name: string): Plan {
  const plan = planOf(recorded(name));
  if (!plan) throw new Error(`${name}.jsonl has no event`);
  return plan;
}
