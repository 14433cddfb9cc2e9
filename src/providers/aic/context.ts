/** What the AIC kinds work with: the tenant's APIs, names, locks, and reads that may or may not be shared. */

import type { AgentType, AmDocument } from "../../admin-api/aic/am.ts";
import { anyOf, eq, type IdmObject } from "../../admin-api/aic/idm.ts";
import type { AicTenant } from "../../admin-api/aic/tenant.ts";
import { utcDay } from "../../fields/undeclared-access.ts";
import { type Connections, connections, createLocks, type Exclusively, SharedLists } from "../coalescing.ts";
import { Gathering } from "../gathering.ts";
import { BATCH, Names } from "./names.ts";
import { managed, relatedIds } from "./relations.ts";

/** The connection of the AIC kinds. */
export type AicContext = {
  readonly tenant: AicTenant;
  readonly names: Names;
  /** An agent document in either form, or undefined. */
  agent(realm: string, type: AgentType, id: string): Promise<AmDocument | undefined>;
  /** All agents or clients of a realm, plain. */
  agents(realm: string, type: AgentType): Promise<readonly AmDocument[]>;
  /** A managed object with the given fields, or undefined. */
  managed(collection: string, id: string, fields: readonly string[]): Promise<IdmObject | undefined>;
  /** The managed object whose property has exactly this value, with the given fields, or undefined. */
  managedBy(
    collection: string,
    property: string,
    value: string,
    fields: readonly string[],
  ): Promise<IdmObject | undefined>;
  /** The privileges of an agent's identity, with the given fields: `agent` must be among them. */
  privilegesOf(realm: string, identityId: string, fields: readonly string[]): Promise<readonly IdmObject[]>;
  /** All privileges of a realm, with the given fields. */
  privileges(realm: string, fields: readonly string[]): Promise<readonly IdmObject[]>;
  /** Today in UTC, as `YYYY-MM-DD`: the day on which allowed access may have expired. */
  today(): string;
  /** Runs writers of one remote document one after the other. */
  readonly exclusively: Exclusively;
};

/**
 * The object that a write answered, with its relations. The write asks for them with `_fields`; whether every tenant
 * answers so is not recorded, so they are read where they are missing.
 */
export async function withRelations(
  context: AicContext,
  collection: string,
  answer: IdmObject,
  relation: string,
  fields: readonly string[],
): Promise<IdmObject> {
  if (answer[relation] !== undefined) return answer;
  return (await context.managed(collection, answer._id, fields)) ?? answer;
}

/**
 * The connections to a tenant.
 *
 * @param today for tests
 * @param gather milliseconds in which a destroy gathers its reads, for tests. @default 20
 */
export function aicContexts(
  tenant: AicTenant,
  today = (): string => utcDay(),
  gather?: number,
): Connections<AicContext> {
  const common = { tenant, names: new Names(tenant.idm), exclusively: createLocks(), today };
  const lists = new SharedLists();
  const fresh: AicContext = {
    ...common,
    agent: (realm, type, id) => tenant.am(realm).get(type, id),
    agents: (realm, type) => tenant.am(realm).query(type),
    managed: (collection, id, fields) => tenant.idm.get(collection, id, { fields }),
    managedBy: async (collection, property, value, fields) => {
      const found = await tenant.idm.query(collection, eq(property, value), { fields });
      return found.find((row) => row[property] === value);
    },
    privilegesOf: async (realm, identityId, fields) => {
      const rows = await tenant.idm.query(`${managed(realm, "aiagent")}/${identityId}/privileges`, "true", { fields });
      // Here the id of a row is that of the edge (aic §3.6).
      return rows.map((row) => (typeof row._refResourceId === "string" ? { ...row, _id: row._refResourceId } : row));
    },
    privileges: (realm, fields) => tenant.idm.query(managed(realm, "aiagentprivilege"), "true", { fields }),
  };
  const agents: AicContext["agents"] = (realm, type) => lists.get(`${realm} ${type}`, () => fresh.agents(realm, type));
  const rows = (collection: string, fields: readonly string[]) =>
    lists.get(`${collection} ${fields}`, () => tenant.idm.query(collection, "true", { fields }));
  const privileges: AicContext["privileges"] = (realm, fields) => rows(managed(realm, "aiagentprivilege"), fields);
  /** Of a list that was read: a thousand agents look for theirs in it. */
  const byAgent = new WeakMap<readonly IdmObject[], ReadonlyMap<string | undefined, readonly IdmObject[]>>();
  const gathering = new Gathering(gather);
  const idOf = ({ _id }: { readonly _id: string }) => _id;
  const gathered: AicContext = {
    ...fresh,
    agent: (realm, type, id) => {
      const list = () => fresh.agents(realm, type);
      return gathering.read(`${realm} ${type}`, id, { get: (one) => fresh.agent(realm, type, one), list, idOf });
    },
    managed: (collection, id, fields) => {
      const list = (ids: readonly string[]) => tenant.idm.query(collection, anyOf("_id", ids), { fields });
      const get = (one: string) => fresh.managed(collection, one, fields);
      return gathering.read(`${collection} ${fields}`, id, { get, list, idOf }, BATCH);
    },
  };
  const coalesced: AicContext = {
    ...common,
    agents,
    agent: async (realm, type, id) => (await agents(realm, type)).find(({ _id }) => _id === id),
    managed: async (collection, id, fields) => (await rows(collection, fields)).find(({ _id }) => _id === id),
    managedBy: async (collection, property, value, fields) =>
      (await rows(collection, fields)).find((row) => row[property] === value),
    privileges,
    privilegesOf: async (realm, identityId, fields) => {
      const all = await privileges(realm, fields);
      const known = byAgent.get(all) ?? Map.groupBy(all, ({ agent }) => relatedIds(agent)[0]);
      byAgent.set(all, known);
      return known.get(identityId) ?? [];
    },
  };
  return connections({ fresh, gathered, coalesced }, lists);
}
