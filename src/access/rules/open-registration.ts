/** A realm in which clients register themselves. Pure. */

import type { Rule } from "./rule.ts";

export const openRegistration: Rule = {
  id: "open-registration",
  severity: "high",
  reason: "anybody on the network can make an agent that nobody declared",
  fix: "switch allowDynamicRegistration off in the realm's OAuth2 provider, Client Dynamic Registration",
  source: "delegation §7",
  find: ({ live }) =>
    live?.isRegistrationOpen === true
      ? [
          {
            about: { id: "provider", name: "provider" },
            what: "lets anybody register clients and agents",
            object: "service/oauth-oidc",
          },
        ]
      : [],
};
