/**
 * `aic:ProviderBaseline`: what the realm's OAuth2 provider had before this stack. Reads once and writes nothing; because it
 * stands in the state before any entry is added, our entries are known as ours also after a run that was killed half-way.
 */

import { z } from "zod";
import { identity } from "../../drift/shared-bearings.ts";
import { realmSchema } from "../../fields/aic.ts";
import { providerSettingValue } from "../../fields/aic-provider.ts";
import { set } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import type { Properties } from "../pulumi-values.ts";
import type { AicContext } from "./context.ts";
import { addedGrantTypes } from "./entry-users.ts";
import { grantTypesOf, mappingOf, readProvider, settingOf } from "./oauth2-provider.ts";

const schema = z.strictObject({
  realm: realmSchema,
  settingNames: set()
    .optional()
    .meta({
      description: "Settings that this stack is going to make: a new one is remembered before it is made",
      otherwise: "none",
      examples: [["tokenSigningAlgorithm"]],
    }),
});

const outputs = z.object({
  grantTypes: z.array(z.string()).describe("Without those that other stacks have added"),
  acr: z.record(z.string(), z.string()).describe("Journeys by acr value"),
  settings: z
    .record(z.string(), providerSettingValue)
    .optional()
    .describe("Settings by AM's names, as they were when this stack first declared them"),
});

export const providerBaseline: ResourceKind<typeof schema, typeof outputs, z.output<typeof outputs>, AicContext> = {
  type: "aic:ProviderBaseline",
  inputs: schema.describe(
    "What the realm's OAuth2 provider had before this stack; makes the entries of this stack known as its own.",
  ),
  outputs,
  immutable: ["realm"],
  remembered: true,
  notShown: ["settingNames"],
  drift: { noun: "baseline", fields: { realm: identity } },
  id: ({ realm }) => realm,
  observe: async (context, { realm, settingNames = [] }, { grantTypes, acr, settings }) => {
    const known = settings ?? {};
    const remembered = (document: Properties = {}) => {
      const values = settingNames.map((one) => [one, known[one] ?? settingOf(document, one)] as const);
      const found = values.flatMap(([one, value]) => (value === undefined ? [] : [[one, value] as const]));
      // A state of before has none, and need not get any.
      return [...settingNames, ...Object.keys(known)].length > 0 ? { settings: Object.fromEntries(found) } : {};
    };
    if (grantTypes && acr && settingNames.every((one) => one in known)) return { grantTypes, acr, ...remembered() };
    const [document, added] = await Promise.all([readProvider(context, realm), addedGrantTypes(context, realm)]);
    const before = grantTypesOf(document).filter((type) => !added.has(type));
    return {
      ...{ grantTypes: grantTypes ?? before.toSorted(), acr: acr ?? mappingOf(document) },
      ...remembered(document),
    };
  },
  decode: async (_context, live, inputs) => ({ inputs, outputs: live }),
  write: async (_context, { live }) => ({ live: live ?? { grantTypes: [], acr: {} } }),
  remove: async () => {},
};
