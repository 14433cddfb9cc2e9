/** Grant types of OAuth 2.0 and its extensions, and the short names by which a declaration may call them. */

import { z } from "zod";

/** OAuth 2.0 Token Exchange (RFC 8693). */
export const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange" as const;
/** OpenID Connect Client-Initiated Backchannel Authentication. */
export const CIBA = "urn:openid:params:grant-type:ciba" as const;
/** OAuth 2.0 Device Authorization Grant (RFC 8628). */
export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code" as const;

/** Short names of those whose value is a URN. */
const URN = {
  token_exchange: TOKEN_EXCHANGE,
  ciba: CIBA,
  device_code: DEVICE_CODE,
  jwt_bearer: "urn:ietf:params:oauth:grant-type:jwt-bearer",
  saml2_bearer: "urn:ietf:params:oauth:grant-type:saml2-bearer",
  uma_ticket: "urn:ietf:params:oauth:grant-type:uma-ticket",
} as const;

/** Grant type values of RFC 6749 that have no URN. */
const PLAIN = ["authorization_code", "client_credentials", "implicit", "password", "refresh_token"] as const;
const SHORT = Object.keys(URN) as (keyof typeof URN)[];
const NAMES = [...PLAIN, ...SHORT] as const;

/** A grant type as it stands in token requests. */
export type GrantType = (typeof PLAIN)[number] | `urn:${string}`;

/** A grant type as one may write it. */
type GrantTypeName = (typeof NAMES)[number] | GrantType;

const isName = (value: string): value is GrantTypeName =>
  NAMES.some((name) => name === value) || value.startsWith("urn:");
const isShort = (value: string): value is keyof typeof URN => Object.hasOwn(URN, value);

/** The value that a short name stands for; a value itself. */
export function grantTypeOf(name: GrantTypeName): GrantType {
  return isShort(name) ? URN[name] : name;
}

const grantType = z
  .string()
  .refine(isName, {
    error: ({ input }) => `no grant type "${input}"; use ${NAMES.join(", ")} or a urn:… value`,
  })
  .meta({
    anyOf: [
      { type: "string", enum: NAMES },
      { type: "string", pattern: "^urn:" },
    ],
  }) // for the JSON Schema and for TypeScript, which cannot run the check
  .transform(grantTypeOf) as unknown as z.ZodType<GrantType, GrantTypeName>;

/** Grant types by their short names or values; becomes the values that stand in token requests. */
export const grantTypes = z
  .array(grantType)
  .meta({ description: "Grant types, by short name or value", examples: [["client_credentials", "token_exchange"]] });

/** The same where order and repetition mean nothing. */
export const grantTypeSet = grantTypes.transform((values) => [...new Set(values)].sort());
