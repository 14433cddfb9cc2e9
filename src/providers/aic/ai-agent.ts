/** `aic:AiAgent`: an AI agent, that is an AM agent profile and the IDM identity that lives and dies with it (aic §2). */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { clientIdSchema, realmSchema } from "../../fields/aic.ts";
import { set } from "../../fields/text.ts";
import { owned } from "../annotations.ts";
import type { ResourceKind } from "../kind.ts";
import type { Properties } from "../pulumi-values.ts";
import { decodeSections, encodeSections, unwrap } from "./attributes.ts";
import { clientSecretInputs, clientSecretOutputs, nextSecret } from "./client-secret.ts";
import { type AicContext, withRelations } from "./context.ts";
import { needsAiAgents } from "./feature.ts";
import { deterministicId } from "./ids.ts";
import { replacements } from "./managed-kind.ts";
import { oauth2Settings } from "./oauth2-settings.ts";
import { managed, relatedIds, relation } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  /** OAuth 2.0 client id: letters, digits, dash, underscore. */
  clientId: clientIdSchema,
  name: z.string().min(1),
  description: z.string().optional(),
  /** Free map of strings on the identity, by which scripts and policies may decide. */
  customAttributes: owned(z.record(z.string(), z.string()).optional()),
  /** User names. @default none */
  owners: owned(set().optional(), []),
  ...clientSecretInputs,
  ...oauth2Settings,
});
type AiAgentInputs = z.infer<typeof schema>;

const outputs = z.object({
  /** UUID of the identity in IDM. */
  identityId: z.string(),
  ...clientSecretOutputs,
});
/** The agent profile and its identity, which is missing when somebody deleted it by hand. */
type Live = { readonly document: AmDocument; readonly identity: IdmObject | undefined };

const IDENTITY_FIELDS = ["_id", "name", "description", "customAttributes", "oauth2ClientId", "owners"];
const collection = (realm: string) => managed(realm, "aiagent");
/** The identity's attributes that the AM profile carries along. */
const identityOf = (document: AmDocument): Properties => {
  const attributes = unwrap(document.aiAgentIdentityAttributes);
  return isRecord(attributes) ? attributes : {};
};
const identityId = (document: AmDocument) => String(unwrap(document.aiAgentIdentityUid) ?? identityOf(document)._id);

export const aiAgent: ResourceKind<typeof schema, typeof outputs, Live, AicContext> = {
  type: "aic:AiAgent",
  inputs: schema,
  outputs,
  immutable: ["realm", "clientId"],
  secret: ["clientSecret"],
  notShown: ["clientSecret", "secretRotation"],
  id: ({ realm, clientId }) => `${realm}/${clientId}`,

  observe: async (context, { realm, clientId }) => {
    const document = await context.agent(realm, "AIAgent", clientId);
    if (!document) return undefined;
    const identity = await context.managed(collection(realm), identityId(document), IDENTITY_FIELDS);
    return { document, identity };
  },

  isOwn: ({ document }, inputs) => identityId(document) === ownIdentityId(inputs),

  decode: async ({ names }, { document, identity }, inputs) => {
    const owners = await names.namesOf(managed(inputs.realm, "user"), "userName", relatedIds(identity?.owners));
    return {
      inputs: {
        realm: inputs.realm,
        clientId: inputs.clientId,
        name: identity?.name,
        description: identity?.description ?? undefined,
        customAttributes: identity?.customAttributes ?? undefined,
        owners,
        ...decodeSections(schema, document, inputs),
      },
      outputs: { identityId: identityId(document) },
    };
  },

  write: async (context, { inputs, previous, live, outputs }) => {
    const { realm, clientId, name, description = null, customAttributes = null } = inputs;
    const { origin } = context.tenant;
    const where = { resource: `aic:AiAgent ${realm}/${clientId}`, field: "owners", tenant: origin };
    const userIds = await context.names.idsOf(managed(realm, "user"), "userName", inputs.owners ?? [], where);
    const { secret, ...credential } = nextSecret(inputs, previous, live?.document, outputs.secret);
    const uid = live ? identityId(live.document) : ownIdentityId(inputs);
    const sections = encodeSections(schema, inputs, previous, live?.document);
    const kept = live ? identityOf(live.document) : {};
    const released = inputs.description !== undefined || previous?.description !== undefined;
    const attributes = { name, customAttributes, ...(released && { description }) };
    const body = {
      ...sections,
      coreOAuth2ClientConfig: { ...(sections.coreOAuth2ClientConfig as Properties | undefined), ...credential },
      aiAgentIdentityUid: uid,
      aiAgentIdentityAttributes: {
        _id: uid,
        oauth2ClientId: clientId,
        description: kept.description ?? null,
        ...attributes,
      },
    };
    const put = () => context.tenant.am(realm).put("AIAgent", clientId, body, { ifNoneMatch: !live });
    const { document } = await needsAiAgents(context, realm, put);
    // AM passes on what differs from its own copy only, which knows nothing of a change in IDM (aic §2.4).
    const isStale = ([key, value]: [string, unknown]) =>
      live?.identity !== undefined &&
      !isDeepStrictEqual(live.identity[key] ?? null, value) &&
      isDeepStrictEqual(kept[key] ?? null, value);
    const stale = Object.fromEntries(Object.entries(attributes).filter(isStale));
    const identity = await syncIdentity(context, inputs, { document, identity: live?.identity }, stale, userIds);
    return { live: { document, identity }, outputs: { secret } };
  },

  remove: async ({ tenant }, { realm, clientId }) => {
    await tenant.am(realm).delete("AIAgent", clientId);
  },
};

const ownIdentityId = ({ realm, clientId }: AiAgentInputs) => deterministicId("aiagent", realm, clientId);

/** Brings the owners in line, and attributes that AM did not pass on, and answers the identity as IDM then has it. */
async function syncIdentity(
  context: AicContext,
  inputs: AiAgentInputs,
  { document, identity }: Live,
  stale: Properties,
  userIds: readonly string[],
): Promise<IdmObject | undefined> {
  const { realm } = inputs;
  const id = identityId(document);
  const current = relatedIds(identity?.owners);
  const owners = userIds.map((user) => relation(managed(realm, "user"), user));
  const operations = replacements({ ...stale, ...(!sameSet(current, userIds) && { owners }) });
  if (operations.length > 0) {
    const answer = await context.tenant.idm.patch(collection(realm), id, operations, { fields: IDENTITY_FIELDS });
    return withRelations(context, collection(realm), answer, "owners", IDENTITY_FIELDS);
  }
  if (!identity) {
    // Just created, and AM's answer shows all there is to know about the identity.
    return { ...identityOf(document), _id: id, owners: [] };
  }
  return context.managed(collection(realm), id, IDENTITY_FIELDS);
}

const sameSet = (a: readonly string[], b: readonly string[]) => a.toSorted().join() === b.toSorted().join();
