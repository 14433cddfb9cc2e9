/**
 * `aic:ProviderBaseline`: what the realm's OAuth2 provider had before this stack. Reads once and writes nothing; because it
 * stands in the state before any entry is added, our entries are known as ours also after a run that was killed half-way.
 */

import { z } from "zod";
import { identity } from "../../drift/shared-bearings.ts";
import { realmSchema } from "../../fields/aic.ts";
import type { ResourceKind } from "../kind.ts";
import type { AicContext } from "./context.ts";
import { addedGrantTypes } from "./entry-users.ts";
import { grantTypesOf, mappingOf, readProvider } from "./oauth2-provider.ts";

const schema = z.strictObject({ realm: realmSchema });

const outputs = z.object({
  grantTypes: z.array(z.string()).describe("Without those that other stacks have added"),
  acr: z.record(z.string(), z.string()).describe("Journeys by acr value"),
});

export const providerBaseline: ResourceKind<typeof schema, typeof outputs, z.output<typeof outputs>, AicContext> = {
  type: "aic:ProviderBaseline",
  inputs: schema.describe(
    "What the realm's OAuth2 provider had before this stack; makes the entries of this stack known as its own.",
  ),
  outputs,
  immutable: ["realm"],
  remembered: true,
  drift: { noun: "baseline", fields: { realm: identity } },
  id: ({ realm }) => realm,
  observe: async (context, { realm }, { grantTypes, acr }) => {
    if (grantTypes && acr) return { grantTypes, acr };
    const [document, added] = await Promise.all([readProvider(context, realm), addedGrantTypes(context, realm)]);
    const before = grantTypesOf(document).filter((type) => !added.has(type));
    return { grantTypes: before.toSorted(), acr: mappingOf(document) };
  },
  decode: async (_context, live, { realm }) => ({
    inputs: { realm },
    outputs: live,
  }),
  write: async (_context, { live }) => ({ live: live ?? { grantTypes: [], acr: {} } }),
  remove: async () => {},
};
