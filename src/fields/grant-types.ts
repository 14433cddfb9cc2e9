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

/** What each short name means; those of RFC 6749 have no URN. */
const WORDS = {
  authorization_code: "a user signs on in a browser",
  client_credentials: "the client acts for itself",
  implicit: "a token from the authorization endpoint",
  password: "a user's name and password",
  refresh_token: "renews a token",
  token_exchange: "a token for another one (RFC 8693)",
  ciba: "a user approves on a device (CIBA)",
  device_code: "a user signs on for a device (RFC 8628)",
  jwt_bearer: "a JWT as a grant (RFC 7523)",
  saml2_bearer: "a SAML assertion as a grant (RFC 7522)",
  uma_ticket: "a permission ticket of User-Managed Access",
} as const;
type ShortName = keyof typeof WORDS;
const NAMES = Object.keys(WORDS) as ShortName[];

/** A grant type as it stands in token requests. */
export type GrantType = Exclude<ShortName, keyof typeof URN> | `urn:${string}`;

/** What a client needs that acts with tokens of others: a token of its own, which is the actor token, and the exchange (RFC 8693 §2.1). */
export const ACTING: readonly GrantType[] = ["client_credentials", TOKEN_EXCHANGE];

/** Grant types with those that `delegates` of a client take, each once. */
export const withActing = (
  grants: readonly GrantType[],
  { delegates = [] }: { readonly delegates?: readonly object[] | undefined },
): GrantType[] => (delegates.length > 0 ? [...new Set([...grants, ...ACTING])] : [...grants]);

/** A grant type as one may write it. */
type GrantTypeName = ShortName | GrantType;

const hasUrn = (name: string): name is keyof typeof URN => Object.hasOwn(URN, name);

/** The value that a short name stands for; a value itself. */
export function grantTypeOf(name: GrantTypeName): GrantType {
  return hasUrn(name) ? URN[name] : name;
}

/** The short name of a grant type, where it has one. */
export const grantTypeName = (value: string) => NAMES.find((name) => grantTypeOf(name) === value) ?? value;

/** True for a short name or a value. */
export const isGrantType = (value: string): value is GrantTypeName =>
  NAMES.some((name) => name === value) || value.startsWith("urn:");

const grantType = z
  .string()
  .refine(isGrantType, {
    error: ({ input }) => `no grant type "${input}"; use ${NAMES.join(", ")} or a urn:… value`,
  })
  .meta({ words: WORDS, isOpen: true, pattern: "^urn:" }) // for the JSON Schema and TypeScript, which cannot run the check
  .transform(grantTypeOf) as unknown as z.ZodType<GrantType, GrantTypeName>;

/** Grant types by their short names or values; becomes the values that stand in token requests. */
export const grantTypes = z.array(grantType).meta({
  description: "Grant types, by short name or `urn:…` value",
  examples: [["client_credentials", "token_exchange"]],
});

/** The same where order and repetition mean nothing. */
export const grantTypeSet = grantTypes.transform((values) => [...new Set(values)].sort());
