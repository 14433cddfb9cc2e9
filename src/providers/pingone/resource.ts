/** `pingone:Resource`: a custom API or MCP server, with its scopes and the claims of its access tokens (pingone §5.3). */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName, type PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { guard, ladder, reach } from "../../drift/bearing.ts";
import { identity, text, undeclared } from "../../drift/shared-bearings.ts";
import { seconds } from "../../fields/duration.ts";
import {
  claimName,
  claimOf,
  environmentIdSchema,
  resourceClaim,
  resourceScopes,
  shortClaim,
} from "../../fields/pingone.ts";
import { type AccessEntry, claimEntry, scopeEntry } from "../../fields/pingone-access.ts";
import { description, displayName } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import { isOf, markById, markIn, withMark, withoutMark } from "../owner.ts";
import type { Properties } from "../pulumi-values.ts";
import { type Access, isTakenOver, ownedAccess, RULES, settleAccess, shownBelow } from "./access-set.ts";
import { DEFAULT_SUB } from "./attribute-mapping.ts";
import type { PingOneContext } from "./context.ts";
import { decisive, decodeProperties, encodeProperties, oneWord, property, replaceChanged } from "./properties.ts";
import { unenforced } from "./required-claims.ts";

const claim = resourceClaim.transform((declared) => shortClaim(claimOf(declared)));

/** Settings of a resource, as its declaration knows them, too. */
export const resourceSettings = decisive({
  audience: property(
    "audience",
    displayName
      .refine((value) => !value.includes("#"), "an audience has no fragment")
      .refine((value) => !/pingone|pingidentity/i.test(value), "PingOne keeps audiences with its own name to itself"),
  ).meta({
    description: "Audience of its access tokens: an address or a name",
    otherwise: "the name",
    examples: ["https://orders.example.com"],
  }),
  accessTokenLifetime: property("accessTokenValiditySeconds", seconds(300, 2_592_000), { absent: 3_600 }).describe(
    "Lifetime of its access tokens",
  ),
  introspectionAuthMethod: property(
    "introspectEndpointAuthMethod",
    z.enum(["none", "client_secret_basic", "client_secret_post"]),
    { absent: "client_secret_basic", codec: oneWord },
  ).describe("How the resource authenticates for token introspection (RFC 7662)"),
  permissionsClaim: property("applicationPermissionsSettings.claimEnabled", z.boolean(), { absent: false }).describe(
    "A claim with the application's permissions in its access tokens",
  ),
}).shape;

const schema = z.strictObject({
  environmentId: environmentIdSchema
    .optional()
    .meta({ description: "UUID of the environment", otherwise: "PINGONE_ENVIRONMENT_ID" }),
  name: z.string().min(1).describe("Unique in the environment"),
  description: description.optional(),
  ...resourceSettings,
  /** Descriptions of scopes by name, "" for none. All others are `undeclared`. */
  scopes: resourceScopes.optional(),
  claims: z
    .record(claimName, claim)
    .optional()
    .describe("Claims by name, e.g. `may_act` and `act`. All others are `undeclared`"),
  ...ownedAccess,
});
type ResourceInputs = z.infer<typeof schema>;

const outputs = z.object({
  resourceId: z.string().describe("UUID of the resource"),
});

type Live = {
  readonly resource: PingOneObject;
  readonly scopes: readonly PingOneObject[];
  readonly claims: readonly PingOneObject[];
  /** Scopes and claims that nobody declared, where they are owned as a set. */
  readonly undeclared: readonly Access[];
};

/** What hangs below a resource by its name. */
type Child = {
  readonly field: "scopes" | "claims";
  readonly below: (environment: PingOneEnvironment, resource: string) => PingOneCollection;
  /** As it is declared. */
  readonly shown: (row: PingOneObject) => unknown;
  /** As PingOne takes it, beside its name. */
  readonly body: (declared: unknown, row: PingOneObject | undefined) => Properties;
};

const CHILDREN: readonly Child[] = [
  {
    field: "scopes",
    below: (environment, resource) => environment.scopes(resource),
    shown: ({ description = "" }) => description,
    body: (description) => (description === "" ? {} : { description }),
  },
  {
    field: "claims",
    below: (environment, resource) => environment.resourceAttributes(resource),
    shown: (row) => shortClaim(shownClaim(row)),
    body(declared, row) {
      const { value, required } = claimOf(declared as Declared);
      // A tenant that does not show the flag is not told of it unless it is declared.
      return { value, ...((required || row?.required !== undefined) && { required }) };
    },
  },
];

type Declared = z.output<typeof claim>;

/** A claim as the tenant has it. */
const shownClaim = ({ value, required }: PingOneObject) => ({
  ...claimOf(String(value)),
  required: required === true,
});

async function complete(
  context: PingOneContext,
  environment: PingOneEnvironment,
  resource: PingOneObject,
  inputs: Partial<ResourceInputs>,
): Promise<Live> {
  const { id } = resource;
  const rows = (what: "scopes" | "claims", collection: PingOneCollection) =>
    inputs[what] || inputs.undeclared ? context.rows(`${environment.id} ${what} ${id}`, collection) : [];
  const scopes = await rows("scopes", environment.scopes(id));
  const claims = await rows("claims", environment.resourceAttributes(id));
  return { resource, scopes, claims, undeclared: undeclaredOf(environment, id, { scopes, claims }, inputs) };
}

/** The scopes and claims that nobody declared; what PingOne makes itself is nobody's, unless somebody changed it. */
function undeclaredOf(
  environment: PingOneEnvironment,
  id: string,
  rows: Pick<Live, "scopes" | "claims">,
  inputs: Partial<ResourceInputs>,
): Access[] {
  if (!inputs.undeclared) return [];
  const undeclared = (
    what: "scopes" | "claims",
    collection: PingOneCollection,
    entry: (row: PingOneObject) => AccessEntry,
  ) =>
    rows[what]
      .filter((row) => isMade(row) && !Object.hasOwn(inputs[what] ?? {}, String(row.name)))
      .map((row) => {
        const [access, text] = entry(row);
        return { access, text, remove: () => removeRow(collection, row) };
      });
  return [
    ...undeclared("scopes", environment.scopes(id), (row) => scopeEntry(String(row.name))),
    ...undeclared("claims", environment.resourceAttributes(id), (row) =>
      claimEntry(String(row.name), String(row.value)),
    ),
  ];
}

const isBuiltIn = ({ type }: PingOneObject) => type === "CORE" || type === "PREDEFINED";

/** True for a scope or claim that somebody made, or changed. */
export const isMade = (row: PingOneObject) =>
  !isBuiltIn(row) || (row.name === "sub" && (row.value !== DEFAULT_SUB || row.required === true));

/** Removes a scope or claim; a claim that PingOne makes itself goes back to what it was. */
async function removeRow(collection: PingOneCollection, row: PingOneObject): Promise<void> {
  if (!isBuiltIn(row)) await collection.delete(row.id);
  else if (row.name === "sub") {
    const flag = row.required === undefined ? {} : { required: false };
    await collection.replace(row.id, { name: row.name, value: DEFAULT_SUB, ...flag });
  }
}

export const resource: ResourceKind<typeof schema, typeof outputs, Live, PingOneContext> = {
  type: "pingone:Resource",
  inputs: schema.describe("A custom API or MCP server, with its scopes and the claims of its access tokens."),
  outputs,
  immutable: [{ tenant: "environmentId" }],
  notShown: RULES,
  refusesTaken: true,
  drift: {
    noun: "resource",
    fields: {
      environmentId: identity,
      ...text,
      audience: guard("its tokens are for another audience: who takes them is no longer as declared"),
      accessTokenLifetime: reach("access tokens for it live longer", "access tokens for it end sooner"),
      introspectionAuthMethod: ladder(
        ["none", "client_secret_post", "client_secret_basic"],
        "whoever has a token may ask what it holds",
        "asking for a token's content needs a secret",
      ),
      permissionsClaim: reach("access tokens for it name permissions", "access tokens for it name no permissions"),
      scopes: {
        "*": (_was, is) =>
          is === undefined
            ? { class: "narrowed", means: "the scope is gone: nobody gets it" }
            : { class: "cosmetic", means: "people read something else" },
      },
      claims: {
        "*": guard("a claim of its access tokens is another one: who may act with them is no longer as declared"),
      },
      undeclared,
    },
  },
  id: ({ environmentId, name }) => [...(environmentId ? [environmentId] : []), name].join("/"),
  identity: (_inputs, { resourceId }) => resourceId,
  resolve: async (context, inputs) => requireEnforced(context, inputs),
  announce: (context, { environmentId, name, scopes = {} }) => {
    const { expected } = context.names(environmentId);
    expected.add("resources", name);
    for (const scope of Object.keys(scopes)) expected.add(`scopes of ${name}`, scope);
  },

  observe: async (context, inputs, { resourceId }) => {
    const environment = context.environment(inputs.environmentId);
    const found =
      typeof resourceId === "string"
        ? await context.resource(inputs.environmentId, resourceId)
        : await context.named(inputs.environmentId, "resources", inputs.name);
    return found && complete(context, environment, found, inputs);
  },

  mark: ({ resource: { description } }, { outputs }) => markById(markIn(description), outputs.resourceId),

  decode: async (context, live, inputs) => ({
    inputs: {
      environmentId: inputs.environmentId,
      name: live.resource.name,
      description: withoutMark(live.resource.description),
      ...settingsOf(live.resource, inputs),
      ...Object.fromEntries(
        CHILDREN.map((child) => [child.field, shown(live[child.field], inputs[child.field], child)]),
      ),
      undeclared: await shownBelow(context, inputs, async () => live.undeclared),
    },
    outputs: { resourceId: live.resource.id },
  }),

  write: async (context, { inputs, previous, live, owner }) => {
    requireEnforced(context, inputs);
    const environment = context.environment(inputs.environmentId);
    await settleAccess(context, {
      resource: `pingone:Resource ${inputs.name}`,
      ...{ inputs, previous, isAdopted: isTakenOver(live && markIn(live.resource.description), previous, owner) },
      below: async () => live?.undeclared ?? [],
    });
    const kept = previous?.description === undefined ? withoutMark(live?.resource.description) : undefined;
    const body = {
      ...encodeProperties(schema, inputs, previous, live?.resource),
      ...(live && inputs.audience === undefined && { audience: inputs.name }),
      ...{ name: inputs.name, description: withMark(inputs.description ?? kept, owner), type: "CUSTOM" },
    };
    const { resources } = environment;
    const made = async () =>
      (await resources.list()).find((row) => hasName(inputs.name)(row) && isOf(markIn(row.description), owner));
    const written = live ? await replaceChanged(resources, live.resource, body) : await resources.create(body, made);
    if (live?.resource.name !== inputs.name) context.names(inputs.environmentId).forget("resources");
    const found = await complete(context, environment, written, {
      ...((inputs.scopes ?? previous?.scopes) && { scopes: {} }),
      ...((inputs.claims ?? previous?.claims) && { claims: {} }),
    });
    const [scopes, claims] = await Promise.all(
      CHILDREN.map((child) =>
        sync(child, child.below(environment, written.id), found[child.field], {
          wanted: inputs[child.field] ?? {},
          previous: previous?.[child.field] ?? {},
        }),
      ),
    );
    context.names(inputs.environmentId).forgetScopes(written.id);
    return { live: { resource: written, scopes: scopes ?? [], claims: claims ?? [], undeclared: [] } };
  },

  remove: async (context, { environmentId }, _outputs, _owner, live) => {
    if (live) await context.environment(environmentId).resources.delete(live.resource.id);
    context.names(environmentId).forget("resources");
  },
};

/** @throws ERR_UNENFORCED */
function requireEnforced({ tenant }: PingOneContext, { name: of, claims = {} }: ResourceInputs): void {
  if (tenant.sendsRequired) return;
  const [required] = Object.entries(claims).find(([, one]) => claimOf(one).required) ?? [];
  if (required === undefined) return;
  const where = { resource: `pingone:Resource ${of}`, field: `claims.${required}`, tenant: tenant.origin };
  throw unenforced(required, of, where);
}

/** The settings of a resource; an audience that nobody declared is its name. */
function settingsOf(live: PingOneObject, inputs: ResourceInputs): Properties {
  const settings = decodeProperties(schema, live, inputs);
  const isSilent = inputs.audience === undefined && settings.audience === inputs.name;
  return isSilent ? { ...settings, audience: undefined } : settings;
}

/** The declared entries as they are; one that is gone is missing. */
function shown(rows: readonly PingOneObject[], declared: Properties | undefined, child: Child) {
  if (!declared) return undefined;
  const known = rows.filter(({ name }) => Object.hasOwn(declared, String(name)));
  return Object.fromEntries(known.map((row) => [String(row.name), child.shown(row)]));
}

/**
 * Brings scopes or claims in line. An entry keeps its id when its text changes: grants refer to scopes by id (pingone §9, complaint 5).
 * Entries that were never declared are left alone, and so are those that PingOne needs itself: every resource has `sub`, which is
 * there to be changed (delegation §2.3).
 */
async function sync(
  { shown, body }: Child,
  collection: PingOneCollection,
  live: readonly PingOneObject[],
  { wanted, previous }: { readonly wanted: Properties; readonly previous: Properties },
): Promise<PingOneObject[]> {
  const kept = new Map(live.map((row) => [String(row.name), row]));
  for (const [name, declared] of Object.entries(wanted)) {
    const row = kept.get(name);
    if (!row) {
      const made = async () => (await collection.list()).find(hasName(name));
      kept.set(name, await collection.create({ ...body(declared, row), name }, made));
    } else if (!isDeepStrictEqual(shown(row), declared)) {
      kept.set(name, await collection.replace(row.id, { ...body(declared, row), name }));
    }
  }
  for (const name of Object.keys(previous).filter((known) => !Object.hasOwn(wanted, known))) {
    const row = kept.get(name);
    if (row) await removeRow(collection, row);
    kept.delete(name);
  }
  return [...kept.values()];
}
