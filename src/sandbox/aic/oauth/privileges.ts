/** AI agent privileges, read from IDM's relations on every exchange (oauth-flows §2; aic §3). */

import { isObject, sectionOf } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { placeOf, type Reference, referencesOf } from "../idm/edges.ts";
import type { ManagedRecord } from "../idm/records.ts";
import type { Realm } from "../realms.ts";
import { strings, text } from "./attributes.ts";
import { type Client, clientOf } from "./clients.ts";

export type Privilege = {
  /** OAuth 2.0 client id of the application. */
  readonly audience: string;
  /** The scopes that the privilege names; none means all of the application. */
  readonly permissions: readonly string[];
  /** Scopes that an exchange may ask for. */
  readonly allowed: readonly string[];
  /** Whether it names subjects or groups; without, the agent acts for itself. */
  readonly namesSubjects: boolean;
  /** UUIDs of the users in the subjects and of the direct members of the groups. */
  readonly users: ReadonlySet<string>;
};

/** The privileges of an agent whose application has an active OAuth 2.0 client. */
export function privilegesOf(tenant: Tenant, realm: Realm, { identity }: Client): Privilege[] {
  if (identity === undefined) return [];
  const related = referencesOf(tenant.store, `managed/${realm}_aiagent/${identity}`, "privileges");
  return related.flatMap((reference) => readPrivilege(tenant, realm, reference));
}

function readPrivilege(tenant: Tenant, realm: Realm, reference: Reference): Privilege[] {
  const { store } = tenant;
  const ref = placeOf(reference);
  const { body } = recordAt(tenant, reference) ?? {};
  const [resource] = referencesOf(store, ref, "resource");
  const application = resource && recordAt(tenant, resource);
  const audience = text(application && sectionOf(application.body, "ssoEntities").oidcId);
  const client = audience === undefined ? undefined : clientOf(tenant, realm, audience);
  if (!body || audience === undefined || !client?.active) return [];
  const permissions = scopesIn(body.permissions);
  const subjects = referencesOf(store, ref, "subjects");
  const groups = referencesOf(store, ref, "subjectGroups");
  const members = groups.flatMap((group) => referencesOf(store, placeOf(group), "members"));
  return [
    {
      audience,
      permissions,
      allowed: permissions.length ? permissions : client.scopes,
      namesSubjects: subjects.length + groups.length > 0,
      users: new Set([...subjects, ...members].map(({ _refResourceId }) => _refResourceId)),
    },
  ];
}

function recordAt({ store }: Tenant, { _refResourceCollection, _refResourceId }: Reference): ManagedRecord | undefined {
  return store.get<ManagedRecord>(_refResourceCollection, _refResourceId);
}

/** `[{type: "scopes", values: ["read-data"]}]` (aic §3.1). */
function scopesIn(permissions: unknown): string[] {
  if (!Array.isArray(permissions)) return [];
  return permissions.flatMap((one) => (isObject(one) && one.type === "scopes" ? strings(one.values) : []));
}
