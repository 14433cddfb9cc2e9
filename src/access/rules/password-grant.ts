/** The password grant outside development. Pure. */

import { isDevelopment, type Rule } from "./rule.ts";

export const passwordGrant: Rule = {
  id: "password-grant",
  severity: "high",
  reason: "the application sees the user's password, and no second factor is asked for",
  fix: "use authorization_code, or let users approve (CIBA)",
  source: "RFC 9700 §2.4",
  find: (world) =>
    world.clients
      .filter(({ grantTypes }) => grantTypes.includes("password") && !isDevelopment(world))
      .map((about) => ({ about, what: "takes users' passwords", path: [...about.path, "grantTypes"] })),
};
