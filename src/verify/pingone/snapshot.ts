/** What the environment has of a plan: the live configuration that decides about its flows, read and never written. */
import { isObject, type Json, textsOf } from "../http.ts";
import type { PingOneAdmin } from "./admin.ts";
import type { PingOnePlan } from "./plan.ts";

export type LiveAgent = {
  readonly clientId: string;
  readonly enabled: boolean;
  /** PingOne's words for grant types. */
  readonly grantTypes: readonly string[];
  /** Ids of the scopes that it may ask for. */
  readonly granted: ReadonlySet<string>;
  /** Names of the resources that have them. */
  readonly reaches: readonly string[];
  /** Whether a policy is assigned that can ask users. */
  readonly canAsk: boolean;
};

export type LiveResource = {
  /** Ids of its scopes by name. */
  readonly scopes: ReadonlyMap<string, string>;
  /** Values of the claims of its tokens, by name. */
  readonly claims: ReadonlyMap<string, string>;
};

export type Snapshot = {
  /** By key in the declaration; only those whose client id is known and exists. */
  readonly agents: ReadonlyMap<string, LiveAgent>;
  /** By name. */
  readonly resources: ReadonlyMap<string, LiveResource>;
};

/** @param clientIdOf the client id behind a key of the declaration */
export async function takeSnapshot(
  admin: PingOneAdmin,
  { agents }: PingOnePlan,
  clientIdOf: (key: string) => Promise<string | undefined>,
): Promise<Snapshot> {
  const applications = await admin.rows("applications");
  const all = await admin.rows("resources");
  const live: [string, LiveAgent][] = [];
  for (const { key } of agents) {
    const clientId = await clientIdOf(key);
    const row = applications.find(({ id }) => id === clientId);
    if (row) live.push([key, await agentOf(admin, row, all)]);
  }
  const names = new Set(
    agents.flatMap(({ access, actsFor }) => [...access, ...actsFor].map(({ resource }) => resource)),
  );
  const resources: [string, LiveResource][] = [];
  for (const row of all) {
    if (names.has(String(row.name))) resources.push([String(row.name), await resourceOf(admin, row)]);
  }
  return { agents: new Map(live), resources: new Map(resources) };
}

async function agentOf(
  admin: PingOneAdmin,
  { id, enabled, grantTypes }: Json,
  all: readonly Json[],
): Promise<LiveAgent> {
  const grants = await admin.rows(`applications/${id}/grants`);
  const scopes = grants.flatMap((grant) => (Array.isArray(grant.scopes) ? grant.scopes.filter(isObject) : []));
  const owners = grants.map(({ resource }) => all.find((row) => isObject(resource) && row.id === resource.id)?.name);
  const assignments = await admin.rows(`applications/${id}/flowPolicyAssignments`);
  return {
    ...{ clientId: String(id), enabled: enabled === true, grantTypes: textsOf(grantTypes) },
    granted: new Set(scopes.map((scope) => String(scope.id))),
    reaches: owners.map(String),
    canAsk: assignments.length > 0,
  };
}

async function resourceOf(admin: PingOneAdmin, { id }: Json): Promise<LiveResource> {
  const scopes = await admin.rows(`resources/${id}/scopes`);
  const claims = await admin.rows(`resources/${id}/attributes`);
  return {
    scopes: new Map(scopes.map((row) => [String(row.name), String(row.id)])),
    claims: new Map(claims.map(({ name, value }) => [String(name), String(value)])),
  };
}
