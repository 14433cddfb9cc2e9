/** Properties as the engine hands them about: secrets in clear, for it keeps them to itself, and its own beside the kind's. */

import { type Properties, revealSecret } from "../../src/providers/pulumi-values.ts";

/** What the engine adds to the properties of every resource. */
const PROVIDER = { __provider: "test" };

/** Values in clear, without what only the engine knows. */
export function plain(properties: Properties | undefined): Properties {
  const entries = Object.entries(properties ?? {}).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, value]) => [key, revealSecret(value)]));
}

/** What the engine sends back to the provider. */
export const sent = (properties: Properties | undefined): Properties => ({ ...plain(properties), ...PROVIDER });
