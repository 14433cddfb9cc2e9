/** Properties as the engine hands them about: secrets in clear, for it keeps them to itself, and its own beside the kind's. */

import type { Owner } from "../../src/providers/owner.ts";
import { type Properties, revealSecret } from "../../src/providers/pulumi-values.ts";

/** The owner of every resource of a test that names none. */
export const OWNER: Owner = { stack: "k3v9x0q1w2e4", name: "shop/test", resource: "a resource", tenant: "a-tenant" };

/** What stands beside the properties of every resource. */
const BESIDE = { __provider: "test", __owner: OWNER };

/** Values in clear, without what only the engine knows. */
export function plain(properties: Properties | undefined): Properties {
  const entries = Object.entries(properties ?? {}).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, value]) => [key, revealSecret(value)]));
}

/** What the engine sends to the provider. @param owner @default the one that the properties have, else that of the tests */
export const sent = (properties: Properties | undefined, owner?: Owner): Properties => ({
  ...plain(properties),
  ...BESIDE,
  ...(properties?.__owner !== undefined && { __owner: properties.__owner }),
  ...(owner && { __owner: owner }),
});
