/** How PingOne's token service writes a refusal (RFC 6749 §5.2): without a challenge, and at times without a description. */
import type { OAuthDialect } from "../../oauth-dialect.ts";

export const oauthDialect: OAuthDialect = {
  refusal: ({ status, error, message, headers }) => ({
    status,
    body: { error, ...(message && { error_description: message }) },
    headers,
  }),
  gap: ({ status, message, headers }) => ({
    status,
    body: { error: "server_error", error_description: message },
    headers,
  }),
};
