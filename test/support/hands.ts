/** What an administrator does by hand in the tenant, behind the kit's back. */

import { randomUUID } from "node:crypto";
import type { AgentType } from "../../src/admin-api/aic/am.ts";
import type { IdmObject } from "../../src/admin-api/aic/idm.ts";
import { managed, type RealmType, relation } from "../../src/providers/aic/relations.ts";
import type { LocalAic } from "./aic.ts";

type Json = Record<string, unknown>;
const REALM = "alpha";

/** Something to change in a copy of what the tenant shows. */
type Edit = (document: Json) => void;

/** A section or attribute of a document; fails when there is none, so that a test changes what is there. */
export function part(document: Json, name: string): Json {
  const value = document[name];
  if (typeof value !== "object" || value === null) throw new Error(`there is no "${name}" to change`);
  return value as Json;
}

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`the tenant has no ${what}`);
  return value;
};

const edited = ({ _rev, ...document }: Json, edit: Edit): Json => {
  const copy = structuredClone(document);
  edit(copy);
  return copy;
};

/** A privilege by names; no scopes are all of the application, nobody is the agent for itself. */
export type Grant = {
  /** Client id of the agent. */
  readonly agent: string;
  /** Display name of the application. */
  readonly application: string;
  readonly scopes?: readonly string[];
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  readonly description?: string;
};

/** The hands of an administrator of a tenant. */
export function hands({ admin }: Pick<LocalAic, "admin">) {
  const am = admin.am(REALM);
  const { idm } = admin;
  const find = async (type: string, field: string, value: string): Promise<IdmObject | undefined> => {
    const rows = await idm.query(`managed/${REALM}_${type}`, "true", { fields: ["*"] });
    return rows.find((row) => row[field] === value);
  };
  return {
    /** The managed object whose `field` is `value`. */
    find,
    /** Changes the attributes of an agent or client; `section` as AM names it, values unwrapped. */
    async agent(type: AgentType, id: string, section: string, values: Json): Promise<void> {
      const document = found(await am.get(type, id), `${type} ${id}`);
      const wrapped = Object.entries(values).map(([key, value]) => [key, { inherited: false, value }]);
      await am.put(
        type,
        id,
        edited(document, (body) => Object.assign(part(body, section), Object.fromEntries(wrapped))),
      );
    },
    async provider(edit: Edit): Promise<void> {
      await am.putOAuth2Provider(edited(found(await am.getOAuth2Provider(), "OAuth2 provider"), edit));
    },
    /** Changes the one node of a type in a journey. */
    async node(journey: string, type: string, values: Json): Promise<void> {
      const { nodes } = found(await am.trees.get(journey), `journey ${journey}`);
      const [id = ""] = Object.entries(nodes as Record<string, Json>).find(([, node]) => node.nodeType === type) ?? [];
      const { _rev, _type, _outcomes, ...node } = found(await am.nodes(type).get(id), `${type} in ${journey}`);
      await am.nodes(type).put(id, { ...node, ...values });
    },
    /** Grants an agent a privilege. @returns its id */
    async grant({ agent, application, scopes = [], users = [], groups = [], description }: Grant): Promise<string> {
      const _id = randomUUID();
      const reference = async (type: RealmType, field: string, value: string) =>
        relation(managed(REALM, type), found(await find(type, field, value), `${type} ${value}`)._id);
      await idm.create(managed(REALM, "aiagentprivilege"), _id, {
        ...{ _id, description, permissions: scopes.length ? [{ type: "scopes", values: scopes }] : [] },
        agent: await reference("aiagent", "oauth2ClientId", agent),
        resource: await reference("application", "name", application),
        subjects: await Promise.all(users.map((user) => reference("user", "userName", user))),
        subjectGroups: await Promise.all(groups.map((group) => reference("group", "name", group))),
      });
      return _id;
    },
    /** Replaces properties of the managed object whose `field` is `value`. */
    async managed(type: string, field: string, value: string, changes: Json): Promise<void> {
      const { _id } = found(await find(type, field, value), `${type} ${value}`);
      const operations = Object.entries(changes).map(([key, next]) => {
        return { operation: "replace" as const, field: `/${key}`, value: next };
      });
      await idm.patch(`managed/${REALM}_${type}`, _id, operations);
    },
  };
}
