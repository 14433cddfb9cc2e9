/** `aic:GrantTypes`: grant types that the realm's OAuth2 provider offers because of this stack; owns single entries (aic §6). */

import { z } from "zod";
import { reach } from "../../drift/bearing.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { realmSchema, tierOfResource } from "../../fields/aic.ts";
import { grantTypeSet } from "../../fields/grant-types.ts";
import { set } from "../../fields/text.ts";
import type { NoOutputs, ResourceKind } from "../kind.ts";
import type { Properties } from "../pulumi-values.ts";
import type { AicContext } from "./context.ts";
import { releasable } from "./entry-users.ts";
import { editProvider, grantTypesOf, readProvider, section } from "./oauth2-provider.ts";

const schema = z.strictObject({
  realm: realmSchema,
  grantTypes: grantTypeSet.describe("Grant types that the realm must offer; others of the realm are left alone"),
  baseline: set().describe("Grant types of the baseline: they stay when this resource is destroyed"),
  tier: tierOfResource,
});
type GrantTypesInputs = z.infer<typeof schema>;

export const grantTypes: ResourceKind<typeof schema, NoOutputs, Properties, AicContext> = {
  type: "aic:GrantTypes",
  inputs: schema.describe("Grant types that the realm's OAuth2 provider offers because of this stack."),
  immutable: ["realm"],
  notShown: ["baseline", "tier"],
  promoted: true,
  drift: {
    noun: "OAuth2 provider",
    fields: {
      realm: identity,
      grantTypes: reach(
        "the realm offers further ways to get tokens",
        "the realm offers fewer ways: what needs them fails",
      ),
    },
  },
  id: ({ realm }) => realm,
  observe: (context, { realm }) => readProvider(context, realm),
  decode: async (_context, live, inputs) => {
    const offered = grantTypesOf(live);
    return {
      inputs: { ...inputs, grantTypes: inputs.grantTypes.filter((type) => offered.includes(type)) },
    };
  },
  write: async (context, { inputs, previous, owner }) => {
    const dropped = previous ? owned(previous).filter((type) => !inputs.grantTypes.includes(type)) : [];
    const released = await releasable(context, { realm: inputs.realm, sort: "grant type", entries: dropped, owner });
    return { live: await editGrantTypes(context, inputs.realm, inputs.grantTypes, released) };
  },
  remove: async (context, inputs, _outputs, owner) => {
    const { realm } = inputs;
    const released = await releasable(context, { realm, sort: "grant type", entries: owned(inputs), owner });
    await editGrantTypes(context, realm, [], released);
  },
};

const owned = ({ grantTypes: declared, baseline }: GrantTypesInputs) =>
  declared.filter((type) => !baseline.includes(type));

function editGrantTypes(context: AicContext, realm: string, wanted: readonly string[], released: readonly string[]) {
  return editProvider(context, realm, (document) => {
    const current = grantTypesOf(document);
    const kept = current.filter((type) => !released.includes(type));
    const missing = wanted.filter((type) => !current.includes(type));
    section(document, "advancedOAuth2Config").grantTypes = [...kept, ...missing];
    return kept.length !== current.length || missing.length > 0;
  });
}
