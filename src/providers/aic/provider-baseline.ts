/**
 * `aic:ProviderBaseline`: what the realm's OAuth2 provider had before this stack. Reads once and writes nothing; because it
 * stands in the state before any entry is added, our entries are known as ours also after a run that was killed half-way.
 */

import { z } from "zod";
import { realmSchema } from "../../fields/aic.ts";
import type { ResourceKind } from "../kind.ts";
import type { AicContext } from "./context.ts";
import { grantTypesOf, mappingOf, readProvider } from "./oauth2-provider.ts";

const schema = z.strictObject({ realm: realmSchema });

const outputs = z.object({
  grantTypes: z.array(z.string()),
  /** Journeys by acr value. */
  acr: z.record(z.string(), z.string()),
});

export const providerBaseline: ResourceKind<typeof schema, typeof outputs, z.output<typeof outputs>, AicContext> = {
  type: "aic:ProviderBaseline",
  inputs: schema,
  outputs,
  immutable: ["realm"],
  id: ({ realm }) => realm,
  observe: async (context, { realm }, { grantTypes, acr }) => {
    if (grantTypes && acr) return { grantTypes, acr };
    const document = await readProvider(context, realm);
    return { grantTypes: grantTypesOf(document).toSorted(), acr: mappingOf(document) };
  },
  decode: async (_context, live, { realm }) => ({
    inputs: { realm },
    outputs: live,
  }),
  write: async (_context, { live }) => ({ live: live ?? { grantTypes: [], acr: {} } }),
  remove: async () => {},
};
