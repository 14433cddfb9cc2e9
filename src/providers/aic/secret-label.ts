/** `aic:SecretLabel`: maps a secret label of the realm to an ESV secret (aic §9). */

import { z } from "zod";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import { esvId, realmSchema } from "../../fields/aic.ts";
import type { NoOutputs, ResourceKind } from "../kind.ts";
import { markOf, NOBODY } from "../owner.ts";
import type { AicContext } from "./context.ts";

const schema = z.strictObject({
  realm: realmSchema,
  /** The label, e.g. `am.applications.oauth2.client.supportagent.secret`. */
  label: z.string().min(1),
  /** The ESV secret behind it. The tenant does not check that it exists. */
  secretId: esvId,
});

const alias = ({ aliases }: AmDocument) => (Array.isArray(aliases) ? aliases[0] : undefined);

export const secretLabel: ResourceKind<typeof schema, NoOutputs, AmDocument, AicContext> = {
  type: "aic:SecretLabel",
  inputs: schema,
  immutable: ["realm", "label"],
  id: ({ realm, label }) => `${realm}/${label}`,
  observe: ({ tenant }, { realm, label }) => tenant.am(realm).secretMappings.get(label),
  // A mapping has no room for a mark: one that equals the declaration is taken for ours, as after a crash.
  mark: (live, { inputs: { secretId }, owner }) => (alias(live) === secretId ? markOf(owner) : NOBODY),
  decode: async (_context, live, { realm }) => ({
    inputs: { realm, label: live._id, secretId: alias(live) },
  }),
  write: async ({ tenant }, { inputs: { realm, label, secretId }, live }) => {
    if (live && alias(live) === secretId) return { live };
    const body = { _id: label, secretId: label, aliases: [secretId] };
    const { document } = await tenant.am(realm).secretMappings.put(label, body);
    return { live: document };
  },
  remove: async ({ tenant }, { realm, label }) => {
    await tenant.am(realm).secretMappings.delete(label);
  },
};
