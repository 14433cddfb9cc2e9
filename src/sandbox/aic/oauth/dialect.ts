/** How AM's OAuth 2.0 endpoints write a refusal: the description first, a challenge with 401 (oauth-flows §1). */
import type { Answer } from "../../http.ts";
import type { OAuthDialect } from "../../oauth-dialect.ts";
import { Refusal } from "../../refusals.ts";
import { REALM_RULES } from "./rules.ts";

export const oauthDialect: OAuthDialect = {
  refusal: written,
  gap(gap) {
    const { headers, ...answer } = written(new Refusal("G01", REALM_RULES.G01, gap.message));
    return { ...answer, headers: { ...headers, ...gap.headers } };
  },
};

function written({ status, error, message, headers }: Refusal): Answer {
  return {
    status,
    body: { error_description: message, error },
    headers: {
      ...headers,
      ...(status === 405 && { allow: "POST" }),
      ...(status === 401 && { "www-authenticate": error === "invalid_client" ? "Basic" : "Bearer" }),
    },
  };
}
