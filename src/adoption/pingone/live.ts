/** The agents of an environment, and the resources that they reach or act for users of, as their kinds read them. */

import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import type { AnyKind } from "../../providers/kind.ts";
import type { Mark } from "../../providers/owner.ts";
import { agreement } from "../../providers/pingone/agreement.ts";
import { aiAgent } from "../../providers/pingone/ai-agent.ts";
import { attributeMapping, isMadeMapping } from "../../providers/pingone/attribute-mapping.ts";
import type { PingOneContext } from "../../providers/pingone/context.ts";
import { assignedTo, namedPolicies } from "../../providers/pingone/policy-assignments.ts";
import { isMade, resource } from "../../providers/pingone/resource.ts";
import { type HeldRole, rolesOn } from "../../providers/pingone/role-assignments.ts";
import { signOnPolicy } from "../../providers/pingone/sign-on-policy.ts";
import { metadataOf, othersBelow } from "../../providers/pingone/stamp.ts";
import type { Properties } from "../../providers/pulumi-values.ts";

/** An agent in the terms of its kind, and what hangs below it. */
export type FoundAgent = {
  readonly clientId: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly mark: Mark;
  readonly grants: readonly FoundGrant[];
  /** Claims about users, in the terms of their kind. */
  readonly claims: readonly Properties[];
  readonly policies: readonly { readonly kind: string; readonly name: string }[];
  readonly roles: readonly Pick<HeldRole, "holder" | "label" | "role">[];
  /** Whose it is what hangs below it and is not its owner's. */
  readonly others: readonly Mark[];
};

/** Scopes of a resource, by names. */
export type FoundGrant = {
  readonly resource: string;
  /** What PingOne calls its sort, e.g. `CUSTOM`. */
  readonly type: string;
  readonly scopes: readonly string[];
};

/** A resource in the terms of its kind, `scopes` and `claims` of it in full. */
export type FoundResource = { readonly name: string; readonly inputs: Properties; readonly mark: Mark };

/** An agreement or a sign-on policy in the terms of its kind. */
export type FoundObject = { readonly name: string; readonly inputs: Properties; readonly mark: Mark };

/** What an environment has. */
export type FoundEnvironment = {
  readonly agents: readonly FoundAgent[];
  readonly resources: readonly FoundResource[];
  /** Sign-on policies of agents that prompt for an agreement, but for the environment's default one. */
  readonly signOnPolicies: readonly FoundObject[];
  /** What those prompt for. */
  readonly agreements: readonly FoundObject[];
};

/**
 * Reads an environment: what hangs below an agent or resource costs a call for each sort (pingone §5).
 *
 * @param environmentId @default the environment of the settings
 * @throws AdminApiError
 */
export async function foundIn(context: PingOneContext, environmentId: string | undefined): Promise<FoundEnvironment> {
  const environment = context.environment(environmentId);
  const [applications, resources] = await Promise.all([environment.applications.list(), environment.resources.list()]);
  const rows = applications.filter(({ type }) => type === "AI_AGENT");
  const agents = await Promise.all(rows.map((row) => agentFrom(context, environmentId, row, resources)));
  return {
    agents,
    ...(await policiesOf(context, environmentId, agents)),
    resources: await Promise.all(
      resources.filter(({ type }) => type === "CUSTOM").map((row) => resourceFrom(context, environmentId, row)),
    ),
  };
}

/** The policies of agents that prompt for an agreement, and those agreements. */
async function policiesOf(
  context: PingOneContext,
  environmentId: string | undefined,
  agents: readonly FoundAgent[],
): Promise<Pick<FoundEnvironment, "signOnPolicies" | "agreements">> {
  const { signOnPolicies: all } = context.environment(environmentId);
  const named = agents.flatMap(({ policies }) => policies.filter(({ kind }) => kind === "sign-on"));
  const names = new Set(named.map(({ name }) => name));
  if (names.size === 0) return { signOnPolicies: [], agreements: [] };
  const own = (await all.list()).filter((row) => names.has(String(row.name)) && row.default !== true);
  const read = own.map(({ name }) => objectFrom(context, signOnPolicy, { environmentId, name: String(name) }));
  const policies = (await Promise.all(read)).filter((policy) => agreementsIn(policy).length > 0);
  const prompted = [...new Set(policies.flatMap(agreementsIn))];
  const key = (name: string) => ({ environmentId, name, languages: {} });
  return {
    signOnPolicies: policies,
    agreements: await Promise.all(prompted.map((name) => objectFrom(context, agreement, key(name)))),
  };
}

/** Names of the agreements that a policy prompts for. */
export const agreementsIn = ({ inputs }: FoundObject): string[] =>
  (Array.isArray(inputs.actions) ? inputs.actions : []).flatMap((action) =>
    isRecord(action) && typeof action.agreement === "string" ? [action.agreement] : [],
  );

async function objectFrom(
  context: PingOneContext,
  kind: AnyKind<PingOneContext>,
  key: Properties & { readonly name: string },
): Promise<FoundObject> {
  const live = await kind.observe(context, key, {}, undefined);
  const { inputs } = await kind.decode(context, live, key, undefined);
  const mark = kind.mark?.(live, { inputs: key, outputs: {}, owner: undefined, inState: false });
  return { name: key.name, inputs, mark: mark ?? { whose: "nobody" } };
}

async function agentFrom(
  context: PingOneContext,
  environmentId: string | undefined,
  row: PingOneObject,
  resources: readonly PingOneObject[],
): Promise<FoundAgent> {
  const kind: AnyKind<PingOneContext> = aiAgent;
  const name = String(row.name);
  const key = { environmentId, name };
  const live = await kind.observe(context, key, {}, undefined);
  const parent = { environment: context.environment(environmentId), id: row.id };
  const [view, grants, claims, policies, roles, others] = await Promise.all([
    kind.decode(context, live, key, undefined),
    grantsOf(context, parent.environment, row.id, resources),
    claimsOf(context, environmentId, row),
    assignedTo(context, parent).then((assigned) => namedPolicies(context, environmentId, assigned)),
    rolesOn(context, parent.environment, row.id),
    metadataOf(context, parent).then((metadata) => [...othersBelow(metadata).values()]),
  ]);
  const mark = kind.mark?.(live, { inputs: key, outputs: {}, owner: undefined, inState: false });
  return {
    ...{ clientId: String(row.clientId), name, inputs: view.inputs, grants, claims, policies, roles, others },
    mark: mark ?? { whose: "nobody" },
  };
}

const refId = (value: unknown) => (isRecord(value) ? String(value.id) : "");

async function grantsOf(
  context: PingOneContext,
  environment: PingOneEnvironment,
  application: string,
  resources: readonly PingOneObject[],
): Promise<FoundGrant[]> {
  const rows = await context.rows(`${environment.id} grants ${application}`, environment.below(application, "grants"));
  return Promise.all(
    rows.map(async (row) => {
      const id = refId(row.resource);
      const target = resources.find((one) => one.id === id);
      const scopes = await context.rows(`${environment.id} scopes ${id}`, environment.scopes(id));
      const names = new Map(scopes.map((scope) => [scope.id, String(scope.name)]));
      const granted = (Array.isArray(row.scopes) ? row.scopes : []).map(refId);
      return {
        ...{ resource: String(target?.name ?? id), type: String(target?.type) },
        scopes: granted.map((scope) => names.get(scope) ?? scope).sort(),
      };
    }),
  );
}

async function claimsOf(context: PingOneContext, environmentId: string | undefined, application: PingOneObject) {
  const kind: AnyKind<PingOneContext> = attributeMapping;
  const environment = context.environment(environmentId);
  const parent = { environment, id: application.id };
  const collection = environment.below(application.id, "attributes");
  const rows = await context.rows(`${environment.id} attributes ${application.id}`, collection);
  const key = { environmentId, application: application.name, applicationId: application.id, scopes: [] };
  const shown = rows.filter(isMadeMapping).map((found) => kind.decode(context, { parent, found }, key, undefined));
  return (await Promise.all(shown)).map(({ inputs }) => inputs);
}

async function resourceFrom(
  context: PingOneContext,
  environmentId: string | undefined,
  row: PingOneObject,
): Promise<FoundResource> {
  const name = String(row.name);
  const live = await resource.observe(context, { environmentId, name, scopes: {}, claims: {} }, {}, undefined);
  const names = (rows: readonly PingOneObject[] = []) =>
    Object.fromEntries(rows.filter(isMade).map((one) => [String(one.name), ""]));
  const key = { environmentId, name, scopes: names(live?.scopes), claims: names(live?.claims) };
  const found = live ?? { resource: row, scopes: [], claims: [], undeclared: [] };
  const { inputs } = await resource.decode(context, found, key, undefined);
  const mark = resource.mark?.(found, { inputs: key, outputs: {}, owner: undefined, inState: false });
  return { name, inputs, mark: mark ?? { whose: "nobody" } };
}
