/** What a stack knows, and whose the rest is. */

import type { Stranger, Whose } from "../drift/inventory.ts";
import type { Mark } from "./owner.ts";

/** Ids of what a state has. */
export type Known = ReadonlySet<unknown>;

/** Whose something is by its mark. @param otherwise of what has none */
export function whoseIs(mark: Mark, otherwise: Whose): Pick<Stranger, "whose" | "stack"> {
  if (mark.whose === "nobody") return { whose: otherwise };
  return { whose: "of-stack", ...(mark.whose === "stack" && { stack: mark.name }) };
}

/** A list of texts; what a tenant has may be of another form than what is declared. */
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
