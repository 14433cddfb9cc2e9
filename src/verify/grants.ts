/** The words of OAuth 2.0 that both clouds use: grant types, how clients authenticate, and the ways to a token. */

/** Who an agent acts for: itself, a user who is not asked, or a user who approves each request (CIBA). */
export type Pattern = "autonomous" | "on-behalf-of" | "approved";

/** How a client authenticates at the token endpoint (RFC 7591 §2). */
export type AuthMethod = "client_secret_post" | "client_secret_basic";

export function isAuthMethod(method: string): method is AuthMethod {
  return method === "client_secret_post" || method === "client_secret_basic";
}

/** Grant type values (RFC 6749, RFC 8693, CIBA Core). */
export const GRANT = {
  authorizationCode: "authorization_code",
  clientCredentials: "client_credentials",
  password: "password",
  refreshToken: "refresh_token",
  tokenExchange: "urn:ietf:params:oauth:grant-type:token-exchange",
  ciba: "urn:openid:params:grant-type:ciba",
} as const;

/** The way to a token that a case goes. */
export type Flow = "client-credentials" | "user-token" | "code" | "exchange" | "ciba";
