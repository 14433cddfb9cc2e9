/** What hangs below an application and gives access: grants, claims, policies and owners, each as a sentence (pingone §5). */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { claimEntry, grantEntry, OWNER_ROLE, ownerEntry, policyEntry } from "../../fields/pingone-access.ts";
import { name } from "../../fields/text.ts";
import { type Access, ownedAccess } from "./access-set.ts";
import { DEFAULT_SUB, removeMapping } from "./attribute-mapping.ts";
import type { Parent } from "./child.ts";
import type { PingOneContext } from "./context.ts";
import { assignedTo, assignmentsOf, namedPolicies } from "./policy-assignments.ts";
import { removeRole, rolesOn } from "./role-assignments.ts";

/** Inputs of an application about the access below it. */
export const applicationAccess = {
  /** What is declared below it, by what `allow` calls it, as a sentence each: `grant/Orders API`, `owner/demo.owner`. */
  declaredAccess: z.record(name, z.string()).optional(),
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
  /** What nobody declared, and what differs from the declaration where somebody else made the application. */
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

/** What is known of the application. */
type Known = {
  readonly ids: Ids | null | undefined;
  /** True when somebody else made it: what hangs below is compared in whole. */
  readonly isForeign: boolean;
};

/** The access below an application; none where it is not owned as a set. */
export function accessBelow(context: PingOneContext, parent: Parent, inputs: Inputs, known: Known): AccessBelow {
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

async function compare(context: PingOneContext, parent: Parent, inputs: Inputs, { ids: known, isForeign }: Known) {
  const { declaredAccess = {} } = inputs;
  // In the order in which it can be taken away: a claim may need a grant.
  const found = (await Promise.all([claims, policies, owners, grants].map((look) => look(context, parent)))).flat();
  const idOf = (key: string) => found.find(({ access }) => access === key)?.refersTo ?? known?.[key];
  const ids = Object.fromEntries(
    Object.keys(declaredAccess).flatMap((key) => {
      const id = idOf(key);
      return id === undefined ? [] : [[key, id]];
    }),
  );
  const declaredIds = new Set(Object.entries(ids).map(([key, id]) => `${sort(key)}/${id}`));
  // A declared list of policies is owned by its own resource, as a whole.
  const hasPolicies = Object.keys(declaredAccess).some((key) => sort(key) === "policy");
  const judged = found.map(async ({ access, refersTo, text, remove }): Promise<Access[]> => {
    const declared = declaredAccess[access];
    if (isForeign && declared !== undefined) {
      const is = await text();
      // Its own resource changes it.
      return is === declared ? [] : [{ access, text: `${is}; declared is ${declared}`, remove: async () => {} }];
    }
    if (declared !== undefined || declaredIds.has(`${sort(access)}/${refersTo}`)) return [];
    if (hasPolicies && sort(access) === "policy" && !isForeign) return [];
    return [{ access, text: await text(), remove }];
  });
  return { undeclared: (await Promise.all(judged)).flat(), ids };
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
      access: grantEntry(resource, [])[0],
      refersTo: resources[index] ?? "",
      text: async () => grantEntry(resource, await scopeNames(context, environment, row))[1],
      remove: () => collection.delete(row.id),
    };
  });
};

/** The names of the scopes of a grant; an id whose scope is gone stands for itself. */
async function scopeNames(context: PingOneContext, environment: PingOneEnvironment, grant: PingOneObject) {
  const resource = refId(grant.resource);
  const rows = await context.rows(`${environment.id} scopes ${resource}`, environment.scopes(resource));
  const names = new Map(rows.map((row) => [row.id, String(row.name)]));
  return (grant.scopes as unknown[]).map((scope) => names.get(refId(scope)) ?? refId(scope));
}

const claims: Look = async (context, { environment, id }) => {
  const collection = environment.below(id, "attributes");
  const rows = await context.rows(`${environment.id} attributes ${id}`, collection);
  // What PingOne makes itself is nobody's, unless somebody changed it.
  const made = ({ mappingType, name, value }: PingOneObject) =>
    mappingType !== "CORE" || (name === "sub" && value !== DEFAULT_SUB);
  return rows.filter(made).map((row) => {
    const [access, sentence] = claimEntry(String(row.name), String(row.value));
    return { access, refersTo: row.id, text: async () => sentence, remove: () => removeMapping(collection, row) };
  });
};

const policies: Look = async (context, parent) =>
  (await namedPolicies(context, parent.environment.id, await assignedTo(context, parent))).map(
    ({ kind, id, name, row }) => {
      const [access, sentence] = policyEntry(name);
      const remove = () => assignmentsOf(parent, kind).delete(row.id);
      return { access, refersTo: id, text: async () => sentence, remove };
    },
  );

const owners: Look = async (context, { environment, id }) =>
  (await rolesOn(context, environment, id)).map(({ holder, holderId, label, role, assignment }) => {
    const [access, sentence] = ownerEntry(label, role);
    const where = { resource: `application ${id}`, tenant: context.tenant.origin };
    const remove = () => removeRole(environment.roleAssignments(holder, holderId), assignment, where);
    // Another role of an owner is another thing.
    return { access, refersTo: role === OWNER_ROLE ? holderId : assignment.id, text: async () => sentence, remove };
  });
