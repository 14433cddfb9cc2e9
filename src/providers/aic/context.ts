/** What the AIC kinds work with: the tenant's APIs, names, locks, and reads that may or may not be shared. */

import type { AgentType, AmDocument } from "../../admin-api/aic/am.ts";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import type { AicTenant } from "../../admin-api/aic/tenant.ts";
import { type Connections, connections, createLocks, type Exclusively, SharedLists } from "../coalescing.ts";
import { Names } from "./names.ts";

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

/** Both connections to a tenant. */
export function aicContexts(tenant: AicTenant): Connections<AicContext> {
  const common = { tenant, names: new Names(tenant.idm), exclusively: createLocks() };
  const lists = new SharedLists();
  const listed = async <T extends { _id: string }>(key: string, id: string, list: () => Promise<readonly T[]>) =>
    (await lists.get(key, list)).find(({ _id }) => _id === id);
  const fresh: AicContext = {
    ...common,
    agent: (realm, type, id) => tenant.am(realm).get(type, id),
    agents: (realm, type) => tenant.am(realm).query(type),
    managed: (collection, id, fields) => tenant.idm.get(collection, id, { fields }),
  };
  const agents: AicContext["agents"] = (realm, type) => lists.get(`${realm} ${type}`, () => fresh.agents(realm, type));
  const coalesced: AicContext = {
    ...common,
    agents,
    agent: async (realm, type, id) => (await agents(realm, type)).find(({ _id }) => _id === id),
    managed: (collection, id, fields) =>
      listed(`${collection} ${fields}`, id, () => tenant.idm.query(collection, "true", { fields })),
  };
  return connections(fresh, coalesced, lists);
}
