/** What hangs below an application and gives access: grants, claims, policies and owners, each as a sentence (pingone §5). */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { claimAccess, grantAccess, OWNER_ROLE, ownerAccess, policyAccess } from "../../fields/pingone-access.ts";
import { set } from "../../fields/text.ts";
import { type Access, ownedAccess } from "./access-set.ts";
import { DEFAULT_SUB, removeMapping } from "./attribute-mapping.ts";
import type { Parent } from "./child.ts";
import type { PingOneContext } from "./context.ts";
import { assignedTo, assignmentsOf, namedPolicies } from "./policy-assignments.ts";
import { removeRole, rolesOn } from "./role-assignments.ts";

/** Inputs of an application about the access below it. */
export const applicationAccess = {
  /** What is declared below it, as `allow` would call it: `grant/Orders API`, `owner/demo.owner`. */
  declaredAccess: set().optional(),
  ...ownedAccess,
};
type Inputs = z.infer<z.ZodObject<typeof applicationAccess>>;

/** Outputs of an application about the access below it. */
export const accessOutputs = {
  /** Ids of what declared access refers to: what is renamed on the platform is declared still. */
  accessIds: z.record(z.string(), z.string()).optional(),
};
type Ids = Readonly<Record<string, string>>;

/** The access below an application. Both look once, when they are first asked. */
export type AccessBelow = {
  /** What nobody declared. */
  undeclared(): Promise<readonly Access[]>;
  ids(): Promise<Ids>;
};

/** One thing below an application. */
type Found = {
  /** What `allow` calls it. */
  readonly access: string;
  /** What has the same id under another name: the resource, the policy, the user or group; the claim itself. */
  readonly refersTo: string;
  text(): Promise<string>;
  remove(): Promise<unknown>;
};
type Look = (context: PingOneContext, parent: Parent) => Promise<readonly Found[]>;

/** The access below an application; none where it is not owned as a set. */
export function accessBelow(context: PingOneContext, parent: Parent, inputs: Inputs, known?: Ids | null): AccessBelow {
  let compared: ReturnType<typeof compare> | undefined;
  const look = () => {
    compared ??= compare(context, parent, inputs, known);
    return compared;
  };
  const isOwned = inputs.undeclared !== undefined;
  return {
    undeclared: async () => (isOwned ? (await look()).undeclared : []),
    ids: async () => (isOwned ? (await look()).ids : {}),
  };
}

/** An application that is as it is declared: just made, or repaired. */
export const settled = (ids: Ids | null | undefined): AccessBelow => ({
  undeclared: async () => [],
  ids: async () => ids ?? {},
});

async function compare(context: PingOneContext, parent: Parent, inputs: Inputs, known: Ids | null | undefined) {
  const { declaredAccess = [] } = inputs;
  // In the order in which it can be taken away: a claim may need a grant.
  const found = (await Promise.all([claims, policies, owners, grants].map((look) => look(context, parent)))).flat();
  const ids = Object.fromEntries(
    declaredAccess.flatMap((key) => {
      const id = found.find(({ access }) => access === key)?.refersTo ?? known?.[key];
      return id === undefined ? [] : [[key, id]];
    }),
  );
  const declared = new Set([...declaredAccess, ...Object.entries(ids).map(([key, id]) => `${sort(key)}/${id}`)]);
  // A declared list of policies is owned by its own resource, as a whole.
  const hasPolicies = declaredAccess.some((key) => sort(key) === "policy");
  const isUndeclared = ({ access, refersTo }: Found) =>
    !(
      declared.has(access) ||
      declared.has(`${sort(access)}/${refersTo}`) ||
      (hasPolicies && sort(access) === "policy")
    );
  const undeclared = found
    .filter(isUndeclared)
    .map(async (one): Promise<Access> => ({ ...one, text: await one.text() }));
  return { undeclared: await Promise.all(undeclared), ids };
}

const sort = (key: string) => key.slice(0, key.indexOf("/"));

const refId = (value: unknown) => (isRecord(value) ? String(value.id) : "");

const grants: Look = async (context, parent) => {
  const { environment, id } = parent;
  const collection = environment.below(id, "grants");
  const rows = await context.rows(`${environment.id} grants ${id}`, collection);
  const resources = rows.map(({ resource }) => refId(resource));
  const names = await context.names(environment.id).namesOf("resources", resources);
  return rows.map((row, index) => {
    const resource = names[index] ?? "";
    return {
      access: grantAccess(resource),
      refersTo: resources[index] ?? "",
      text: async () => `scopes of ${resource}: ${(await scopeNames(context, environment, row)).join(", ")}`,
      remove: () => collection.delete(row.id),
    };
  });
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
  // What PingOne makes itself is nobody's, unless somebody changed it.
  const made = ({ mappingType, name, value }: PingOneObject) =>
    mappingType !== "CORE" || (name === "sub" && value !== DEFAULT_SUB);
  return rows.filter(made).map((row) => ({
    access: claimAccess(String(row.name)),
    refersTo: row.id,
    text: async () => `claim ${row.name} = ${row.value}`,
    remove: () => removeMapping(collection, row),
  }));
};

const policies: Look = async (context, parent) =>
  (await namedPolicies(context, parent.environment.id, await assignedTo(context, parent))).map(
    ({ kind, id, name, row }) => ({
      access: policyAccess(name),
      refersTo: id,
      text: async () => `policy ${name}`,
      remove: () => assignmentsOf(parent, kind).delete(row.id),
    }),
  );

const owners: Look = async (context, { environment, id }) =>
  (await rolesOn(context, environment, id)).map(({ holder, holderId, label, role, assignment }) => ({
    access: ownerAccess(label, role),
    // Another role of an owner is another thing.
    refersTo: role === OWNER_ROLE ? holderId : assignment.id,
    text: async () => (role === OWNER_ROLE ? `owner ${label}` : `${label} has the role ${role}`),
    remove: () => {
      const where = { resource: `application ${id}`, tenant: context.tenant.origin };
      return removeRole(environment.roleAssignments(holder, holderId), assignment, where);
    },
  }));
