/**
 * `aic:ProviderBaseline`: what the realm's OAuth2 provider had before this stack. Reads once and writes nothing; because it
 * stands in the state before any entry is added, our entries are known as ours also after a run that was killed half-way.
 */

import { z } from "zod";
import type { ResourceKind } from "../kind.ts";
import type { Properties } from "../pulumi-values.ts";
import type { AicContext } from "./context.ts";
import { grantTypesOf, mappingOf, readProvider } from "./oauth2-provider.ts";
import { realmSchema } from "./realm.ts";

const schema = z.strictObject({ realm: realmSchema });
/** Arguments of `aic:ProviderBaseline`. */
export type ProviderBaselineArgs = z.input<typeof schema>;

export const providerBaseline: ResourceKind<z.infer<typeof schema>, Properties, AicContext> = {
  type: "aic:ProviderBaseline",
  schema: schema,
  immutable: ["realm"],
  secret: [],
  writeOnly: [],
  shared: true,
  id: ({ realm }) => realm,
  observe: async (context, { realm }, known) => (known.grantTypes ? known : readProvider(context, realm)),
  isOwn: () => true,
  decode: async (_context, live, { realm }) => ({
    inputs: { realm },
    outputs: "acr" in live ? live : { grantTypes: grantTypesOf(live).toSorted(), acr: mappingOf(live) },
  }),
  write: async (_context, { live }) => ({ live: live ?? {} }),
  remove: async () => {},
};
