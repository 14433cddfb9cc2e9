/** What the tenant has of a plan: the live configuration that decides about its flows, read and never written. */

import { isObject, type Json, textOf, textsOf } from "../http.ts";
import type { Admin } from "./admin.ts";
import type { AgentPlan, Plan } from "./plan.ts";

/** A client or agent as it is configured. */
export type LiveClient = {
  readonly active: boolean;
  readonly grantTypes: readonly string[];
  readonly scopes: readonly string[];
  readonly authMethod: string;
  /** Seconds; 0 leaves it to the realm. */
  readonly accessTokenLifetime: number;
  readonly overrides: { readonly enabled: boolean; readonly stateless: boolean; readonly acceptAudience: boolean };
  readonly publicKeyLocation: string;
  /** Text of a JWK set. */
  readonly jwkSet: string | undefined;
};

/** A privilege of an agent, with ids in place of names. */
export type LivePrivilege = {
  /** Client id of the application. */
  readonly application: string | undefined;
  readonly permissions: readonly string[];
  readonly subjects: readonly string[];
  readonly subjectGroups: readonly string[];
};

export type LiveUser = { readonly id: string; readonly active: boolean };

export type Snapshot = {
  readonly provider: {
    readonly grantTypes: readonly string[];
    /** acr value to journey. */
    readonly acr: Readonly<Record<string, string>>;
    /** Seconds. */
    readonly accessTokenLifetime: number;
    readonly signingAlgorithms: readonly string[];
  };
  /** Agents and applications by client id. */
  readonly clients: ReadonlyMap<string, LiveClient>;
  /** Privileges by agent. */
  readonly privileges: ReadonlyMap<string, readonly LivePrivilege[]>;
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
export async function takeSnapshot(admin: Admin, { realm, agents }: Plan): Promise<Snapshot> {
  const provider = (await admin.get(providerPath(realm))) ?? {};
  const acr = texts(section(provider, "advancedOIDCConfig").loaMapping);
  const clients = new Map<string, LiveClient>();
  const privileges = new Map<string, LivePrivilege[]>();
  for (const { clientId, type } of clientsOf(agents)) {
    const filter = `_id eq '${clientId}'`;
    const [row] = await admin.query(`${configPath(realm)}/agents/${type}`, filter);
    if (!row || clients.has(clientId)) continue;
    clients.set(clientId, readClient(row));
    const identity = textOf(row.aiAgentIdentityUid);
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
  const journeys = new Set<string>();
  for (const name of new Set(agents.flatMap(({ ciba }) => (ciba ? [ciba.journey, acr[ciba.acr]] : [])))) {
    if (name && (await admin.get(treePath(realm, name)))) journeys.add(name);
  }
  return {
    provider: {
      grantTypes: textsOf(section(provider, "advancedOAuth2Config").grantTypes),
      acr,
      accessTokenLifetime: Number(section(provider, "coreOAuth2Config").accessTokenLifetime ?? 0),
      signingAlgorithms: textsOf(section(provider, "cibaConfig").supportedCibaSigningAlgorithms),
    },
    clients,
    privileges,
    users,
    groups,
    journeys,
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

async function readPrivileges(admin: Admin, realm: string, identity: string): Promise<LivePrivilege[]> {
  const fields = ["permissions", "resourceData", "subjects", "subjectGroups"];
  const rows = await admin.query(`${managedPath(realm, "aiagent")}/${identity}/privileges`, "true", fields);
  return rows.map((row) => ({
    application: textOf(section(section(row, "resourceData"), "ssoEntities").oidcId),
    permissions: (Array.isArray(row.permissions) ? row.permissions : []).flatMap((one) =>
      isObject(one) ? textsOf(one.values) : [],
    ),
    subjects: references(row.subjects),
    subjectGroups: references(row.subjectGroups),
  }));
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
    // A scope may carry a text that is shown: `name|text` (aic §5.2).
    scopes: textsOf(core.scopes).map((scope) => scope.split("|")[0] ?? scope),
    authMethod: textOf(advanced.tokenEndpointAuthMethod) ?? "client_secret_basic",
    accessTokenLifetime: Number(core.accessTokenLifetime ?? 0),
    overrides: {
      enabled: overrides.providerOverridesEnabled === true,
      stateless: overrides.statelessTokensEnabled === true,
      acceptAudience: overrides.acceptAudienceParametersInTokenExchangeRequests === true,
    },
    publicKeyLocation: textOf(signing.publicKeyLocation) ?? "jwks_uri",
    jwkSet: textOf(signing.jwkSet),
  };
}

function clientsOf(agents: readonly AgentPlan[]) {
  return agents.flatMap(({ clientId, type, access }) => [
    { clientId, type },
    ...access.map(({ application }) => ({ clientId: application.clientId, type: "OAuth2Client" as const })),
  ]);
}

function texts(value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
