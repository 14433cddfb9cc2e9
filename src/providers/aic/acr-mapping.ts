/** `aic:AcrMapping`: one acr value of the realm's OAuth2 provider and the journey it starts (aic §6.3). */

import { z } from "zod";
import { guard } from "../../drift/bearing.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { realmSchema, tierOfResource } from "../../fields/aic.ts";
import { name } from "../../fields/text.ts";
import { named } from "../../named.ts";
import type { NoOutputs, ResourceKind } from "../kind.ts";
import { markOf, NOBODY } from "../owner.ts";
import type { AicContext } from "./context.ts";
import { releasable } from "./entry-users.ts";
import { editProvider, mappingOf, readProvider, section } from "./oauth2-provider.ts";
import { requireJourney } from "./require-journey.ts";

const schema = z.strictObject({
  realm: realmSchema,
  acr: name.describe("The acr value that a client asks for"),
  journey: name.describe("Name of the journey; it must exist"),
  baseline: z
    .record(z.string(), z.string())
    .describe("Mappings of the baseline: what this resource leaves behind when it is destroyed"),
  tier: tierOfResource,
});
type AcrMappingInputs = z.infer<typeof schema>;

export const acrMapping: ResourceKind<typeof schema, NoOutputs, { readonly journey: string }, AicContext> = {
  type: "aic:AcrMapping",
  inputs: schema.describe("One acr value and the journey it starts."),
  immutable: ["realm", "acr"],
  notShown: ["baseline", "tier"],
  promoted: true,
  drift: {
    noun: "acr mapping",
    field: () => [],
    fields: {
      realm: identity,
      acr: identity,
      journey: guard("this acr value starts another journey: users approve in another way"),
    },
    gone: { class: "weakened", means: "this acr value starts no journey: users sign on in another way" },
  },
  id: ({ realm, acr }) => `${realm}/${acr}`,
  observe: async (context, { realm, acr }) => {
    const journey = named(mappingOf(await readProvider(context, realm)), acr);
    return journey === undefined ? undefined : { journey };
  },
  // One of the baseline is somebody else's until it was taken over. A preview that does not know it yet sees what it will be.
  mark: (_live, { inputs: { acr, baseline }, inState, owner }) =>
    inState || (baseline && named(baseline, acr) === undefined) ? markOf(owner) : NOBODY,
  decode: async (_context, { journey }, inputs) => ({ inputs: { ...inputs, journey } }),
  // That of a resource which a preview leaves out is not known.
  resolve: async (context, inputs) => (inputs.journey === undefined ? undefined : requireItsJourney(context, inputs)),
  write: async (context, { inputs }) => {
    await requireItsJourney(context, inputs);
    await map(context, inputs, inputs.journey);
    return { live: { journey: inputs.journey } };
  },
  remove: async (context, inputs, _outputs, owner) => {
    const { realm, acr, baseline } = inputs;
    const before = named(baseline, acr);
    const isFree =
      before !== undefined ||
      (await releasable(context, { realm, sort: "acr value", entries: [acr], owner })).length > 0;
    if (isFree) await map(context, inputs, before);
  },
};

/** Sets the entry, or takes it out when there is no journey. */
async function map(context: AicContext, { realm, acr }: AcrMappingInputs, journey: string | undefined): Promise<void> {
  await editProvider(context, realm, (document) => {
    const mapping = { ...mappingOf(document) };
    if (named(mapping, acr) === journey) return false;
    if (journey === undefined) delete mapping[acr];
    else mapping[acr] = journey;
    section(document, "advancedOIDCConfig").loaMapping = mapping;
    return true;
  });
}

/** The realm takes a mapping to a journey that is not there, and CIBA then fails without a word. */
function requireItsJourney(context: AicContext, { realm, acr, journey }: AcrMappingInputs): Promise<void> {
  return requireJourney(context, { realm, journey }, { resource: `aic:AcrMapping ${realm}/${acr}`, field: "journey" });
}
