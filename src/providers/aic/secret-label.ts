/** `aic:SecretLabel`: maps a secret label of the realm to an ESV secret (aic §9). */

import { z } from "zod";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { credential } from "../../drift/bearing.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { esvId, realmSchema } from "../../fields/aic.ts";
import type { NoOutputs, ResourceKind } from "../kind.ts";
import { isOfStack, type Mark, markOf, NOBODY } from "../owner.ts";
import { unwrap } from "./attributes.ts";
import { clientMark } from "./client-mark.ts";
import type { AicContext } from "./context.ts";

const schema = z.strictObject({
  realm: realmSchema,
  label: z.string().min(1).describe("The label, e.g. `am.applications.oauth2.client.supportagent.secret`"),
  secretId: esvId.describe("The ESV secret behind it. The tenant does not check that it exists"),
});

/** A mapping, and whose the clients are that have their secret by the label. */
type Live = { readonly mapping: AmDocument; readonly users: readonly Mark[] };

const alias = ({ aliases }: AmDocument) => (Array.isArray(aliases) ? aliases[0] : undefined);

export const secretLabel: ResourceKind<typeof schema, NoOutputs, Live, AicContext> = {
  type: "aic:SecretLabel",
  inputs: schema.describe("Maps a secret label of the realm to an ESV secret."),
  immutable: ["realm", "label"],
  drift: {
    noun: "secret label",
    fields: { realm: identity, label: identity, secretId: credential("another secret signs in as this client") },
    gone: { class: "replaced", means: "the label leads to no secret: the client cannot sign in" },
  },
  id: ({ realm, label }) => `${realm}/${label}`,

  observe: async (context, { realm, label }) => {
    const mapping = await context.tenant.am(realm).secretMappings.get(label);
    return mapping && { mapping, users: await usersOf(context, realm, label) };
  },

  // A mapping has no room for a mark: it belongs to the stack whose client uses it. Where none does, one that equals the
  // declaration is taken for ours, as after a crash: nothing is changed by that.
  mark: ({ mapping, users }, { inputs: { secretId }, owner, inState }) => {
    const another = users.find((mark) => mark.whose === "stack" && !isOfStack(mark, owner));
    const isUsed = users.some((mark) => isOfStack(mark, owner));
    if (another && !(inState && isUsed)) return another;
    return isUsed || inState || alias(mapping) === secretId ? markOf(owner) : NOBODY;
  },

  decode: async (_context, { mapping }, { realm }) => ({
    inputs: { realm, label: mapping._id, secretId: alias(mapping) },
  }),

  write: async ({ tenant }, { inputs: { realm, label, secretId }, live }) => {
    if (live && alias(live.mapping) === secretId) return { live };
    const body = { _id: label, secretId: label, aliases: [secretId] };
    const { document } = await tenant.am(realm).secretMappings.put(label, body);
    return { live: { mapping: document, users: live?.users ?? [] } };
  },

  remove: async ({ tenant }, { realm, label }) => {
    await tenant.am(realm).secretMappings.delete(label);
  },
};

/** Whose the agents and clients are that have their secret by a label. */
async function usersOf(context: AicContext, realm: string, label: string): Promise<Mark[]> {
  const [, identifier] = /^am\.applications\.oauth2\.client\.(.+)\.secret$/.exec(label) ?? [];
  if (identifier === undefined) return [];
  const lists = await Promise.all([context.agents(realm, "AIAgent"), context.agents(realm, "OAuth2Client")]);
  const isUser = ({ coreOAuth2ClientConfig: core }: AmDocument) =>
    isRecord(core) && unwrap(core.secretLabelIdentifier) === identifier;
  return lists
    .flat()
    .filter(isUser)
    .map((document) => clientMark(document));
}
