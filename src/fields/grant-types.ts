/** Short names of grant types, for those whose value is a URN. */

const URN = {
  token_exchange: "urn:ietf:params:oauth:grant-type:token-exchange",
  ciba: "urn:openid:params:grant-type:ciba",
  device_code: "urn:ietf:params:oauth:grant-type:device_code",
  jwt_bearer: "urn:ietf:params:oauth:grant-type:jwt-bearer",
  saml2_bearer: "urn:ietf:params:oauth:grant-type:saml2-bearer",
  uma_ticket: "urn:ietf:params:oauth:grant-type:uma-ticket",
} as const;

/** Grant type values of RFC 6749 that have no URN. */
const PLAIN_GRANT_TYPES = [
  "authorization_code",
  "client_credentials",
  "implicit",
  "password",
  "refresh_token",
] as const;
export const GRANT_TYPE_NAMES: readonly string[] = [...PLAIN_GRANT_TYPES, ...Object.keys(URN)];

/** The value that stands in a token request, for a short name or a value. */
export function grantTypeValue(name: string): string {
  return name in URN ? URN[name as keyof typeof URN] : name;
}
