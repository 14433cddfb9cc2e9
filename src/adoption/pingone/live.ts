/** The agents and applications of an environment, and the resources that they reach or act with tokens of, as their kinds read them. */

import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { type Claim, claimOf } from "../../fields/pingone.ts";
import { named } from "../../named.ts";
import type { AnyKind } from "../../providers/kind.ts";
import type { Mark } from "../../providers/owner.ts";
import { agreement } from "../../providers/pingone/agreement.ts";
import { aiAgent } from "../../providers/pingone/ai-agent.ts";
import { application } from "../../providers/pingone/application.ts";
import { attributeMapping, isMadeMapping } from "../../providers/pingone/attribute-mapping.ts";
import type { PingOneContext } from "../../providers/pingone/context.ts";
import { assignedTo, namedPolicies } from "../../providers/pingone/policy-assignments.ts";
import { isMade, resource } from "../../providers/pingone/resource.ts";
import { type HeldRole, rolesOn } from "../../providers/pingone/role-assignments.ts";
import { signOnPolicy } from "../../providers/pingone/sign-on-policy.ts";
import { metadataOf, othersBelow } from "../../providers/pingone/stamp.ts";
import type { Properties } from "../../providers/pulumi-values.ts";

/** An agent or another application in the terms of its kind, and what hangs below it. */
export type FoundClient = {
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
export type FoundResource = {
  readonly id: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly mark: Mark;
};

/** An agreement or a sign-on policy in the terms of its kind. */
export type FoundObject = { readonly name: string; readonly inputs: Properties; readonly mark: Mark };

/** What an environment has. */
export type FoundEnvironment = {
  readonly agents: readonly FoundClient[];
  /** Those that are asked for, and those that decide about what is delegated. */
  readonly applications: readonly FoundClient[];
  /** Client ids of all agents and applications, by their names. */
  readonly clientIds: ReadonlyMap<string, string>;
  readonly resources: readonly FoundResource[];
  /** Sign-on policies of these that prompt for an agreement, but for the environment's default one. */
  readonly signOnPolicies: readonly FoundObject[];
  /** What those prompt for. */
  readonly agreements: readonly FoundObject[];
};

/**
 * Reads an environment: what hangs below an agent, an application that is read, or a resource costs a call for each sort
 * (pingone §5), and where resources say who may act with their tokens, the grants of every other application cost one.
 *
 * @param environmentId @default the environment of the settings
 * @param isAsked whether an application that is no agent is read whatever else there is. @default none
 * @throws AdminApiError
 */
export async function foundIn(
  context: PingOneContext,
  environmentId: string | undefined,
  isAsked: (application: { readonly name: string; readonly clientId: string }) => boolean = () => false,
): Promise<FoundEnvironment> {
  const environment = context.environment(environmentId);
  const [rows, resourceRows] = await Promise.all([environment.applications.list(), environment.resources.list()]);
  const all = rows.filter(({ clientId }) => typeof clientId === "string");
  const agentRows = all.filter(({ type }) => type === "AI_AGENT");
  const from = (kind: AnyKind<PingOneContext>) => (row: PingOneObject) =>
    clientFrom(context, { environmentId, kind, row, resources: resourceRows });
  const [agents, resources] = await Promise.all([
    Promise.all(agentRows.map(from(aiAgent))),
    Promise.all(resourceRows.filter(isCustom).map((row) => resourceFrom(context, environmentId, row))),
  ]);
  const others = all.filter((row) => !agentRows.includes(row));
  const sources = resources.flatMap(({ id, inputs }) => {
    const claim = claimIn(inputs, "may_act");
    return claim ? [{ id, text: claim.value }] : [];
  });
  const matters = async (row: PingOneObject): Promise<boolean> => {
    const [name, clientId] = [String(row.name), String(row.clientId)];
    if (isAsked({ name, clientId }) || sources.some(({ text }) => text.includes(clientId))) return true;
    const grants = sources.length > 0 ? await grantRows(context, environment, row.id) : [];
    return grants.some((grant) => sources.some(({ id }) => id === refId(grant.resource)));
  };
  const read = await Promise.all(
    others.map(async (row) => ((await matters(row)) ? [await from(application)(row)] : [])),
  );
  const applications = read.flat();
  return {
    ...{ agents, applications, resources },
    clientIds: new Map(all.map(({ name, clientId }) => [String(name), String(clientId)])),
    ...(await policiesOf(context, environmentId, [...agents, ...applications])),
  };
}

const isCustom = ({ type }: PingOneObject) => type === "CUSTOM";

/** A claim of a resource, as its kind reads it. */
export function claimIn({ claims = {} }: FoundResource["inputs"], name: string): Claim | undefined {
  const found = named(claims as Readonly<Record<string, Parameters<typeof claimOf>[0]>>, name);
  return found === undefined ? undefined : claimOf(found);
}

/** The policies of clients that prompt for an agreement, and those agreements. */
async function policiesOf(
  context: PingOneContext,
  environmentId: string | undefined,
  clients: readonly FoundClient[],
): Promise<Pick<FoundEnvironment, "signOnPolicies" | "agreements">> {
  const { signOnPolicies: all } = context.environment(environmentId);
  const assigned = clients.flatMap(({ policies }) => policies.filter(({ kind }) => kind === "sign-on"));
  const names = new Set(assigned.map(({ name }) => name));
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

/** A client that is read. */
type Read = {
  readonly environmentId: string | undefined;
  readonly kind: AnyKind<PingOneContext>;
  readonly row: PingOneObject;
  readonly resources: readonly PingOneObject[];
};

async function clientFrom(
  context: PingOneContext,
  { environmentId, kind, row, resources }: Read,
): Promise<FoundClient> {
  const name = String(row.name);
  const key = { environmentId, name };
  // By its id: the type of an application is not known yet, and may be none that a declaration knows.
  const live = await kind.observe(context, key, { applicationId: row.id }, undefined);
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

const grantRows = (context: PingOneContext, environment: PingOneEnvironment, application: string) =>
  context.rows(`${environment.id} grants ${application}`, environment.below(application, "grants"));

async function grantsOf(
  context: PingOneContext,
  environment: PingOneEnvironment,
  application: string,
  resources: readonly PingOneObject[],
): Promise<FoundGrant[]> {
  const rows = await grantRows(context, environment, application);
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
  return { id: row.id, name, inputs, mark: mark ?? { whose: "nobody" } };
}
