/** Names, texts and sets of names, of which most fields are made. */

import { z } from "zod";

/**
 * Texts and addresses in which a declaration may say `${env:NAME}`: those that decide about no access. All other fields
 * refuse it.
 */
export const takesVariables = z.registry<{ readonly takesVariables: true }>();

/** Marks a field as one that {@link takesVariables}. */
export const variable = <Schema extends z.ZodString | z.ZodURL>(schema: Schema): Schema => {
  takesVariables.add(schema, { takesVariables: true });
  return schema;
};

/** A text that says something. */
export const name = z.string().min(1);

/** A name that people read. */
export const displayName = variable(z.string().min(1));

/** A text for people, which may be empty. */
export const plainText = variable(z.string());

/** An address on the web. @param params as of `z.url` */
export const address = (params?: Parameters<typeof z.url>[0]) => variable(z.url(params));

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

/** Texts for people, or addresses, in an order that means something. */
export const texts = () => z.array(displayName);

/** A set of addresses or patterns of them, e.g. redirect URIs. */
export const addresses = () => texts().transform(canonical);

/**
 * A set with at least one name.
 *
 * @param error what to say of an empty one
 */
export const nonEmptySet = (error: string) => names.min(1, error).transform(canonical);
