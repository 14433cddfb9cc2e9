/** Names and sets of names, of which most fields are made. */

import { z } from "zod";

/** A text that says something. */
export const name = z.string().min(1);

/** What people read. Blanks and line breaks at its end mean nothing (a YAML block ends with one), and an empty one is unset. */
export const description = z.string().transform((text) => text.trimEnd() || undefined);

/** A scope as a token request can carry it (RFC 6749 §3.3): no blank, no quotation mark, no backslash. */
export const scope = z
  .string()
  .regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, "a scope has no blank, quotation mark or backslash (RFC 6749 §3.3)");

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

/** A set of redirect URIs. */
export const redirectUris = () =>
  z.array(name.regex(/^[^#]+$/, "a redirect URI has no fragment (RFC 6749 §3.1.2)")).transform(canonical);

/** A scope of an AIC client: `name`, or `name|text shown`, where the text is free. */
const shownScope = z
  .string()
  .regex(
    /^[\x21\x23-\x5B\x5D-\x7B\x7D\x7E]+(\|.*)?$/,
    "a scope has no blank, quotation mark or backslash (RFC 6749 §3.3); the text shown comes after a bar: name|text",
  );

/** A set of scopes of an AIC client. */
export const shownScopes = () => z.array(shownScope).transform(canonical);

/**
 * A set with at least one scope.
 *
 * @param error what to say of an empty one
 */
export const nonEmptyScopes = (error: string) => z.array(scope).min(1, error).transform(canonical);
