/** Grant types of OAuth 2.0 and its extensions, and the short names by which a declaration may call them. */

import { z } from "zod";

/** OAuth 2.0 Token Exchange (RFC 8693). */
export const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
/** OpenID Connect Client-Initiated Backchannel Authentication. */
export const CIBA = "urn:openid:params:grant-type:ciba";
/** OAuth 2.0 Device Authorization Grant (RFC 8628). */
export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

/** Short names of those whose value is a URN. */
const URN: Readonly<Record<string, string>> = {
  token_exchange: TOKEN_EXCHANGE,
  ciba: CIBA,
  device_code: DEVICE_CODE,
  jwt_bearer: "urn:ietf:params:oauth:grant-type:jwt-bearer",
  saml2_bearer: "urn:ietf:params:oauth:grant-type:saml2-bearer",
  uma_ticket: "urn:ietf:params:oauth:grant-type:uma-ticket",
};

/** Grant type values of RFC 6749 that have no URN. */
const PLAIN = ["authorization_code", "client_credentials", "implicit", "password", "refresh_token"];
const NAMES: readonly string[] = [...PLAIN, ...Object.keys(URN)];

/** Grant types by their short names or values; becomes the values that stand in token requests. */
export const grantTypes = z
  .array(
    z
      .string()
      .refine((value) => NAMES.includes(value) || value.startsWith("urn:"), {
        error: ({ input }) => `no grant type "${input}"; use ${NAMES.join(", ")} or a urn:… value`,
      })
      .meta({
        anyOf: [
          { type: "string", enum: NAMES },
          { type: "string", pattern: "^urn:" },
        ],
      }) // for the JSON Schema, which cannot run the check
      .transform((value) => URN[value] ?? value),
  )
  .meta({ description: "Grant types, by short name or value", examples: [["client_credentials", "token_exchange"]] });
