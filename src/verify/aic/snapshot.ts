/** What the tenant has of a plan: the live configuration that decides about its flows, read and never written. */

import { isObject, type Json, textOf, textsOf } from "../http.ts";
import type { Settings } from "../widened.ts";
import type { Admin } from "./admin.ts";
import { type AgentPlan, declaredClients, type Plan } from "./plan.ts";
import { settingsOf, withoutTexts } from "./settings.ts";

/** A client or agent as it is configured. */
export type LiveClient = {
  readonly active: boolean;
  /** Since when an agent is stopped, as its identity says. */
  readonly stopped?: string | undefined;
  readonly grantTypes: readonly string[];
  readonly scopes: readonly string[];
  readonly authMethod: string;
  /** Seconds; 0 leaves it to the realm. */
  readonly accessTokenLifetime: number;
  readonly overrides: { readonly enabled: boolean; readonly stateless: boolean; readonly acceptAudience: boolean };
  readonly publicKeyLocation: string;
  /** Text of a JWK set. */
  readonly jwkSet: string | undefined;
  /** What else decides about access, by name. */
  readonly settings: Settings;
};

/** A privilege of an agent, with ids in place of names. */
export type LivePrivilege = {
  readonly id: string;
  /** Client id of the application. */
  readonly application: string | undefined;
  /** Scopes; none means every scope of the application (aic §3.1). */
  readonly permissions: readonly string[];
  /** Types of permissions that are no scopes. */
  readonly otherTypes: readonly string[];
  readonly subjects: readonly string[];
  readonly subjectGroups: readonly string[];
  /** Project and stack that its description says it is managed by. */
  readonly managedBy: string | undefined;
};

export type LiveUser = { readonly id: string; readonly active: boolean };

/** A managed application, and the client that it is linked with. */
export type LiveApplication = { readonly id: string; readonly name: string; readonly clientId: string };

export type Snapshot = {
  readonly provider: {
    readonly grantTypes: readonly string[];
    /** acr value to journey. */
    readonly acr: Readonly<Record<string, string>>;
    /** Seconds. */
    readonly accessTokenLifetime: number;
    /** Seconds. */
    readonly refreshTokenLifetime: number;
    readonly signingAlgorithms: readonly string[];
    /** Whether anybody may register a client. */
    readonly openRegistration: boolean;
    /** Scopes that registered clients may ask for. */
    readonly supportedScopes: readonly string[];
    /** Scripts that decide what clients and tokens may do, by attribute: of those that no realm has from the start. */
    readonly scripts: Readonly<Record<string, string>>;
  };
  /** Agents and applications by client id. */
  readonly clients: ReadonlyMap<string, LiveClient>;
  /** Privileges by agent. */
  readonly privileges: ReadonlyMap<string, readonly LivePrivilege[]>;
  /** Managed applications that are linked with a declared client. */
  readonly applications: readonly LiveApplication[];
  /** Names of users whom privileges name and the plan does not, by id; not of all where they are many. */
  readonly strangers: ReadonlyMap<string, string>;
  /** Users by name. */
  readonly users: ReadonlyMap<string, LiveUser>;
  /** Names of the members by group. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Names of journeys that exist, of those that the provider maps an acr value to or the plan names. */
  readonly journeys: ReadonlySet<string>;
};

/** Path of a realm's AM configuration (aic §0). */
export const configPath = (realm: string) => `/am/json/realms/root/realms/${realm}/realm-config`;
/** Path of a managed type of a realm. */
export const managedPath = (realm: string, type: string) => `/openidm/managed/${realm}_${type}`;

/** Path of an OAuth 2.0 client. */
export const clientPath = (realm: string, { clientId }: { readonly clientId: string }) =>
  `${configPath(realm)}/agents/OAuth2Client/${clientId}`;
/** Path of an AI agent. */
export const agentPath = (realm: string, { clientId }: { readonly clientId: string }) =>
  `${configPath(realm)}/agents/AIAgent/${clientId}`;
/** Path of the realm's OAuth 2.0 provider. */
export const providerPath = (realm: string) => `${configPath(realm)}/services/oauth-oidc`;

/** Reads everything that the plan depends on. */
export async function takeSnapshot(admin: Admin, plan: Plan): Promise<Snapshot> {
  const { realm, agents } = plan;
  const provider = (await admin.get(providerPath(realm))) ?? {};
  const acr = texts(section(provider, "advancedOIDCConfig").loaMapping);
  const clients = new Map<string, LiveClient>();
  const privileges = new Map<string, LivePrivilege[]>();
  for (const { clientId, type } of clientsOf(plan)) {
    const filter = `_id eq '${clientId}'`;
    const [row] = await admin.query(`${configPath(realm)}/agents/${type}`, filter);
    if (!row || clients.has(clientId)) continue;
    const identity = textOf(row.aiAgentIdentityUid);
    const stopped = identity && (await readStop(admin, realm, identity));
    clients.set(clientId, { ...readClient(row), ...(stopped && { stopped }) });
    if (identity) privileges.set(clientId, await readPrivileges(admin, realm, identity));
  }
  const groupNames = agents.flatMap(({ access }) => access.flatMap(({ subjectGroups }) => subjectGroups));
  const groups = new Map<string, string[]>();
  for (const name of new Set(groupNames)) {
    const members = await readMembers(admin, realm, name);
    if (members) groups.set(name, members);
  }
  const userNames = agents.flatMap(({ access, ciba }) => [
    ...access.flatMap(({ subjects }) => subjects),
    ...(ciba?.users ?? []),
  ]);
  const users = new Map<string, LiveUser>();
  for (const name of new Set([...userNames, ...[...groups.values()].flat()])) {
    const user = await readUser(admin, realm, name);
    if (user) users.set(name, user);
  }
  const known = new Set([...users.values()].map(({ id }) => id));
  const named = [...privileges.values()].flat().flatMap(({ subjects }) => subjects);
  const strangers = await readNames(
    admin,
    realm,
    [...new Set(named)].filter((id) => !known.has(id)),
  );
  const journeys = new Set<string>();
  for (const name of new Set(agents.flatMap(({ ciba }) => (ciba ? [ciba.journey, acr[ciba.acr]] : [])))) {
    if (name && (await admin.get(treePath(realm, name)))) journeys.add(name);
  }
  return {
    provider: { acr, ...readProvider(provider) },
    clients,
    privileges,
    applications: await readApplications(admin, plan),
    strangers,
    users,
    groups,
    journeys,
  };
}

function readProvider(provider: Json): Omit<Snapshot["provider"], "acr"> {
  const core = section(provider, "coreOAuth2Config");
  const advanced = section(provider, "advancedOAuth2Config");
  const registration = section(provider, "clientDynamicRegistrationConfig");
  const plugins = section(provider, "pluginsConfig");
  const scripts = {
    dynamicClientRegistrationScript: registration.dynamicClientRegistrationScript,
    accessTokenMayActScript: core.accessTokenMayActScript,
    oidcMayActScript: core.oidcMayActScript,
    evaluateScopeScript: plugins.evaluateScopeScript,
    validateScopeScript: plugins.validateScopeScript,
  };
  return {
    grantTypes: textsOf(advanced.grantTypes),
    accessTokenLifetime: Number(core.accessTokenLifetime ?? 0),
    refreshTokenLifetime: Number(core.refreshTokenLifetime ?? 0),
    signingAlgorithms: textsOf(section(provider, "cibaConfig").supportedCibaSigningAlgorithms),
    openRegistration: registration.allowDynamicRegistration === true,
    supportedScopes: withoutTexts(advanced.supportedScopes),
    scripts: texts(scripts),
  };
}

/** Path of a journey. */
export const treePath = (realm: string, name: string) =>
  `${configPath(realm)}/authentication/authenticationtrees/trees/${encodeURIComponent(name)}`;

/** A section of a configuration object. */
export function section(body: Json, name: string): Json {
  const value = body[name];
  return isObject(value) ? value : {};
}

/** The user of exactly this name: filters of IDM ignore case (aic §1.3). */
async function readUser(admin: Admin, realm: string, userName: string): Promise<LiveUser | undefined> {
  const fields = ["_id", "userName", "accountStatus"];
  const rows = await admin.query(managedPath(realm, "user"), `userName eq ${JSON.stringify(userName)}`, fields);
  const row = rows.find((one) => one.userName === userName);
  return row && { id: String(row._id), active: String(row.accountStatus ?? "active").toLowerCase() === "active" };
}

/** How many users of undeclared privileges get their names; the others are told by their ids. */
const STRANGERS = 20;

async function readNames(admin: Admin, realm: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const filter = ids
    .slice(0, STRANGERS)
    .map((id) => `_id eq ${JSON.stringify(id)}`)
    .join(" or ");
  const rows = await admin.query(managedPath(realm, "user"), filter, ["_id", "userName"]);
  return new Map(rows.map(({ _id, userName }) => [String(_id), String(userName)]));
}

/** Reads the collection, since no filter on the link is known to work on a tenant (aic §4). */
async function readApplications(admin: Admin, plan: Plan): Promise<LiveApplication[]> {
  const declared = new Set(declaredClients(plan).map(({ clientId }) => clientId));
  const rows = await admin.query(managedPath(plan.realm, "application"), "true", ["_id", "name", "ssoEntities"]);
  return rows.flatMap((row) => {
    const clientId = textOf(section(row, "ssoEntities").oidcId);
    return clientId !== undefined && declared.has(clientId)
      ? [{ id: String(row._id), name: String(row.name), clientId }]
      : [];
  });
}

/** How many members of a group are looked up: one whose password is at hand is enough. */
const MEMBERS = 10;

/** User names of the first members; undefined without such a group. A group's id is its name (aic §3.1). */
async function readMembers(admin: Admin, realm: string, group: string): Promise<string[] | undefined> {
  const found = await admin.get(`${managedPath(realm, "group")}/${encodeURIComponent(group)}?_fields=members`);
  if (!found) return undefined;
  const ids = references(found.members).slice(0, MEMBERS);
  const users = await Promise.all(ids.map((id) => admin.get(`${managedPath(realm, "user")}/${id}?_fields=userName`)));
  return users.map((user) => textOf(user?.userName)).filter((name) => name !== undefined);
}

/** The profile in AM may know nothing of it (aic §2.4). */
async function readStop(admin: Admin, realm: string, identity: string): Promise<string | undefined> {
  const found = await admin.get(`${managedPath(realm, "aiagent")}/${identity}?_fields=customAttributes`);
  return textOf(section(found ?? {}, "customAttributes").pingAgentsStopped);
}

async function readPrivileges(admin: Admin, realm: string, identity: string): Promise<LivePrivilege[]> {
  const fields = ["_id", "description", "permissions", "resourceData", "subjects", "subjectGroups"];
  const rows = await admin.query(`${managedPath(realm, "aiagent")}/${identity}/privileges`, "true", fields);
  return rows.map((row) => {
    const permissions = Array.isArray(row.permissions) ? row.permissions.filter(isObject) : [];
    const isScopes = ({ type }: Json) => type === "scopes";
    return {
      // The row's own id is the edge's (aic §3.6).
      id: textOf(row._refResourceId) ?? String(row._id),
      application: textOf(section(section(row, "resourceData"), "ssoEntities").oidcId),
      permissions: permissions.filter(isScopes).flatMap(({ values }) => textsOf(values)),
      otherTypes: permissions.filter((one) => !isScopes(one)).map(({ type }) => String(type)),
      subjects: references(row.subjects),
      subjectGroups: references(row.subjectGroups),
      managedBy: /\(managed by ping-agents: (\S+)/.exec(String(row.description ?? ""))?.[1],
    };
  });
}

function references(value: unknown): string[] {
  return (Array.isArray(value) ? value : []).flatMap((one) => (isObject(one) ? [String(one._refResourceId)] : []));
}

/** Reads the plain form that a query answers (aic §2.1). */
function readClient(row: Json): LiveClient {
  const core = section(row, "coreOAuth2ClientConfig");
  const advanced = section(row, "advancedOAuth2ClientConfig");
  const signing = section(row, "signEncOAuth2ClientConfig");
  const overrides = section(row, "overrideOAuth2ClientConfig");
  return {
    active: core.status === "Active",
    grantTypes: textsOf(advanced.grantTypes),
    scopes: withoutTexts(core.scopes),
    authMethod: textOf(advanced.tokenEndpointAuthMethod) ?? "client_secret_basic",
    accessTokenLifetime: Number(core.accessTokenLifetime ?? 0),
    overrides: {
      enabled: overrides.providerOverridesEnabled === true,
      stateless: overrides.statelessTokensEnabled === true,
      acceptAudience: overrides.acceptAudienceParametersInTokenExchangeRequests === true,
    },
    publicKeyLocation: textOf(signing.publicKeyLocation) ?? "jwks_uri",
    jwkSet: textOf(signing.jwkSet),
    settings: settingsOf(row),
  };
}

function clientsOf({ agents, applications }: Plan) {
  const reached = agents.flatMap(({ access }) => access.map(({ application }) => application));
  const clients = [...reached, ...applications].map(({ clientId }) => ({ clientId, type: "OAuth2Client" as const }));
  const all: Pick<AgentPlan, "clientId" | "type">[] = [...agents, ...clients];
  return [...new Map(all.toReversed().map((one) => [one.clientId, one])).values()];
}

function texts(value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
