/** `pingone:SignOnPolicy`: what is asked of users who sign on, one action after the other (delegation §1.1). */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import { segment } from "../../admin-api/http/url.ts";
import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName, type PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { guard } from "../../drift/bearing.ts";
import { identity, text } from "../../drift/shared-bearings.ts";
import { environmentIdSchema, signOnActions } from "../../fields/pingone.ts";
import { description, name } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import { isOf, markById, markIn, withMark, withoutMark } from "../owner.ts";
import type { PingOneContext } from "./context.ts";
import { replaceChanged } from "./properties.ts";

const TYPE = "pingone:SignOnPolicy";

const schema = z.strictObject({
  environmentId: environmentIdSchema
    .optional()
    .meta({ description: "UUID of the environment", otherwise: "PINGONE_ENVIRONMENT_ID" }),
  name: name.describe("Unique in the environment; tokens name it in `acr`"),
  description: description.optional(),
  actions: signOnActions(),
});
type Inputs = z.infer<typeof schema>;

const outputs = z.object({
  signOnPolicyId: z.string().describe("UUID of the policy"),
});

/** Its actions, in the order in which they run. */
type Live = { readonly policy: PingOneObject; readonly actions: readonly PingOneObject[] };

/** Settings of an action that decide whom it lets in, or whether it runs at all; an action of ours has none of them. */
const DECISIVE = ["condition", "socialProviders", "registration"] as const;

const actionsOf = (environment: PingOneEnvironment, policy: string) =>
  environment.collection(`signOnPolicies/${segment(policy)}/actions`, policy);
const inOrder = (rows: readonly PingOneObject[]) => rows.toSorted((a, b) => Number(a.priority) - Number(b.priority));
const agreementOf = ({ agreement }: PingOneObject) => (isRecord(agreement) ? String(agreement.id) : undefined);

/** Whether a setting says something: PingOne may show one that is switched off. */
function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isRecord(value) ? value.enabled !== false && Object.keys(value).length > 0 : value !== undefined;
}
const decisiveOf = (row: PingOneObject) =>
  Object.fromEntries(DECISIVE.filter((key) => isSet(row[key])).map((key) => [key, row[key]]));

/** An action as it is on the wire, without its place in the order. */
type Wanted = { readonly type: "LOGIN" } | { readonly type: "AGREEMENT"; readonly agreement: { readonly id: string } };

/** The declared actions. @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS */
function wantedOf(context: PingOneContext, { environmentId, name, actions }: Inputs): Promise<Wanted[]> {
  const names = context.names(environmentId);
  return Promise.all(
    actions.map(async (action, index) => {
      if (action.type === "login") return { type: "LOGIN" };
      const where = {
        resource: `${TYPE} ${name}`,
        field: `actions[${index}].agreement`,
        tenant: context.tenant.origin,
      };
      return { type: "AGREEMENT", agreement: { id: await names.idOf("agreements", action.agreement, where) } };
    }),
  );
}

const isFor = (wanted: Wanted) => (row: PingOneObject) =>
  row.type === wanted.type && agreementOf(row) === ("agreement" in wanted ? wanted.agreement.id : undefined);

export const signOnPolicy: ResourceKind<typeof schema, typeof outputs, Live, PingOneContext> = {
  type: TYPE,
  inputs: schema.describe("What is asked of users who sign on, one action after the other."),
  outputs,
  immutable: [{ tenant: "environmentId" }],
  refusesTaken: true,
  drift: {
    noun: "sign-on policy",
    fields: { environmentId: identity, ...text, actions: { "*": guard("users sign on in another way") } },
    field: (path) => path.slice(0, 1),
    gone: { class: "weakened", means: "users sign on by another policy" },
  },
  id: ({ environmentId, name }) => [...(environmentId ? [environmentId] : []), name].join("/"),
  identity: (_inputs, { signOnPolicyId }) => signOnPolicyId,
  announce: (context, { environmentId, name }) => context.names(environmentId).expected.add("signOnPolicies", name),
  // A preview may not know the actions yet.
  resolve: async (context, inputs) => inputs.actions && wantedOf(context, inputs),

  observe: async (context, inputs, { signOnPolicyId }) => {
    const environment = context.environment(inputs.environmentId);
    const rows = await context.rows(`${environment.id} signOnPolicies`, environment.signOnPolicies);
    const policy = rows.find(signOnPolicyId === undefined ? hasName(inputs.name) : ({ id }) => id === signOnPolicyId);
    if (!policy) return undefined;
    const key = `${environment.id} actions ${policy.id}`;
    return { policy, actions: inOrder(await context.rows(key, actionsOf(environment, policy.id))) };
  },

  mark: ({ policy: { description } }, { outputs }) => markById(markIn(description), outputs.signOnPolicyId),

  decode: async (context, { policy, actions }, { environmentId }) => {
    const ids = actions.flatMap((row) => agreementOf(row) ?? []);
    const names = await context.names(environmentId).namesOf("agreements", ids);
    const nameOf = (row: PingOneObject) => {
      const id = agreementOf(row);
      return id === undefined ? {} : { agreement: names[ids.indexOf(id)] };
    };
    return {
      inputs: {
        environmentId,
        name: policy.name,
        description: withoutMark(policy.description),
        actions: actions.map((row) => ({ type: String(row.type).toLowerCase(), ...nameOf(row), ...decisiveOf(row) })),
      },
      outputs: { signOnPolicyId: policy.id },
    };
  },

  write: async (context, { inputs, previous, live, owner }) => {
    const environment = context.environment(inputs.environmentId);
    const { signOnPolicies } = environment;
    const wanted = await wantedOf(context, inputs);
    const { name } = inputs;
    const before = live?.policy;
    const kept = previous?.description ? undefined : withoutMark(before?.description);
    // Which policy is the environment's default is not said here: what is new is none.
    const body = { name, description: withMark(inputs.description ?? kept, owner), default: before?.default ?? false };
    const made = async () =>
      (await signOnPolicies.list()).find((row) => hasName(name)(row) && isOf(markIn(row.description), owner));
    const policy = before
      ? await replaceChanged(signOnPolicies, before, body)
      : await signOnPolicies.create(body, made);
    const actions = await sync(actionsOf(environment, policy.id), live?.actions ?? [], wanted);
    if (before?.name !== name) context.names(inputs.environmentId).forget("signOnPolicies");
    return { live: { policy, actions } };
  },

  remove: async (context, { environmentId }, _outputs, _owner, live) => {
    if (live) await context.environment(environmentId).signOnPolicies.delete(live.policy.id);
    context.names(environmentId).forget("signOnPolicies");
  },
};

/**
 * Brings the actions in line. Each keeps its id and, where it can, its place: two actions never have one priority, and the
 * policy never is without an action, for PingOne keeps the last one.
 */
async function sync(
  collection: PingOneCollection,
  live: readonly PingOneObject[],
  wanted: readonly Wanted[],
): Promise<PingOneObject[]> {
  const used = new Set(live.map(({ priority }) => Number(priority)));
  const rows: PingOneObject[] = [];
  for (const action of wanted) {
    const row = live.find((one) => isFor(action)(one) && !rows.includes(one));
    const last = Number(rows.at(-1)?.priority ?? 0);
    const priority = row && Number(row.priority) > last ? Number(row.priority) : Math.max(0, last, ...used) + 1;
    used.add(priority);
    const body = { ...action, priority };
    if (!row) {
      const made = async () => (await collection.list()).find((one) => isFor(action)(one) && one.priority === priority);
      rows.push(await collection.create(body, made));
    } else {
      const isSame = row.priority === priority && Object.keys(decisiveOf(row)).length === 0;
      rows.push(isSame ? row : await collection.replace(row.id, { ...othersOf(row), ...body }));
    }
  }
  const ids = rows.map(({ id }) => id);
  for (const { id } of live.filter((row) => !ids.includes(row.id))) await collection.delete(id);
  return rows;
}

/** Settings of an action that nobody declared and that decide nothing. */
function othersOf(row: PingOneObject) {
  const serverSet = ["_links", "environment", "id", "signOnPolicy", "createdAt", "updatedAt", ...DECISIVE];
  return Object.fromEntries(Object.entries(row).filter(([key]) => !serverSet.includes(key)));
}
