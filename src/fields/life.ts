/** The life of an agent in the words of declarations and resources: who answers for it, until when, and how it ends. Pure. */

import { z } from "zod";
import { name } from "./text.ts";

/** Who answers for an agent: a person or a team. */
export const sponsor = name;

/**
 * What becomes of an agent whose entry goes, or whose stack is destroyed. `delete`: it goes with all that hangs on it. `disable`: it
 * stays, switched off and without what it could reach. `retain`: it stays as it is, and the stack lets it go.
 */
export const onRemove = z.enum(["delete", "disable", "retain"]);
export type OnRemove = z.infer<typeof onRemove>;

/** Days before the end of an agent from which it is worth a word. */
const NOTICE = 30;
const MS_OF_DAY = 86_400_000;

/** Where an agent is in its life: `ending` within 30 days of its last day, `expired` after it. */
export type Stage = { readonly is: "lasting" } | { readonly is: "ending" | "expired"; readonly days: number };

/**
 * Where an agent is in its life.
 *
 * @param expires its last day, `YYYY-MM-DD` in UTC
 * @param today the same
 * @returns with the days that are left, or that have gone by since
 */
export function stageOf(expires: string | undefined, today: string): Stage {
  if (expires === undefined) return { is: "lasting" };
  const days = Math.round((Date.parse(expires) - Date.parse(today)) / MS_OF_DAY);
  if (days < 0) return { is: "expired", days: -days };
  return days <= NOTICE ? { is: "ending", days } : { is: "lasting" };
}
