/** What agents of a realm may do, read from the tenant: every agent and privilege, whoever made it, in a list of each; and who answers for it. */

import { z } from "zod";
import type { Live, Owned } from "../../access/access.ts";
import { type AgentFacts, type AicFacts, actsAsAgent, type PrivilegeFacts } from "../../access/aic/facts.ts";
import type { People } from "../../access/people.ts";
import type { Party } from "../../access/row.ts";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import { anyOf, type IdmObject } from "../../admin-api/aic/idm.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import type { ScriptValues } from "../../fields/aic-script.ts";
import type { Properties } from "../pulumi-values.ts";
import { decodePrivilege, PRIVILEGE_FIELDS } from "./agent-privilege.ts";
import { decodeSections, unwrap } from "./attributes.ts";
import type { AicContext } from "./context.ts";
import { fromBase64 } from "./esv.ts";
import { needsAiAgents } from "./feature.ts";
import { BATCH } from "./names.ts";
import { section, settingOf } from "./oauth2-provider.ts";
import { EMPTY, oauth2Settings } from "./oauth2-settings.ts";
import { managed, type RealmType, relatedIds } from "./relations.ts";
import { scriptsOf } from "./script.ts";
import { saysNothing, scriptValues } from "./script-text.ts";

const { enabled, grantTypes, scopes, tokens, overrides } = oauth2Settings;
/** What decides about access of a client, of all its settings. */
const settings = z.strictObject({ enabled, grantTypes, scopes, tokens, overrides });

/**
 * Everything that decides about access in a realm.
 *
 * @param people users whose groups are of interest, beside those whom privileges name
 * @throws AdminApiError, ERR_AI_AGENTS_DISABLED
 */
export async function liveFacts(
  context: AicContext,
  realm: string,
  people: readonly string[],
): Promise<AicFacts & { readonly live: Live }> {
  const list = (type: RealmType, fields: readonly string[]) =>
    context.tenant.idm.query(managed(realm, type), "true", { fields });
  const [agents, clients, identities, managedApplications, rows, provider] = await needsAiAgents(context, realm, () =>
    Promise.all([
      context.agents(realm, "AIAgent"),
      context.agents(realm, "OAuth2Client"),
      list("aiagent", ["_id", "oauth2ClientId", "owners"]),
      list("application", ["_id", "name", "ssoEntities", "owners"]),
      context.privileges(realm, PRIVILEGE_FIELDS),
      context.tenant.am(realm).getOAuth2Provider(),
    ]),
  );
  const privileges = await Promise.all(rows.map((row) => privilegeFrom(context, realm, row)));
  const byAgent = Map.groupBy(privileges, ({ agent }) => agent);
  const names = new Map(managedApplications.map((row) => [linkOf(row), String(row.name)]));
  const ofProvider = providerDelegation(provider ?? {});
  const scripts = await scriptsIn(context, realm, [...agents, ...clients], ofProvider);
  const clientFrom = (document: AmDocument, name: string | undefined) => ({
    ...client(document, name),
    ...delegation(document, ofProvider, scripts),
  });
  const applications = clients.map((document) => ({
    ...clientFrom(document, names.get(document._id)),
    is: "application" as const,
    privileges: [],
  }));
  const acting = [
    ...agents.map((document) => ({
      ...clientFrom(document, identityName(document)),
      is: "agent" as const,
      privileges: byAgent.get(document._id) ?? [],
    })),
    ...applications.filter((one) => actsAsAgent(one.grantTypes)),
  ];
  const ownersOf = new Map([
    ...identities.map((row) => [row.oauth2ClientId, relatedIds(row.owners)] as const),
    ...managedApplications.map((row) => [linkOf(row), relatedIds(row.owners)] as const),
  ]);
  const owned = acting.flatMap(({ id, name }) => (ownersOf.get(id) ?? []).map((user) => ({ of: { id, name }, user })));
  return {
    live: {
      disabledOwners: await disabledAmong(context, realm, owned),
      isRegistrationOpen: section(provider ?? {}, "clientDynamicRegistrationConfig").allowDynamicRegistration === true,
    },
    agents: acting,
    sources: applications.filter((one) => !actsAsAgent(one.grantTypes)),
    applications: new Map(applications.map(({ id, name, scopes: own }) => [id, { name, scopes: own }])),
    people: await livePeople(context, realm, {
      groups: privileges.flatMap(({ subjectGroups }) => subjectGroups),
      users: [...people, ...privileges.flatMap(({ subjects }) => subjects)],
    }),
  };
}

/** Objects whose property has one of the values, in as few calls as filters allow. */
async function inBatches(
  { tenant: { idm } }: AicContext,
  collection: string,
  field: string,
  values: readonly string[],
  fields: readonly string[],
): Promise<IdmObject[]> {
  const all = [...new Set(values)];
  const starts = all.flatMap((_one, index) => (index % BATCH === 0 ? [index] : []));
  const ask = (start: number) =>
    idm.query(collection, anyOf(field, all.slice(start, start + BATCH)), { fields: ["_id", ...fields] });
  return (await Promise.all(starts.map(ask))).flat();
}

/** The owners whose accounts are switched off, by their user names. */
async function disabledAmong(
  context: AicContext,
  realm: string,
  owned: readonly { readonly of: Party; readonly user: string }[],
): Promise<Owned[]> {
  const ids = owned.map(({ user }) => user);
  const users = await inBatches(context, managed(realm, "user"), "_id", ids, ["userName", "accountStatus"]);
  const disabled = new Map(users.filter(isDisabled).map(({ _id, userName }) => [_id, String(userName)]));
  return owned.flatMap(({ of, user }) => {
    const owner = disabled.get(user);
    return owner === undefined ? [] : [{ of, owner }];
  });
}

/** An account without a status is active. */
const isDisabled = ({ accountStatus }: IdmObject) =>
  typeof accountStatus === "string" && accountStatus.toLowerCase() !== "active";

/**
 * The members of groups: by name those who are asked for, by id the others. A group that is not there stays unknown.
 *
 * @throws AdminApiError
 */
export async function livePeople(
  context: AicContext,
  realm: string,
  wanted: { readonly groups: readonly string[]; readonly users: readonly string[] },
): Promise<People> {
  if (wanted.groups.length === 0) return new Map();
  const [groups, users] = await Promise.all([
    inBatches(context, managed(realm, "group"), "_id", wanted.groups, ["members"]), // a group's id is its name (aic §3.1)
    inBatches(context, managed(realm, "user"), "userName", wanted.users, ["userName"]),
  ]);
  const names = new Map(users.map(({ _id, userName }) => [_id, String(userName)]));
  return new Map(
    groups.map(({ _id, members }) => {
      const known = new Set(relatedIds(members).map((id) => names.get(id) ?? id));
      return [_id, { size: known.size, members: known }];
    }),
  );
}

function client(document: AmDocument, name: string = document._id): Omit<AgentFacts, "is" | "privileges"> {
  const found = decodeSections(settings, document, {});
  // A scope may carry a text that is shown: `name|text` (aic §5.2).
  const own = texts(found.scopes).map((one) => one.replace(/\|.*/s, ""));
  return { id: document._id, name, enabled: found.enabled === true, grantTypes: texts(found.grantTypes), scopes: own };
}

/** What the provider says of exchanges, for clients whose own overrides are not in force. */
type ProviderDelegation = { readonly mayActScript: unknown; readonly acceptsAudience: boolean };

const providerDelegation = (provider: Properties): ProviderDelegation => ({
  mayActScript: section(provider, "coreOAuth2Config").accessTokenMayActScript,
  acceptsAudience: settingOf(provider, "acceptAudienceParametersInTokenExchangeRequests") === true,
});

/** Of a client: its scripts, by id, and what it may exchange tokens for (delegation §2.2). */
function delegationOf(document: AmDocument, ofProvider: ProviderDelegation) {
  const found = decodeSections(settings, document, {});
  const [block, lists] = [found.overrides as Properties, found.tokens as Properties];
  const isOwn = block.enabled === true;
  const accepts = isOwn ? block.acceptAudienceParametersInTokenExchangeRequests === true : ofProvider.acceptsAudience;
  return {
    mayAct: isOwn ? block.accessTokenMayActScript : ofProvider.mayActScript,
    modification:
      isOwn && block.accessTokenModificationPluginType === "SCRIPTED" ? block.accessTokenModificationScript : undefined,
    audiences: accepts ? texts(lists.allowedAudiences) : [],
  };
}

/** Whether the field of a holder names a script. */
const isScript = (id: unknown): id is string => typeof id === "string" && id !== "" && id !== EMPTY;

/** What the scripts of clients say, by id; undefined for one that says more than values, or that is not there. */
async function scriptsIn(
  context: AicContext,
  realm: string,
  documents: readonly AmDocument[],
  ofProvider: ProviderDelegation,
): Promise<ReadonlyMap<unknown, ScriptValues | undefined>> {
  const used = documents.flatMap((document) => {
    const { mayAct, modification } = delegationOf(document, ofProvider);
    return [mayAct, modification];
  });
  const ids = [...new Set(used)].filter(isScript);
  const read = async (id: string) => {
    const found = await scriptsOf(context, { realm }).get(id);
    const text = found && fromBase64(String(found.script));
    return [id, text === undefined ? undefined : (scriptValues(text) ?? (saysNothing(text) ? {} : undefined))] as const;
  };
  return new Map(await Promise.all(ids.map(read)));
}

function delegation(
  document: AmDocument,
  ofProvider: ProviderDelegation,
  scripts: ReadonlyMap<unknown, ScriptValues | undefined>,
): Pick<AgentFacts, "mayAct" | "unreadScript" | "audience" | "audiences"> {
  const { mayAct, modification, audiences } = delegationOf(document, ofProvider);
  const [named, shaping] = [scripts.get(mayAct), scripts.get(modification)];
  return {
    mayAct: named && "mayAct" in named ? named.mayAct.client : undefined,
    unreadScript: isScript(mayAct) && !named ? mayAct : undefined,
    audience: shaping && "audience" in shaping ? shaping.audience : undefined,
    audiences,
  };
}

/** What a tenant has may be of another form than what is declared. */
const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

/** The name of an agent is that of its identity, which its profile carries along. */
function identityName(document: AmDocument): string | undefined {
  const attributes = unwrap(document.aiAgentIdentityAttributes);
  return isRecord(attributes) && typeof attributes.name === "string" ? attributes.name : undefined;
}

/** The client id that a managed application is linked with. */
const linkOf = ({ ssoEntities }: IdmObject) => (isRecord(ssoEntities) ? ssoEntities.oidcId : undefined);

async function privilegeFrom(
  context: AicContext,
  realm: string,
  row: IdmObject,
): Promise<PrivilegeFacts & { readonly agent: unknown }> {
  const { agent, application, scopes: allowed, subjects, subjectGroups } = await decodePrivilege(context, realm, row);
  const target = typeof application === "string" ? application : "an application without a client";
  return { agent, application: target, scopes: allowed, subjects, subjectGroups, id: row._id };
}
