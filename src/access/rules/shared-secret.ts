/** A client secret in production where a key would do. Pure. */

import { mayBeProduction, type Rule } from "./rule.ts";

export const sharedSecret: Rule = {
  id: "shared-secret",
  severity: "info",
  reason: "a secret that goes over the net with each request can be copied on the way and in logs",
  fix: "use authMethod: private_key_jwt",
  source: "RFC 9700 §2.5",
  find: (world) =>
    world.clients
      .filter(({ acts, authMethod }) => mayBeProduction(world) && acts && authMethod.startsWith("client_secret"))
      .map((about) => ({ about, what: `proves itself with a shared secret (${about.authMethod})`, path: about.path })),
};
