/**
 * `pingone:PolicyAssignments`: how users sign on to an application, by PingOne's policies or by DaVinci's, in order. An
 * application has one kind at a time, so the list and its kind are one property (pingone §5.4, §9, complaint 6).
 */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { Verdict } from "../../drift/finding.ts";
import { undeclared } from "../../drift/shared-bearings.ts";
import { policiesSchema } from "../../fields/pingone.ts";
import { policyEntry } from "../../fields/pingone-access.ts";
import { shownAccess } from "../undeclared-access.ts";
import { ownedAccess, RULES, staying } from "./access-set.ts";
import { childBearings, childInputs, childKind, childOutputs, type Parent } from "./child.ts";
import type { PingOneContext } from "./context.ts";

const TYPE = "pingone:PolicyAssignments";

/** The two kinds, in the words of the console and on the wire. */
const KINDS = {
  "sign-on": { path: "signOnPolicyAssignments", policies: "signOnPolicies", key: "signOnPolicy" },
  davinci: { path: "flowPolicyAssignments", policies: "flowPolicies", key: "flowPolicy" },
} as const;
type Kind = keyof typeof KINDS;

const schema = z.strictObject({
  ...childInputs,
  policies: policiesSchema.describe("How users sign on"),
  ...ownedAccess,
});
type Inputs = z.infer<typeof schema>;

const outputs = z.object({
  ...childOutputs,
  assignmentIds: z.array(z.string()).describe("UUIDs of the assignments, in order"),
});

/** Assignments by kind, in the order in which they apply. */
type Assigned = Readonly<Record<Kind, readonly PingOneObject[]>>;

const kinds = Object.keys(KINDS) as Kind[];
const other = (kind: Kind): Kind => (kind === "davinci" ? "sign-on" : "davinci");
/** Where the assignments of a kind are. */
export const assignmentsOf = ({ environment, id }: Parent, kind: Kind) => environment.below(id, KINDS[kind].path);
const byPriority = (a: PingOneObject, b: PingOneObject) => Number(a.priority) - Number(b.priority);

/** Id of the assigned policy. */
function policyId(assignment: PingOneObject, kind: Kind): string {
  const policy = assignment[KINDS[kind].key];
  return isRecord(policy) ? String(policy.id) : "";
}

/** What is assigned to an application. */
export async function assignedTo(context: PingOneContext, parent: Parent): Promise<Assigned> {
  const key = (kind: Kind) => `${parent.environment.id} ${KINDS[kind].path} ${parent.id}`;
  const rows = async (kind: Kind) => (await context.rows(key(kind), assignmentsOf(parent, kind))).toSorted(byPriority);
  const [signOn, davinci] = await Promise.all([rows("sign-on"), rows("davinci")]);
  return { "sign-on": signOn, davinci };
}

/** An assignment with its policy. */
type Named = { readonly kind: Kind; readonly id: string; readonly name: string; readonly row: PingOneObject };

/** The assignments with the names of their policies, the kinds one after the other. */
export async function namedPolicies(context: PingOneContext, environment: string | undefined, assigned: Assigned) {
  const names = context.names(environment);
  const found = kinds.map(async (kind): Promise<Named[]> => {
    const ids = assigned[kind].map((row) => policyId(row, kind));
    const known = await names.namesOf(KINDS[kind].policies, ids);
    return assigned[kind].map((row, index) => ({ kind, row, id: ids[index] ?? "", name: known[index] ?? "" }));
  });
  return (await Promise.all(found)).flat();
}

const isDeclared =
  ({ policies }: Inputs) =>
  ({ kind, name }: Named) =>
    kind === policies.kind && policies.names.includes(name);

/** The assignments that are not declared, where they are owned as a set of their own. */
const undeclaredOf = (named: readonly Named[], inputs: Inputs) =>
  named.flatMap((one) => {
    if (inputs.undeclared === undefined || isDeclared(inputs)(one)) return [];
    const [access, text] = policyEntry(one.name);
    return [{ access, text, row: one.row }];
  });

/** Ids of assignments that are not declared, and that a write has to leave. */
async function stayingIds(context: PingOneContext, inputs: Inputs, assigned: Assigned | undefined) {
  if (inputs.undeclared === undefined || !assigned) return new Set<string>();
  const named = await namedPolicies(context, inputs.environmentId, assigned);
  const kept = staying(context, `${TYPE} ${inputs.application}`, inputs, undeclaredOf(named, inputs));
  return new Set(kept.map(({ row }) => row.id));
}

const signOn: Verdict = { class: "weakened", means: "users sign on by other policies, or by none" };

export const policyAssignments = childKind({
  type: TYPE,
  inputs: schema.describe("How users sign on to an application, in order."),
  outputs,
  notShown: RULES,
  drift: {
    noun: "assignment of policies",
    field: (path) => (path[0] === "policies" ? path.slice(1) : path),
    fields: { ...childBearings, policies: { "*": () => signOn }, undeclared },
    gone: signOn,
  },
  key: () => ["policies"],
  resolve: policyIds,

  find: async (context, parent, inputs, known) => {
    const assigned = await assignedTo(context, parent);
    // Later on an empty list is a changed one, unless the application is gone: while the kinds are switched there is none.
    const isEmpty = kinds.every((kind) => assigned[kind].length === 0);
    const isNew = Object.keys(known).length === 0;
    if (isEmpty && (isNew || !(await context.application(inputs.environmentId, parent.id)))) return undefined;
    return assigned;
  },

  decode: async (context, assigned, inputs) => {
    const named = await namedPolicies(context, inputs.environmentId, assigned);
    const undeclared = inputs.undeclared && shownAccess(undeclaredOf(named, inputs), inputs, context.today());
    const shown = undeclared ? named.filter(isDeclared(inputs)) : named;
    const found = new Set(shown.map(({ kind }) => kind));
    const kind =
      found.size > 1 ? "sign-on and davinci" : ([...found][0] ?? (undeclared ? inputs.policies.kind : "sign-on"));
    return {
      inputs: { policies: { kind, names: shown.map(({ name }) => name) }, undeclared },
      outputs: { assignmentIds: kinds.flatMap((each) => assigned[each].map(({ id }) => id)) },
    };
  },

  write: async (context, parent, { inputs, live }) => {
    const { kind } = inputs.policies;
    const wanted = await policyIds(context, inputs);
    const kept = await stayingIds(context, inputs, live);
    const mine = (rows: readonly PingOneObject[] = []) => rows.filter(({ id }) => !kept.has(id));
    await removeAll(parent, other(kind), mine(live?.[other(kind)]));
    const rows = await sync(parent, kind, mine(live?.[kind]), wanted);
    return { ...{ "sign-on": [], davinci: [] }, [kind]: rows };
  },

  remove: async (context, parent, assigned, inputs) => {
    const kept = await stayingIds(context, inputs, assigned);
    for (const kind of kinds) {
      const mine = assigned[kind].filter(({ id }) => !kept.has(id));
      await removeAll(parent, kind, mine);
    }
  },
});

/** The ids of the declared policies. */
function policyIds(context: PingOneContext, inputs: Inputs): Promise<string[]> {
  const { kind, names } = inputs.policies;
  const where = { resource: `${TYPE} ${inputs.application}`, field: "policies.names", tenant: context.tenant.origin };
  return context.names(inputs.environmentId).idsOf(KINDS[kind].policies, names, where);
}

async function removeAll(parent: Parent, kind: Kind, rows: readonly PingOneObject[]): Promise<void> {
  for (const { id } of rows) await assignmentsOf(parent, kind).delete(id);
}

/** Brings the list in line and keeps as many assignments as it can, so that users never meet an application without one. */
async function sync(
  parent: Parent,
  kind: Kind,
  live: readonly PingOneObject[],
  wanted: readonly string[],
): Promise<PingOneObject[]> {
  const assignments = assignmentsOf(parent, kind);
  const { key } = KINDS[kind];
  const rows: PingOneObject[] = [];
  for (const [index, id] of wanted.entries()) {
    const row = live.find((candidate) => policyId(candidate, kind) === id);
    const body = { [key]: { id }, priority: index + 1 };
    const made = async () => (await assignments.list()).find((candidate) => policyId(candidate, kind) === id);
    if (!row) rows.push(await assignments.create(body, made));
    else rows.push(row.priority === index + 1 ? row : await assignments.replace(row.id, body));
  }
  await removeAll(
    parent,
    kind,
    live.filter((row) => !wanted.includes(policyId(row, kind))),
  );
  return rows;
}
