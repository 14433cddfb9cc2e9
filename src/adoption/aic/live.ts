/** The agents of a realm, and the applications that they reach, as their kinds read them: whoever made them. */

import type { AmDocument } from "../../admin-api/aic/am.ts";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { PROVIDER_SETTINGS, type ProviderSettingName, type ProviderSettingValue } from "../../fields/aic-provider.ts";
import { decodePrivilege, PRIVILEGE_FIELDS } from "../../providers/aic/agent-privilege.ts";
import { aiAgent } from "../../providers/aic/ai-agent.ts";
import { APPLICATION_FIELDS, application } from "../../providers/aic/application.ts";
import type { AicContext } from "../../providers/aic/context.ts";
import { needsAiAgents } from "../../providers/aic/feature.ts";
import { oauth2Client } from "../../providers/aic/oauth2-client.ts";
import { grantTypesOf, mappingOf, settingOf } from "../../providers/aic/oauth2-provider.ts";
import { managed, type RealmType } from "../../providers/aic/relations.ts";
import { script, scriptsOf } from "../../providers/aic/script.ts";
import type { AnyKind } from "../../providers/kind.ts";
import { type Mark, markIn } from "../../providers/owner.ts";
import type { Properties } from "../../providers/pulumi-values.ts";
import { type FoundScript, followingOf, scriptIdsOf } from "./delegation.ts";

/** What an agent may do, in the terms of a privilege; `application` is missing where that has no client. */
export type FoundPrivilege = Awaited<ReturnType<typeof decodePrivilege>> & {
  readonly id: string;
  readonly mark: Mark;
};

/** An agent in the terms of its kind. */
export type FoundAgent = {
  readonly clientId: string;
  readonly inputs: Properties;
  readonly mark: Mark;
  readonly privileges: readonly FoundPrivilege[];
};

/** An application with its client, in the terms of their kinds. */
export type FoundApplication = {
  readonly clientId: string;
  /** Missing where nothing but the link is left of it. */
  readonly client: { readonly inputs: Properties; readonly mark: Mark } | undefined;
  /** Managed applications that are linked with the client. */
  readonly linked: readonly { readonly inputs: Properties; readonly mark: Mark }[];
};

/** What the realm's OAuth2 provider offers. */
export type Offered = {
  readonly grantTypes: readonly string[];
  readonly acr: Readonly<Record<string, string>>;
  readonly settings: Readonly<Partial<Record<ProviderSettingName, ProviderSettingValue>>>;
};

/** What a realm has. */
export type FoundRealm = {
  readonly agents: readonly FoundAgent[];
  /** Those that an agent reaches or that are asked for, and those that act with tokens of these and of agents. */
  readonly applications: readonly FoundApplication[];
  /** Scripts that these refer to. */
  readonly scripts: readonly FoundScript[];
  /** What its OAuth2 provider offers; undefined where that is not known. */
  readonly offered: Offered | undefined;
};

/**
 * Reads a realm: a list of each sort of object, and names in batches.
 *
 * @param asked client ids or names of applications that are read whoever reaches them
 * @throws AdminApiError, ERR_AI_AGENTS_DISABLED
 */
export async function foundIn(context: AicContext, realm: string, asked: readonly string[] = []): Promise<FoundRealm> {
  const list = (type: RealmType, fields: readonly string[]) =>
    context.tenant.idm.query(managed(realm, type), "true", { fields });
  const [agents, clients, applications, rows, provider] = await needsAiAgents(context, realm, () =>
    Promise.all([
      context.agents(realm, "AIAgent"),
      context.agents(realm, "OAuth2Client"),
      list("application", APPLICATION_FIELDS),
      list("aiagentprivilege", PRIVILEGE_FIELDS),
      context.tenant.am(realm).getOAuth2Provider(),
    ]),
  );
  const privileges = await Promise.all(rows.map((row) => privilegeFrom(context, realm, row)));
  const byAgent = Map.groupBy(privileges, ({ agent }) => agent);
  const found = await Promise.all(
    agents.map(async ({ _id: clientId }) => ({
      ...{ clientId, privileges: byAgent.get(clientId) ?? [] },
      ...(await agentFrom(context, { realm, clientId })),
    })),
  );
  const scripts: FoundScript[] = [];
  const actorsOf = async (those: readonly { readonly clientId: string; readonly inputs: Properties }[]) => {
    const ids = new Set(those.flatMap(({ inputs }) => scriptIdsOf(inputs)));
    const unread = [...ids].filter((one) => scripts.every(({ id }) => id !== one));
    scripts.push(...(await scriptsIn(context, realm, unread)));
    return those.flatMap(({ clientId, inputs }) => followingOf(clientId, inputs, scripts).actor ?? []);
  };
  const applicationFrom = async (clientId: string): Promise<FoundApplication> => {
    const document = clients.find(({ _id }) => _id === clientId);
    const linked = applications.filter(({ ssoEntities }) => isRecord(ssoEntities) && ssoEntities.oidcId === clientId);
    const key = { realm, clientId };
    return {
      clientId,
      client: document && (await shown(oauth2Client, context, key, document)),
      linked: await Promise.all(linked.map((row) => shown(application, context, key, row))),
    };
  };
  const reached = new Map<string, FoundApplication>();
  let next = [
    ...privileges.flatMap(({ application: id }) => (typeof id === "string" ? [id] : [])),
    ...(await actorsOf(found)),
    ...clients.flatMap(({ _id }) => (asked.includes(_id) ? [_id] : [])),
    ...applications.flatMap(({ name, ssoEntities }) => {
      const clientId = isRecord(ssoEntities) ? ssoEntities.oidcId : undefined;
      return asked.includes(String(name)) && typeof clientId === "string" ? [clientId] : [];
    }),
  ];
  while (next.length > 0) {
    const ids = [...new Set(next)].filter((id) => !reached.has(id));
    const those = await Promise.all(ids.map(applicationFrom));
    for (const one of those) reached.set(one.clientId, one);
    next = await actorsOf(
      those.flatMap(({ clientId, client }) => (client ? [{ clientId, inputs: client.inputs }] : [])),
    );
  }
  return {
    ...{ agents: found, scripts },
    applications: [...reached.values()].sort((a, b) => (a.clientId < b.clientId ? -1 : 1)),
    offered: provider && offeredBy(provider),
  };
}

function offeredBy(provider: AmDocument): Offered {
  const settings = PROVIDER_SETTINGS.map((setting) => [setting, settingOf(provider, setting)] as const);
  const set = settings.filter(([, value]) => value !== undefined);
  return { grantTypes: grantTypesOf(provider), acr: mappingOf(provider), settings: Object.fromEntries(set) };
}

/** The scripts that a declaration may make for a client. */
async function scriptsIn(context: AicContext, realm: string, ids: readonly string[]): Promise<FoundScript[]> {
  const kind: AnyKind<AicContext> = script;
  const read = async (id: string): Promise<FoundScript[]> => {
    const live = await scriptsOf(context, { realm }).get(id);
    return live ? [{ id, inputs: (await kind.decode(context, live, { realm }, undefined)).inputs }] : [];
  };
  return (await Promise.all(ids.map(read))).flat();
}

async function privilegeFrom(context: AicContext, realm: string, row: IdmObject): Promise<FoundPrivilege> {
  return { ...(await decodePrivilege(context, realm, row)), id: row._id, mark: markIn(row.description) };
}

async function agentFrom(context: AicContext, key: Properties) {
  const kind: AnyKind<AicContext> = aiAgent;
  return shown(kind, context, key, await kind.observe(context, key, {}, undefined));
}

/** An object in the terms of its kind, with nothing declared. */
async function shown(kind: AnyKind<AicContext>, context: AicContext, key: Properties, live: AmDocument | IdmObject) {
  const { inputs } = await kind.decode(context, live, key, undefined);
  const mark: Mark = kind.mark?.(live, { inputs: key, outputs: {}, owner: undefined, inState: false }) ?? markIn("");
  return { inputs, mark };
}
