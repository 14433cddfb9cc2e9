/** Names and sets of names, of which most fields are made. */

import { z } from "zod";

/** A text that says something. */
export const name = z.string().min(1);

/** Names in an order that means something. */
export const names = z.array(name);

/** Order and repetition carry no meaning in a set, so the canonical form is sorted. */
const canonical = (values: readonly string[]) => [...new Set(values)].sort();

/**
 * A set of names.
 *
 * @param one what each of them must be
 */
export const set = (one = name) => z.array(one).transform(canonical);

/**
 * A set with at least one name.
 *
 * @param error what to say of an empty one
 */
export const nonEmptySet = (error: string) => names.min(1, error).transform(canonical);
