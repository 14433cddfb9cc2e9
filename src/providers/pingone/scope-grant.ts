/** `pingone:ScopeGrant`: which scopes of one resource an application may ask for (pingone §5.2). */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import { guard, reach } from "../../drift/bearing.ts";
import { undeclared } from "../../drift/shared-bearings.ts";
import { PingAgentsError } from "../../errors.ts";
import { grantScopes, listedScopes, NOTHING_TO_GRANT, OPENID } from "../../fields/pingone.ts";
import { scopeEntry } from "../../fields/pingone-access.ts";
import { name } from "../../fields/text.ts";
import type { OutputsOf } from "../kind.ts";
import { nearestOf } from "../only-one.ts";
import { UNKNOWN } from "../pulumi-values.ts";
import { shownAccess } from "../undeclared-access.ts";
import { ownedAccess, RULES, staying } from "./access-set.ts";
import { childBearings, childInputs, childKind, childOutputs, ifFound, type Parent } from "./child.ts";
import type { PingOneContext } from "./context.ts";

const TYPE = "pingone:ScopeGrant";

const schema = z
  .strictObject({
    ...childInputs,
    resource: name.describe("Name of the resource, a label where its id is given; `openid` is that of OpenID Connect"),
    resourceId: z.uuid().optional().describe("Its id, where it is known already"),
    scopes: grantScopes.describe("Scopes that may be asked for"),
    ...ownedAccess,
  })
  .refine((inputs) => granted(inputs).length > 0, { path: ["scopes"], error: NOTHING_TO_GRANT });
type ScopeGrantInputs = z.infer<typeof schema>;
/** Scopes by name, and where they are looked for. */
type Sought = Pick<ScopeGrantInputs, "environmentId" | "application" | "resource" | "resourceId" | "scopes">;

const outputs = z.object({ ...childOutputs, grantId: z.string().describe("UUID of the grant") });

type Found = {
  readonly grant: PingOneObject;
  /** Names; an id whose scope is gone stands for itself. */
  readonly scopes: readonly string[];
};

/** The scopes that are not declared, where they are owned as a set of their own. */
const undeclaredOf = ({ grant, scopes }: Found, inputs: ScopeGrantInputs) =>
  scopes.flatMap((name, index) => {
    if (inputs.undeclared === undefined || granted(inputs).includes(name)) return [];
    const [access, text] = scopeEntry(name);
    return [{ access, text, name, id: scopesOf(grant)[index] ?? "" }];
  });

/** The scopes that stand in the grant. */
const granted = ({ resource, scopes }: { readonly resource: string; readonly scopes: readonly string[] }) =>
  listedScopes(resource, scopes);

const refId = (value: unknown) => (value as { readonly id: string }).id;
const scopesOf = (grant: PingOneObject) => (grant.scopes as unknown[]).map(refId);
const label = ({ application, resource }: Sought) => `${TYPE} ${application}/${resource}`;

async function resourceIdOf({ tenant, names }: PingOneContext, inputs: Sought): Promise<string> {
  const where = { resource: label(inputs), field: "resource", tenant: tenant.origin };
  return inputs.resourceId ?? names(inputs.environmentId).idOf("resources", inputs.resource, where);
}

/** The ids of a resource's scopes. @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS */
export const resolveScopes = async (context: PingOneContext, inputs: Sought): Promise<string[]> =>
  scopeIds(context, inputs, await resourceIdOf(context, inputs));

/** The ids of the declared scopes as they are now: a scope that was made anew has another one (pingone §9, complaint 5). */
async function scopeIds(context: PingOneContext, inputs: Sought, resource: string): Promise<string[]> {
  const names = context.names(inputs.environmentId);
  const isExpected = (scope: string) => names.expected.has(`scopes of ${inputs.resource}`, scope);
  const sought = granted(inputs).filter((scope) => !isExpected(scope));
  const known = sought.length === 0 ? new Map<string, string>() : await names.scopeIds(resource, sought);
  return granted(inputs).map((name) => {
    const id = known.get(name) ?? (isExpected(name) ? UNKNOWN : undefined);
    if (id !== undefined) return id;
    const nearest = nearestOf(name, [...known.keys()]);
    throw new PingAgentsError(
      "ERR_NAME_NOT_FOUND",
      `the resource ${inputs.resource} has no scope "${name}"${nearest}`,
      {
        where: { resource: label(inputs), field: "scopes", tenant: context.tenant.origin },
        hint: `it has ${[...known.keys()].join(", ") || "none"}; add the scope to the resource, or correct the name`,
      },
    );
  });
}

async function find(
  context: PingOneContext,
  { environment, id }: Parent,
  inputs: ScopeGrantInputs,
  { grantId }: OutputsOf<typeof outputs>,
): Promise<Found | undefined> {
  const grants = await context.rows(`${environment.id} grants ${id}`, environment.below(id, "grants"));
  const resourceId = async () => ifFound(resourceIdOf(context, inputs));
  const known = grants.find((row) => row.id === grantId);
  const wanted = known ? undefined : await resourceId();
  const grant = known ?? grants.find((row) => refId(row.resource) === wanted);
  if (!grant) return undefined;
  const resource = refId(grant.resource);
  const rows = await context.rows(`${environment.id} scopes ${resource}`, environment.scopes(resource));
  const names = new Map(rows.map((row) => [row.id, String(row.name)]));
  const scopes = scopesOf(grant).map((scope) => names.get(scope) ?? scope);
  return { grant, scopes };
}

export const scopeGrant = childKind({
  type: TYPE,
  inputs: schema.describe("Which scopes of one resource an application may ask for."),
  outputs,
  immutable: [{ name: "resource", id: "resourceId" }],
  notShown: RULES,
  drift: {
    noun: "grant",
    fields: {
      ...childBearings,
      resource: guard("the grant is for another resource"),
      resourceId: guard("the grant is for another resource"),
      scopes: reach("it may ask for further scopes", "it may ask for fewer scopes"),
      undeclared,
    },
  },
  key: ({ resource }) => [resource],
  place: async (context, inputs, found) => (found ? refId(found.grant.resource) : resourceIdOf(context, inputs)),
  ownId: ({ grantId }) => grantId,
  resolve: resolveScopes,
  find,

  decode: async (context, found, inputs) => {
    const { grant, scopes } = found;
    const { environmentId, resource, resourceId } = inputs;
    const target = refId(grant.resource);
    const implicit = granted(inputs).length < inputs.scopes.length ? [OPENID] : [];
    const undeclared = undeclaredOf(found, inputs);
    const others = undeclared.map(({ name }) => name);
    return {
      inputs: {
        resource: resourceId ? resource : (await context.names(environmentId).namesOf("resources", [target]))[0],
        resourceId: resourceId && target,
        scopes: [...scopes.filter((scope) => !others.includes(scope)), ...implicit].sort(),
        undeclared: inputs.undeclared && shownAccess(undeclared, inputs, context.today()),
      },
      outputs: { grantId: grant.id },
    };
  },

  write: async (context, { environment, id }, { inputs, live }) => {
    const resource = await resourceIdOf(context, inputs);
    const scopes = await scopeIds(context, inputs, resource);
    const others = staying(context, label(inputs), inputs, live ? undeclaredOf(live, inputs) : []);
    const all = [...scopes, ...others.map(({ id: scope }) => scope)];
    const grants = environment.below(id, "grants");
    const body = { resource: { id: resource }, scopes: all.map((scope) => ({ id: scope })) };
    const made = async () => (await grants.list()).find((row) => refId(row.resource) === resource);
    const sync = ({ grant }: Found) =>
      isDeepStrictEqual(scopesOf(grant).sort(), all.toSorted()) ? grant : grants.replace(grant.id, body);
    const grant = live ? await sync(live) : await grants.create(body, made);
    const kept = scopesOf(grant);
    return { grant, scopes: granted(inputs).filter((_, index) => kept.includes(scopes[index] ?? "")) };
  },

  remove: async (_context, { environment, id }, { grant }) => {
    await environment.below(id, "grants").delete(grant.id);
  },
});
