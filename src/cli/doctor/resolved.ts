/** How a doctor looks up the names that the tenant must have. */

import { fieldOf } from "../../declaration/load.ts";
import type { Reference } from "../../declaration/rules/references.ts";
import type { Where } from "../../errors.ts";
import { locate, together } from "../../providers/together.ts";
import type { Declared } from "./declaration.ts";

/**
 * Looks all of them up.
 *
 * @returns what was found, in words
 * @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS, AdminApiError; several of them as an AggregateError
 */
export async function resolved(
  { placeOf }: Declared,
  references: readonly Reference[],
  lookUp: (reference: Reference, where: Where) => Promise<unknown> | undefined,
): Promise<string> {
  await together(
    references.map(async (reference) => {
      const { path, name } = reference;
      // What is checked may stand in another order than what is written: an entry of a list is found by its text.
      const written = typeof path.at(-1) === "number" ? [...path.slice(0, -1), name] : path;
      try {
        await lookUp(reference, {});
      } catch (error) {
        locate(error, { ...placeOf(written), entry: fieldOf(path) });
        throw error;
      }
    }),
  );
  if (references.length === 0) return "every name is declared in the file itself";
  return `${references.length} names of the tenant mean one object each`;
}
