/** The managed object types of the tenant, read from their schemas: which properties are relations, which are computed. */

import { isObject, type JsonObject } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { hasAiAgents } from "../ai-agents.ts";
import aiagent from "../documents/aiagent.json" with { type: "json" };
import aiagentprivilege from "../documents/aiagentprivilege.json" with { type: "json" };
import application from "../documents/application.json" with { type: "json" };
import assignment from "../documents/assignment.json" with { type: "json" };
import group from "../documents/group.json" with { type: "json" };
import internalRole from "../documents/internal-role.json" with { type: "json" };
import organization from "../documents/organization.json" with { type: "json" };
import role from "../documents/role.json" with { type: "json" };
import svcacct from "../documents/svcacct.json" with { type: "json" };
import user from "../documents/user.json" with { type: "json" };
import { REALMS } from "../realms.ts";
import { extensionAttributes } from "./extension-attributes.ts";

/** A property that points at other objects. */
export type Relation = {
  readonly name: string;
  /** An array of references, or one. */
  readonly many: boolean;
  /** The property at the other end that shows the same edge; undefined for a one-way relation. */
  readonly reverse: string | undefined;
  /** Collections that may be pointed at, e.g. `managed/alpha_user`. */
  readonly collections: readonly string[];
  readonly validate: boolean;
};

/** A property that is computed from relations (`queryConfig` of the schema). */
export type Virtual = {
  readonly name: string;
  readonly many: boolean;
  /** Values of the related objects, without the objects around them. */
  readonly flat: boolean;
  readonly fields: readonly string[];
  /** Chains of relations to follow. */
  readonly paths: readonly (readonly string[])[];
};

export type ManagedType = {
  /** `alpha_user`, `svcacct` … */
  readonly name: string;
  /** `managed/alpha_user`, `internal/role` */
  readonly collection: string;
  /** Realm in the messages of the directory below; `root` for types that belong to the tenant. */
  readonly realm: string;
  /** Organizational unit in those messages: `user`, `aiagentprivilege` … */
  readonly unit: string;
  readonly definition: JsonObject & { readonly schema: JsonObject };
  readonly properties: Readonly<Record<string, JsonObject>>;
  readonly required: readonly string[];
  readonly relations: ReadonlyMap<string, Relation>;
  readonly virtuals: ReadonlyMap<string, Virtual>;
};

const WHOLE_USER = extensionAttributes(user);
const REALM_TYPES = { user: WHOLE_USER, group, role, assignment, organization, application, aiagent, aiagentprivilege };

const TYPES: ReadonlyMap<string, ManagedType> = new Map(
  [
    ...REALMS.flatMap((realm) =>
      Object.entries(REALM_TYPES).map(([unit, document]) => read(realm, unit, `managed/${realm}_${unit}`, document)),
    ),
    // Service accounts belong to the tenant, not to a realm (aic §11.3); so do the roles of administrators.
    read("root", "svcacct", "managed/svcacct", svcacct),
    read("root", "role", "internal/role", internalRole),
  ].map((type) => [type.collection, type]),
);

/** All types that the tenant has now; those of AI agents only once the feature is on (aic §2.9). */
export function managedTypes(tenant: Tenant): ManagedType[] {
  return [...TYPES.values()].filter(({ unit }) => hasAiAgents(tenant) || !unit.startsWith("aiagent"));
}

/** A type by its name, whether the feature it belongs to is on or not. */
export function managedType(name: string): ManagedType | undefined {
  return typeOfCollection(`managed/${name}`);
}

/** The type whose collection it is: `managed/alpha_user`. */
export function typeOfCollection(collection: string): ManagedType | undefined {
  return TYPES.get(collection);
}

function read(realm: string, unit: string, collection: string, document: object): ManagedType {
  const title = realm.charAt(0).toUpperCase() + realm.slice(1);
  const text = JSON.stringify(document).replaceAll("{realm}", realm).replaceAll("{Realm}", title);
  const definition = JSON.parse(text) as ManagedType["definition"];
  const properties = definition.schema.properties as Record<string, JsonObject>;
  const required = (definition.schema.required ?? []) as string[];
  const relations = new Map<string, Relation>();
  const virtuals = new Map<string, Virtual>();
  for (const [key, property] of Object.entries(properties)) {
    const relation = readRelation(key, property);
    const virtual = readVirtual(key, property);
    if (relation) relations.set(key, relation);
    if (virtual) virtuals.set(key, virtual);
  }
  const name = collection.slice(collection.indexOf("/") + 1);
  return { name, collection, realm, unit, definition, properties, required, relations, virtuals };
}

function readRelation(name: string, property: JsonObject): Relation | undefined {
  const many = property.type === "array";
  const inner = many ? property.items : property;
  if (!isObject(inner) || inner.type !== "relationship") return undefined;
  const collections = (inner.resourceCollection as { path: string }[]).map(({ path }) => path);
  const reverse = inner.reverseRelationship === true ? String(inner.reversePropertyName) : undefined;
  return { name, many, reverse, collections, validate: inner.validate === true };
}

function readVirtual(name: string, property: JsonObject): Virtual | undefined {
  if (property.isVirtual !== true || !isObject(property.queryConfig)) return undefined;
  const { flattenProperties, referencedObjectFields, referencedRelationshipFields } = property.queryConfig;
  const chains = referencedRelationshipFields as string[] | string[][];
  return {
    name,
    many: property.type === "array",
    flat: flattenProperties === true,
    fields: referencedObjectFields as string[],
    paths: Array.isArray(chains[0]) ? (chains as string[][]) : [chains as string[]],
  };
}
