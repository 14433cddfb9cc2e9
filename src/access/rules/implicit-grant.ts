/** Tokens from the authorization endpoint. Pure. */

import type { Rule } from "./rule.ts";

/** Response types are words in any order (OAuth 2.0 Multiple Response Types); an ID token alone opens nothing. */
const hasToken = (type: string) => type.toLowerCase().split(" ").includes("token");

export const implicitGrant: Rule = {
  id: "implicit-grant",
  severity: "high",
  reason: "the access token goes through the address bar of a browser, its history and its log",
  fix: "use authorization_code with PKCE",
  source: "RFC 9700 §2.1.2",
  find: ({ clients }) =>
    clients
      .filter(({ grantTypes, responseTypes }) => grantTypes.includes("implicit") || responseTypes.some(hasToken))
      .map((about) => ({ about, what: "gets access tokens in the browser's address", path: about.path })),
};
