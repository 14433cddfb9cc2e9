/** What hangs below an application and gives access: grants, claims, policies and owners, each as a sentence (pingone §5). */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { claimEntry, grantEntry, OWNER_ROLE, ownerEntry, policyEntry, sortOf } from "../../fields/pingone-access.ts";
import { name } from "../../fields/text.ts";
import { once } from "../once.ts";
import { describeMark, isOfStack, NOBODY, type Owner } from "../owner.ts";
import { type Access, ownedAccess } from "./access-set.ts";
import { isMadeMapping, removeMapping } from "./attribute-mapping.ts";
import type { Parent } from "./child.ts";
import type { PingOneContext } from "./context.ts";
import { assignedTo, assignmentsOf, namedPolicies } from "./policy-assignments.ts";
import { removeRole, rolesOn } from "./role-assignments.ts";
import { metadataOf, othersBelow } from "./stamp.ts";

/** Inputs of an application about the access below it. */
export const applicationAccess = {
  declaredAccess: z
    .record(name, z.string())
    .optional()
    .describe(
      "What is declared below it, as `allow` would call it: `grant/Orders API`, `owner/demo.owner`. With the sentence of each, or an empty one: the sentences matter where the application may be taken over",
    ),
  ...ownedAccess,
};
type Inputs = z.infer<z.ZodObject<typeof applicationAccess>>;

/** Outputs of an application about the access below it. */
export const accessOutputs = {
  accessIds: z
    .record(z.string(), z.string())
    .optional()
    .describe("Ids of what declared access refers to: what is renamed on the platform is declared still"),
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
  /** By what the metadata of the application names it, where another stack made it (stamp.ts). */
  readonly place: string;
  text(): Promise<string>;
  remove(): Promise<unknown>;
};
type Look = (context: PingOneContext, parent: Parent) => Promise<readonly Found[]>;

/** An application whose access is looked at. */
type Looked = {
  readonly inputs: Inputs;
  /** Ids by declared key, as somebody saw them last. */
  readonly known: Ids | null | undefined;
  readonly owner: Owner | undefined;
  /** True for one that a create may take over: what is declared is compared, too. */
  readonly isForeign: boolean;
};

/** The access below an application; none where it is not owned as a set. */
export function accessBelow(context: PingOneContext, parent: Parent, looked: Looked): AccessBelow {
  const look = once(() => compare(context, parent, looked));
  const isOwned = looked.inputs.undeclared !== undefined;
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

async function compare(context: PingOneContext, parent: Parent, { inputs, known, owner, isForeign }: Looked) {
  const { declaredAccess = {} } = inputs;
  const keys = Object.keys(declaredAccess);
  // In the order in which it can be taken away: a claim may need a grant.
  const found = (await Promise.all([claims, policies, owners, grants].map((look) => look(context, parent)))).flat();
  const ids = Object.fromEntries(
    keys.flatMap((key) => {
      const id = found.find(({ access }) => access === key)?.refersTo ?? known?.[key];
      return id === undefined ? [] : [[key, id]];
    }),
  );
  const declared = new Set([...keys, ...Object.entries(ids).map(([key, id]) => `${sortOf(key)}/${id}`)]);
  // A declared list of policies is owned by its own resource, as a whole.
  const hasPolicies = !isForeign && keys.some((key) => sortOf(key) === "policy");
  // Another stack says in the metadata what it has hung below our application.
  const registered = async (place: string) => othersBelow(await metadataOf(context, parent)).get(place) ?? NOBODY;
  const judged = found.map(async ({ access, refersTo, place, text, remove }): Promise<Access[]> => {
    const wanted = declaredAccess[access];
    if (isForeign && wanted) {
      const is = await text();
      // Its own resource changes it.
      return is === wanted ? [] : [{ access, text: `${is}; declared is ${wanted}`, remove: async () => {} }];
    }
    if (declared.has(access) || declared.has(`${sortOf(access)}/${refersTo}`)) return [];
    if (hasPolicies && sortOf(access) === "policy") return [];
    const mark = await registered(place);
    const grantedBy = mark.whose === "stack" && !isOfStack(mark, owner) ? describeMark(mark) : undefined;
    return [{ access, text: await text(), grantedBy, remove }];
  });
  return { undeclared: (await Promise.all(judged)).flat(), ids };
}

const refId = (value: unknown) => (isRecord(value) ? String(value.id) : "");

const grants: Look = async (context, parent) => {
  const { environment, id } = parent;
  const collection = environment.below(id, "grants");
  const rows = await context.rows(`${environment.id} grants ${id}`, collection);
  const resources = rows.map(({ resource }) => refId(resource));
  const names = await context.names(environment.id).namesOf("resources", resources);
  return rows.map((row, index) => {
    const [resource = "", refersTo = ""] = [names[index], resources[index]];
    return {
      access: grantEntry(resource, [])[0],
      refersTo,
      place: `ScopeGrant/${refersTo}`,
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
  return rows.filter(isMadeMapping).map((row) => {
    const [access, sentence] = claimEntry(String(row.name), String(row.value));
    const remove = () => removeMapping(collection, row);
    return { access, refersTo: row.id, place: `AttributeMapping/${row.name}`, text: async () => sentence, remove };
  });
};

const policies: Look = async (context, parent) => {
  const assigned = await namedPolicies(context, parent.environment.id, await assignedTo(context, parent));
  return assigned.map(({ kind, id, name, row }) => {
    const [access, sentence] = policyEntry(name);
    const remove = () => assignmentsOf(parent, kind).delete(row.id);
    return { access, refersTo: id, place: "PolicyAssignments/policies", text: async () => sentence, remove };
  });
};

const owners: Look = async (context, { environment, id }) =>
  (await rolesOn(context, environment, id)).map(({ holder, holderId, label, role, assignment }) => {
    const [access, sentence] = ownerEntry(label, role);
    return {
      access,
      // Another role of an owner is another thing.
      refersTo: role === OWNER_ROLE ? holderId : assignment.id,
      place: `Owner/${holderId}/${refId(assignment.role)}`,
      text: async () => sentence,
      remove: () => {
        const where = { resource: `application ${id}`, tenant: context.tenant.origin };
        return removeRole(environment.roleAssignments(holder, holderId), assignment, where);
      },
    };
  });
