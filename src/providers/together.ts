/** Several look-ups of one operation, whose mistakes are told together. */

import { PingAgentsError } from "../errors.ts";
import type { Place } from "./place.ts";

/**
 * The results of look-ups, all of which are waited for.
 *
 * @throws what the one that failed has thrown; an AggregateError where several did
 */
export async function together<const Lookups extends readonly unknown[]>(
  lookups: Lookups,
): Promise<{ -readonly [Index in keyof Lookups]: Awaited<Lookups[Index]> }> {
  const settled = await Promise.allSettled(lookups);
  const errors = settled.flatMap((one) => (one.status === "rejected" ? mistakesIn(one.reason) : []));
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, textOf(errors));
  return Promise.all(lookups) as Promise<never>;
}

/** What was thrown, one by one. */
export const mistakesIn = (error: unknown): unknown[] => (error instanceof AggregateError ? error.errors : [error]);

/** What was thrown as an object of its own: others who waited for the same call have met the same one. */
export function ownMistake(error: unknown): Error {
  if (error instanceof AggregateError) return new AggregateError(error.errors.map(ownMistake), error.message);
  if (error instanceof PingAgentsError) return error.copy();
  return error instanceof Error ? error : new Error(String(error));
}

/** Says of each mistake in what was thrown where it is in the declaration. */
export function locate(error: unknown, place: Place): void {
  for (const one of mistakesIn(error)) if (one instanceof PingAgentsError) one.locate(place);
  if (error instanceof AggregateError) error.message = textOf(error.errors);
}

const textOf = (errors: readonly unknown[]) =>
  errors.map((one) => (one instanceof Error ? one.message : String(one))).join("\n");
