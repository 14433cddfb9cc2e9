/** What the environment has of a plan: the live configuration that decides about its flows, read and never written. */
import { isObject, type Json, textOf, textsOf } from "../http.ts";
import type { Settings } from "../widened.ts";
import type { PingOneAdmin } from "./admin.ts";
import { readOwners } from "./owners.ts";
import type { PingOnePlan } from "./plan.ts";
import { groupsOf, settingsOf, WATCHED, WATCHED_OF_RESOURCES } from "./settings.ts";

/** A claim of tokens. */
export type LiveClaim = {
  readonly value: string;
  /** Whether every object of its kind has it from the start. */
  readonly isBuiltIn: boolean;
};

/** An agent or another application. */
export type LiveClient = {
  readonly clientId: string;
  readonly enabled: boolean;
  /** Since when an agent is stopped, as its metadata says. */
  readonly stopped?: string | undefined;
  /** PingOne's words for grant types. */
  readonly grantTypes: readonly string[];
  /** Ids of the scopes that it may ask for. */
  readonly granted: ReadonlySet<string>;
  /** Names of the resources that have them. */
  readonly reaches: readonly string[];
  /** Claims about the user, by name. */
  readonly claims: ReadonlyMap<string, LiveClaim>;
  /** Names of the policies by which users sign on. */
  readonly policies: readonly string[];
  /** Who may manage it, as an allowance names them. */
  readonly owners: readonly string[];
  /** Whether a policy is assigned that can ask users. */
  readonly canAsk: boolean;
  /** What else decides about access, by name. */
  readonly settings: Settings;
};

export type LiveResource = {
  /** Ids of its scopes by name. */
  readonly scopes: ReadonlyMap<string, string>;
  /** Claims of its tokens, by name. */
  readonly claims: ReadonlyMap<string, LiveClaim>;
  /** What else decides about access, by name. */
  readonly settings: Settings;
};

export type Snapshot = {
  /** Agents and applications by key in the declaration; only those whose client id is known and exists. */
  readonly clients: ReadonlyMap<string, LiveClient>;
  /** By name: those of the plan, and those that its clients reach. */
  readonly resources: ReadonlyMap<string, LiveResource>;
  /** What was not looked at, in words. */
  readonly unseen: readonly string[];
};

/** @param clientIdOf the client id behind a key of the declaration */
export async function takeSnapshot(
  admin: PingOneAdmin,
  plan: PingOnePlan,
  clientIdOf: (key: string) => Promise<string | undefined>,
): Promise<Snapshot> {
  const applications = await admin.rows("applications");
  const all = await admin.rows("resources");
  const names = namesIn(admin, all);
  const { byApplication, unseen } = await readOwners(admin);
  const clients = new Map<string, LiveClient>();
  for (const { key } of [...plan.agents, ...plan.applications]) {
    const clientId = await clientIdOf(key);
    const row = applications.find(({ id }) => id === clientId);
    const owners = byApplication.get(clientId ?? "") ?? [];
    if (row) clients.set(key, { ...(await clientFrom(admin, row, names)), owners });
  }
  const wanted = new Set([
    ...plan.agents.flatMap(({ actsFor }) => actsFor.map(({ resource }) => resource)),
    ...[...plan.agents, ...plan.applications].flatMap(({ access }) => access.map(({ resource }) => resource)),
    ...plan.resources.map(({ name }) => name),
    ...[...clients.values()].flatMap(({ reaches }) => reaches),
  ]);
  const resources = new Map<string, LiveResource>();
  for (const row of all) {
    if (wanted.has(String(row.name))) resources.set(String(row.name), await resourceFrom(admin, row));
  }
  return { clients, resources, unseen };
}

/** Names of objects by id. */
type Names = (collection: "resources" | "signOnPolicies" | "flowPolicies" | "groups", id: string) => Promise<string>;

/** Each collection is read once, and only when somebody asks. */
function namesIn(admin: PingOneAdmin, resources: readonly Json[]): Names {
  const lists = new Map<string, Promise<readonly Json[]>>([["resources", Promise.resolve(resources)]]);
  return async (collection, id) => {
    const rows = lists.get(collection) ?? admin.rows(collection);
    lists.set(collection, rows);
    return textOf((await rows).find((row) => row.id === id)?.name) ?? id;
  };
}

async function clientFrom(admin: PingOneAdmin, body: Json, names: Names): Promise<Omit<LiveClient, "owners">> {
  const { id, enabled, grantTypes } = body;
  const below = (what: string) => admin.rows(`applications/${id}/${what}`);
  const grants = await below("grants");
  const flowPolicies = await below("flowPolicyAssignments");
  const signOnPolicies = await below("signOnPolicyAssignments");
  const granted = grants.flatMap(({ scopes }) => (Array.isArray(scopes) ? scopes.filter(isObject) : []));
  const all = async (rows: readonly Json[], key: string, collection: Parameters<Names>[0]) =>
    Promise.all(rows.map((row) => names(collection, String(isObject(row[key]) ? row[key].id : ""))));
  const groups = groupsOf(body);
  const groupNames = groups && (await Promise.all(groups.map((group) => names("groups", group))));
  const stopped = await stopOf(admin, body);
  return {
    ...{
      clientId: String(id),
      enabled: enabled === true,
      grantTypes: textsOf(grantTypes),
      ...(stopped && { stopped }),
    },
    granted: new Set(granted.map((scope) => String(scope.id))),
    reaches: await all(grants, "resource", "resources"),
    claims: claimsFrom(await below("attributes")),
    policies: [
      ...(await all(signOnPolicies, "signOnPolicy", "signOnPolicies")),
      ...(await all(flowPolicies, "flowPolicy", "flowPolicies")),
    ],
    canAsk: flowPolicies.length > 0,
    settings: { ...settingsOf(WATCHED, body), ...(groupNames && { "userAccess.groups.names": groupNames }) },
  };
}

/** Only an agent can be stopped. What has no metadata may answer 404, or without it (pingone §4.1). */
async function stopOf(admin: PingOneAdmin, { id, type }: Json): Promise<string | undefined> {
  if (type !== "AI_AGENT") return undefined;
  const { metadata } = (await admin.find(`applications/${id}/metadata`)) ?? {};
  const ours = isObject(metadata) ? metadata.pingAgents : undefined;
  return isObject(ours) ? textOf(ours.stopped) : undefined;
}

async function resourceFrom(admin: PingOneAdmin, body: Json): Promise<LiveResource> {
  const scopes = await admin.rows(`resources/${body.id}/scopes`);
  return {
    scopes: new Map(scopes.map((row) => [String(row.name), String(row.id)])),
    claims: claimsFrom(await admin.rows(`resources/${body.id}/attributes`)),
    settings: settingsOf(WATCHED_OF_RESOURCES, body),
  };
}

/** Applications say it of a mapping, resources of a claim (pingone §5.3, §5.5). */
function claimsFrom(rows: readonly Json[]): Map<string, LiveClaim> {
  return new Map(
    rows.map(({ name, value, type, mappingType }) => [
      String(name),
      { value: String(value), isBuiltIn: ["CORE", "PREDEFINED"].includes(String(mappingType ?? type)) },
    ]),
  );
}
