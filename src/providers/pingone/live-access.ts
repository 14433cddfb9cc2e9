/** What agents of an environment may do, read from PingOne: every agent, application and grant, whoever made it. */

import { z } from "zod";
import type { Owned } from "../../access/access.ts";
import type { People } from "../../access/people.ts";
import { saidByClaims } from "../../access/pingone/claims.ts";
import { acts, type ClientFacts, type GrantFacts, type PingOneFacts } from "../../access/pingone/facts.ts";
import type { Party } from "../../access/row.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import { type PingOneEnvironment, scimEq } from "../../admin-api/pingone/environment.ts";
import { type Claim, OPENID } from "../../fields/pingone.ts";
import { applicationSettings } from "./application-settings.ts";
import type { PingOneContext } from "./context.ts";
import { decodeProperties } from "./properties.ts";

const { enabled, grantTypes, userAccess } = applicationSettings;
/** What decides about access of an application, of all its settings. */
const settings = z.strictObject({ enabled, grantTypes, userAccess });

/** The keys that a declaration has for objects, by their names: these are their ids among the facts. */
export type Keys = { readonly clients: ReadonlyMap<string, string>; readonly resources: ReadonlyMap<string, string> };

/**
 * Everything that decides about access in an environment. Grants are listed below each application (pingone §5.2), so that an
 * application costs a call (decision 0008).
 *
 * @throws AdminApiError
 */
export async function liveFacts(
  context: PingOneContext,
  environmentId: string | undefined,
  keys: Keys,
): Promise<PingOneFacts> {
  const environment = context.environment(environmentId);
  const [applications, rows] = await Promise.all([context.applications(environmentId), environment.resources.list()]);
  const resources = await Promise.all(rows.map((row) => resourceFrom(environment, row, keys)));
  const scopes = new Map(resources.flatMap((resource) => resource.scopes));
  const ids = new Map(resources.map(({ wireId, id }) => [wireId, id]));
  const known = { scopes, resources: ids };
  const oidc = applications.filter(({ protocol }) => protocol === "OPENID_CONNECT");
  const isDelegated = resources.some(({ claims }) => claims.may_act !== undefined);
  const clients = await Promise.all(
    oidc.map(async (application) => {
      const client = { ...(await clientFrom(context, environment, application, keys)), grants: [] };
      // Whoever is switched off gets nothing, and what no agent exchanges decides about none.
      const matters = client.enabled && (isDelegated || acts(client));
      const grants = matters ? await grantsOf(environment, application.id, known) : [];
      return { wireId: application.id, ...client, grants };
    }),
  );
  const clientIds = new Map(clients.map(({ wireId, id }) => [wireId, id]));
  return {
    clients,
    resources: resources.map(({ claims, ...resource }) => ({ ...resource, ...saidByClaims(claims, clientIds) })),
    people: await livePeople(
      context,
      environmentId,
      clients.flatMap(({ groups }) => groups?.names ?? []),
    ),
  };
}

/**
 * How many people are in groups; who they are is not asked. A group that holds other groups, or that takes people in by a filter, stays
 * unknown (pingone §5.10).
 *
 * @throws AdminApiError
 */
export async function livePeople(
  context: PingOneContext,
  environmentId: string | undefined,
  groups: readonly string[],
): Promise<People> {
  if (groups.length === 0) return new Map();
  const { id, groups: all } = context.environment(environmentId);
  const rows = await context.rows(`${id} groups`, all);
  return new Map(
    rows.flatMap(({ name, directMemberCounts: counts, userFilter }) => {
      const isKnown = isRecord(counts) && typeof counts.users === "number" && counts.groups === 0 && !userFilter;
      return isKnown && groups.includes(String(name)) ? [[String(name), { size: Number(counts.users) }] as const] : [];
    }),
  );
}

/** User names in one filter: keeps the URL well below the length that gateways take. */
const BATCH = 40;

/**
 * The owners whose accounts are switched off.
 *
 * @throws AdminApiError
 */
export async function disabledOf(
  context: PingOneContext,
  environmentId: string | undefined,
  owned: readonly Owned[],
): Promise<Owned[]> {
  const { users } = context.environment(environmentId);
  const names = [...new Set(owned.map(({ owner }) => owner))];
  const starts = names.flatMap((_one, index) => (index % BATCH === 0 ? [index] : []));
  const ask = (start: number) =>
    users.list(
      names
        .slice(start, start + BATCH)
        .map((one) => scimEq("username", one))
        .join(" or "),
    );
  const rows = (await Promise.all(starts.map(ask))).flat();
  const disabled = new Set(rows.flatMap(({ username, enabled: isOn }) => (isOn === false ? [username] : [])));
  return owned.filter(({ owner }) => disabled.has(owner));
}

/** Names of scopes, and what resources are called among the facts, by their ids. */
type Known = { readonly scopes: ReadonlyMap<string, string>; readonly resources: ReadonlyMap<string, string> };

async function grantsOf(environment: PingOneEnvironment, application: string, known: Known): Promise<GrantFacts[]> {
  const grants = await environment.below(application, "grants").list();
  return grants.map(({ resource, scopes }) => {
    const ids = (Array.isArray(scopes) ? scopes : []).map(refId);
    return {
      resource: known.resources.get(refId(resource)) ?? refId(resource),
      scopes: ids.map((id) => known.scopes.get(id) ?? id).toSorted(),
    };
  });
}

/** What an environment has may be of another form than what is declared. */
const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

const refId = (value: unknown) => (isRecord(value) ? String(value.id) : "");

type LiveResource = Party & {
  readonly isOpenId: boolean;
  readonly wireId: string;
  /** Names by id. */
  readonly scopes: readonly (readonly [id: string, name: string])[];
  readonly claims: Readonly<Record<string, Claim>>;
};

async function resourceFrom(environment: PingOneEnvironment, row: PingOneObject, keys: Keys): Promise<LiveResource> {
  const isOpenId = row.type === "OPENID_CONNECT";
  const [scopes, claims] = await Promise.all([
    environment.scopes(row.id).list(),
    isOpenId ? [] : environment.resourceAttributes(row.id).list(),
  ]);
  const name = String(row.name);
  return {
    wireId: row.id,
    id: isOpenId ? OPENID : (keys.resources.get(name) ?? row.id),
    name: isOpenId ? "OpenID Connect" : name,
    isOpenId,
    scopes: scopes.map((scope) => [scope.id, String(scope.name)] as const),
    claims: Object.fromEntries(
      claims.map((claim) => [claim.name, { value: String(claim.value), required: claim.required === true }]),
    ),
  };
}

async function clientFrom(
  context: PingOneContext,
  environment: PingOneEnvironment,
  application: PingOneObject,
  keys: Keys,
): Promise<Omit<ClientFacts, "grants">> {
  const found = decodeProperties(settings, application, {});
  const name = String(application.name);
  const groups = isRecord(found.userAccess) ? found.userAccess.groups : undefined;
  const limit = isRecord(groups) && {
    match: groups.match === "all" ? ("all" as const) : ("any" as const),
    names: await context.names(environment.id).namesOf("groups", texts(groups.names)),
  };
  return {
    id: keys.clients.get(name) ?? application.id,
    ...{ name, isAgent: application.type === "AI_AGENT", enabled: found.enabled === true },
    grantTypes: texts(found.grantTypes),
    ...(limit && { groups: limit }),
  };
}
