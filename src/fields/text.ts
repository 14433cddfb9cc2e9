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

/** What people read. Blanks and line breaks at its end mean nothing (a YAML block ends with one), and an empty one is unset. */
export const description = plainText
  .transform((text) => text.trimEnd() || undefined)
  .meta({ description: "What people read about it", otherwise: "none", examples: ["Answers customer questions"] });

/** An address on the web. @param params as of `z.url` */
export const address = (params?: Parameters<typeof z.url>[0]) => variable(z.url(params));

/** A scope as a token request can carry it (RFC 6749 §3.3): no blank, no quotation mark, no backslash. */
export const scope = z
  .string()
  .regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, "a scope has no blank, quotation mark or backslash (RFC 6749 §3.3)")
  .meta({ description: "Scope (RFC 6749 §3.3)", examples: ["orders:read"] });

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

/** A set of redirect URIs. */
export const redirectUris = () =>
  z.array(displayName.regex(/^[^#]+$/, "a redirect URI has no fragment (RFC 6749 §3.1.2)")).transform(canonical);

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
