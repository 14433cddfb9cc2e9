/** `aic:AiAgent`: an AI agent, that is an AM agent profile and the IDM identity that lives and dies with it (aic §2). */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import { clientBearings, owners } from "../../drift/aic/client-bearings.ts";
import { guard } from "../../drift/bearing.ts";
import { life, text, undeclared } from "../../drift/shared-bearings.ts";
import { clientIdSchema, customAttributes, realmSchema } from "../../fields/aic.ts";
import { description, set } from "../../fields/text.ts";
import { owned } from "../annotations.ts";
import type { Known, ResourceKind } from "../kind.ts";
import { keptStop, lifeInputs, sayStopped, shownLife, stopAgainst, writtenLife } from "../life.ts";
import { once } from "../once.ts";
import { isOf, isOfStack, KIT, type Mark, markOf, NOBODY, type Owner } from "../owner.ts";
import type { Properties } from "../pulumi-values.ts";
import { agentAccessInputs, decodeAccess, repairAccess } from "./agent-access.ts";
import { type AgentPair, IDENTITY_FIELDS, identities, identityId, identityOf } from "./agent-identity.ts";
import { attributesOf, isOn, leaveAgent, lifeIn, otherAttributes, withLife } from "./agent-life.ts";
import { decodeSections, encodeSections } from "./attributes.ts";
import { carried, clientMark, marked, realmInputs } from "./client-mark.ts";
import { clientSecretInputs, clientSecretOutputs, nextSecret } from "./client-secret.ts";
import { type AicContext, withRelations } from "./context.ts";
import { needsAiAgents } from "./feature.ts";
import { deterministicId } from "./ids.ts";
import { replacements } from "./managed-kind.ts";
import { oauth2Settings } from "./oauth2-settings.ts";
import { managed, relatedIds, relation } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  clientId: clientIdSchema.describe("OAuth 2.0 client id: letters, digits, dash, underscore"),
  name: z.string().min(1).describe("What people read"),
  description: description.optional(),
  customAttributes: owned(customAttributes.optional()).describe(
    "Free map of strings on the identity, by which scripts and policies may decide",
  ),
  owners: owned(set().optional(), []).meta({ description: "User names of the owners", otherwise: "none" }),
  ...lifeInputs,
  ...agentAccessInputs,
  ...clientSecretInputs,
  ...realmInputs,
  ...oauth2Settings,
});
type AiAgentInputs = z.infer<typeof schema>;

const outputs = z.object({
  identityId: z.string().describe("UUID of the identity in IDM"),
  ...clientSecretOutputs,
});
type Live = Pick<AgentPair, "document"> & {
  /** Reads the identity when it is first asked for: a delete needs none. Missing when somebody deleted it by hand. */
  identity(): Promise<AgentPair["identity"]>;
  /** True after a write, which has seen to the access that is not declared. */
  readonly repaired?: true;
};

export const aiAgent: ResourceKind<typeof schema, typeof outputs, Live, AicContext> = {
  type: "aic:AiAgent",
  inputs: schema.describe("An AI agent with its identity, owners and OAuth 2.0 settings."),
  outputs,
  immutable: ["realm", "clientId"],
  secret: ["clientSecret"],
  notShown: ["clientSecret", "secretRotation", "privileges", "undeclaredAccess", "allow", "onRemove"],
  drift: {
    noun: "agent",
    fields: {
      ...clientBearings,
      ...text,
      ...life,
      owners,
      customAttributes: { "*": guard("scripts and policies that decide by its attributes may decide otherwise") },
      undeclared,
    },
  },
  id: ({ realm, clientId }) => `${realm}/${clientId}`,

  observe: async (context, { realm, clientId }) => {
    const document = await context.agent(realm, "AIAgent", clientId);
    if (!document) return undefined;
    const identity = once(() => context.managed(identities(realm), identityId(document), IDENTITY_FIELDS));
    return { document, identity };
  },

  mark: ({ document }, known) => agentMark(document, known),

  decode: async (context, { document, identity: read, repaired }, inputs, owner) => {
    const { names } = context;
    const identity = await read();
    const looked = { agent: inputs, identityId: identityId(document), owner };
    const undeclared = repaired ? inputs.undeclared : await decodeAccess(context, looked);
    const owners = await names.namesOf(managed(inputs.realm, "user"), "userName", relatedIds(identity?.owners));
    const attributes = identity?.customAttributes;
    return {
      inputs: {
        realm: inputs.realm,
        clientId: inputs.clientId,
        name: identity?.name,
        description: identity?.description ?? undefined,
        customAttributes: otherAttributes(attributes, inputs.customAttributes),
        owners,
        undeclared,
        ...decodeSections(schema, document, inputs),
        addedGrantTypes: carried(document, inputs),
        ...shownLife(inputs, lifeIn(attributes), { isOn: isOn({ document, identity }), isWritten: repaired }),
      },
      outputs: { identityId: identityId(document) },
    };
  },

  resolve: ownerIds,
  announce: ({ names }, { realm, clientId }) => names.expected.add(`AIAgent ${realm}`, clientId),

  write: async (context, change) => {
    const { inputs, previous, live, owner } = change;
    const { realm, clientId, name, description = null } = inputs;
    const userIds = await ownerIds(context, inputs);
    const resource = `aic:AiAgent ${realm}/${clientId}`;
    const former = await live?.identity();
    const { outputs, credential } = nextSecret(change, live?.document, resource);
    const uid = live ? identityId(live.document) : ownIdentityId(inputs);
    const life = live ? lifeIn(attributesOf({ document: live.document, identity: former })) : {};
    const stopped = stopAgainst(inputs, life);
    const wanted = stopped === undefined ? inputs : { ...inputs, enabled: false };
    const sections = encodeSections(schema, wanted, previous, live?.document);
    const customAttributes = withLife(inputs.customAttributes, writtenLife(inputs, life));
    const kept = live ? identityOf(live.document) : {};
    const released = inputs.description !== undefined || previous?.description !== undefined;
    const attributes = { name, customAttributes, ...(released && { description }) };
    const body = {
      ...sections,
      coreOAuth2ClientConfig: { ...(sections.coreOAuth2ClientConfig as Properties | undefined), ...credential },
      ...marked(sections.advancedOAuth2ClientConfig as Properties | undefined, inputs, owner),
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
      former !== undefined &&
      !isDeepStrictEqual(former[key] ?? null, value) &&
      isDeepStrictEqual(kept[key] ?? null, value);
    const stale = Object.fromEntries(Object.entries(attributes).filter(isStale));
    sayStopped(resource, inputs, stopped);
    const identity = await syncIdentity(context, inputs, { document, identity: former }, stale, userIds);
    if (live) {
      const mark = agentMark(live.document, { inputs, outputs: {}, owner });
      const before = previous ?? (isOfStack(mark, owner) || isOf(mark, owner) ? undefined : "adopted");
      await repairAccess(context, { agent: inputs, identityId: uid, owner }, before);
    }
    return { live: { document, identity: async () => identity, repaired: true }, outputs };
  },

  kept: (olds, news) => keptStop(`aic:AiAgent ${news.realm}/${news.clientId}`, olds, news),

  remove: async ({ tenant }, { realm, clientId }) => {
    await tenant.am(realm).delete("AIAgent", clientId);
  },

  leave: async (context, how, { document, identity }, { inputs: { realm }, owner }) =>
    leaveAgent(context, how, { document, identity: await identity() }, { realm, owner }),
};

/** The ids of the owners. */
function ownerIds({ names, tenant }: AicContext, { realm, clientId, owners = [] }: AiAgentInputs): Promise<string[]> {
  const where = { resource: `aic:AiAgent ${realm}/${clientId}`, field: "owners", tenant: tenant.origin };
  return names.idsOf(managed(realm, "user"), "userName", owners, where);
}

const ownIdentityId = ({ realm, clientId }: AiAgentInputs) => deterministicId("aiagent", realm, clientId);

type KnownAgent = Omit<Known<typeof schema, typeof outputs>, "inState">;

/** Whose an agent is. */
function agentMark(document: AmDocument, { inputs, outputs, owner }: KnownAgent): Mark {
  const live = identityId(document);
  // Agent and identity live and die together: another identity is another agent, whatever it says of itself.
  if (outputs.identityId !== undefined && outputs.identityId !== live) return foreign(clientMark(document), owner);
  const mark = clientMark(document);
  if (mark !== NOBODY) return mark;
  if (live === outputs.identityId) return markOf(owner);
  return live === ownIdentityId(inputs) ? KIT : NOBODY;
}

/** The mark of an agent that is not ours: a copy that carries our own mark is somebody's, too. */
const foreign = (mark: Mark, owner: Owner | undefined) => (isOf(mark, owner) || mark.whose === "kit" ? NOBODY : mark);

/** Brings the owners in line, and attributes that AM did not pass on, and answers the identity as IDM then has it. */
async function syncIdentity(
  context: AicContext,
  inputs: AiAgentInputs,
  { document, identity }: { readonly document: AmDocument; readonly identity: IdmObject | undefined },
  stale: Properties,
  userIds: readonly string[],
): Promise<IdmObject | undefined> {
  const { realm } = inputs;
  const id = identityId(document);
  const current = relatedIds(identity?.owners);
  const owners = userIds.map((user) => relation(managed(realm, "user"), user));
  const operations = replacements({ ...stale, ...(!sameSet(current, userIds) && { owners }) });
  if (operations.length > 0) {
    const answer = await context.tenant.idm.patch(identities(realm), id, operations, { fields: IDENTITY_FIELDS });
    return withRelations(context, identities(realm), answer, "owners", IDENTITY_FIELDS);
  }
  if (!identity) {
    // Just created, and AM's answer shows all there is to know about the identity.
    return { ...identityOf(document), _id: id, owners: [] };
  }
  return context.managed(identities(realm), id, IDENTITY_FIELDS);
}

const sameSet = (a: readonly string[], b: readonly string[]) => a.toSorted().join() === b.toSorted().join();
