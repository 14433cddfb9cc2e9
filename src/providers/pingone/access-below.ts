/** What hangs below an application and gives access: grants, claims, policies and owners, in the words of a declaration (pingone §5). */

import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { type Access, type AccessInputs, type AccessSet, accessSet, NO_ACCESS } from "./access-set.ts";
import { DEFAULT_SUB, removeMapping } from "./attribute-mapping.ts";
import type { Parent } from "./child.ts";
import type { PingOneContext } from "./context.ts";
import { assignedTo, KINDS, kinds, policyId } from "./policy-assignments.ts";
import { OWNER_ROLE, removeRole, rolesOn } from "./role-assignments.ts";

type Look = (context: PingOneContext, parent: Parent) => Promise<readonly Access[]>;

/** What hangs below an application, where it is owned as a set. Looks once, when it is first asked. */
export function accessOf(context: PingOneContext, parent: Parent, inputs: AccessInputs, known?: AccessSet["ids"]) {
  let found: Promise<AccessSet> | undefined;
  const look = async () => {
    const rows = await accessBelow(context, parent);
    // A declared list of policies is owned as a whole by its own resource.
    const isListed = inputs.declaredAccess?.some((key) => key.startsWith("policy/"));
    return accessSet(isListed ? rows.filter(({ key }) => !key.startsWith("policy/")) : rows, inputs, known);
  };
  return async () => {
    if (inputs.undeclaredAccess === undefined) return NO_ACCESS;
    found ??= look();
    return found;
  };
}

/**
 * Everything below an application that gives access, in the order in which it can be taken away: claims may need a grant. What
 * PingOne makes itself is nobody's, unless somebody changed it.
 */
async function accessBelow(context: PingOneContext, parent: Parent): Promise<Access[]> {
  return (await Promise.all([claims, policies, owners, grants].map((look) => look(context, parent)))).flat();
}

const refId = (value: unknown) => (isRecord(value) ? String(value.id) : "");

const grants: Look = async (context, parent) => {
  const { environment, id } = parent;
  const collection = environment.below(id, "grants");
  const rows = await context.rows(`${environment.id} grants ${id}`, collection);
  const resources = rows.map(({ resource }) => refId(resource));
  const names = await context.names(environment.id).namesOf("resources", resources);
  return rows.map((row, index) => ({
    key: `grant/${names[index]}`,
    refersTo: resources[index] ?? "",
    text: async () => `grant of ${names[index]}: ${(await scopeNames(context, environment, row)).join(" ")}`,
    remove: async () => void (await collection.delete(row.id)),
  }));
};

/** The names of the scopes of a grant; an id whose scope is gone stands for itself. */
async function scopeNames(context: PingOneContext, environment: PingOneEnvironment, grant: PingOneObject) {
  const resource = refId(grant.resource);
  const rows = await context.rows(`${environment.id} scopes ${resource}`, environment.scopes(resource));
  const names = new Map(rows.map((row) => [row.id, String(row.name)]));
  return (grant.scopes as unknown[]).map((scope) => names.get(refId(scope)) ?? refId(scope)).sort();
}

const claims: Look = async (context, { environment, id }) => {
  const collection = environment.below(id, "attributes");
  const rows = await context.rows(`${environment.id} attributes ${id}`, collection);
  const made = rows.filter(
    ({ mappingType, name, value }) => mappingType !== "CORE" || (name === "sub" && value !== DEFAULT_SUB),
  );
  return made.map((row) => ({
    key: `claim/${row.name}`,
    refersTo: row.id,
    text: async () => `claim ${row.name} = ${row.value}`,
    remove: () => removeMapping(collection, row),
  }));
};

const policies: Look = async (context, parent) => {
  const { environment, id } = parent;
  const assigned = await assignedTo(context, parent);
  const names = context.names(environment.id);
  const found = kinds.map(async (kind) => {
    const ids = assigned[kind].map((row) => policyId(row, kind));
    const known = await names.namesOf(KINDS[kind].policies, ids);
    const collection = environment.below(id, KINDS[kind].path);
    return assigned[kind].map((row, index) => ({
      key: `policy/${known[index]}`,
      refersTo: ids[index] ?? "",
      text: async () => `policy ${known[index]}`,
      remove: async () => void (await collection.delete(row.id)),
    }));
  });
  return (await Promise.all(found)).flat();
};

const owners: Look = async (context, { environment, id }) =>
  (await rolesOn(context, environment, id)).map(({ holder, holderId, label, role, assignment }) => ({
    key: `owner/${role === OWNER_ROLE ? label : `${label}/${role}`}`,
    refersTo: holderId,
    text: async () => `owner ${label}${role === OWNER_ROLE ? "" : ` as ${role}`}`,
    remove: () => {
      const where = { resource: `application ${id}`, tenant: context.tenant.origin };
      return removeRole(environment.roleAssignments(holder, holderId), assignment, where);
    },
  }));
