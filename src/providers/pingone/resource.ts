/** `pingone:Resource`: a custom API or MCP server, with its scopes and the claims of its access tokens (pingone §5.3). */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName, type PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { environmentIdSchema, resourceClaim, resourceScopes } from "../../fields/pingone.ts";
import { name } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import { hasMark, withMark, withoutMark } from "../managed-mark.ts";
import type { Properties } from "../pulumi-values.ts";
import { createOnce, type PingOneContext } from "./context.ts";
import { decisive, decodeProperties, encodeProperties, oneWord, property } from "./properties.ts";

/** An expression, or JSON that PingOne keeps as text: `{"sub": "<client id>"}` for `may_act` (pingone §5.6). */
const claimValue = resourceClaim.transform((value) =>
  typeof value === "string" ? compact(value) : JSON.stringify(value),
);

/** Settings of a resource, as its declaration knows them, too. */
export const resourceSettings = decisive({
  /** Audience of its access tokens. @default the name */
  audience: property(
    "audience",
    z
      .string()
      .min(1)
      .refine((value) => !value.includes("#"), "an audience has no fragment")
      .refine((value) => !/pingone|pingidentity/i.test(value), "PingOne keeps audiences with its own name to itself"),
  ),
  /** Seconds. */
  accessTokenLifetime: property("accessTokenValiditySeconds", z.int().min(300).max(2_592_000), { absent: 3_600 }),
  /** How the resource authenticates for token introspection (RFC 7662). */
  introspectionAuthMethod: property(
    "introspectEndpointAuthMethod",
    z.enum(["none", "client_secret_basic", "client_secret_post"]),
    { absent: "client_secret_basic", codec: oneWord },
  ),
  /** A claim with the application's permissions in its access tokens. */
  permissionsClaim: property("applicationPermissionsSettings.claimEnabled", z.boolean(), { absent: false }),
}).shape;

const schema = z.strictObject({
  /** UUID of the environment. @default PINGONE_ENVIRONMENT_ID */
  environmentId: environmentIdSchema.optional(),
  /** Unique in the environment. */
  name: z.string().min(1),
  description: z.string().optional(),
  ...resourceSettings,
  /** Descriptions of scopes by name, "" for none. Scopes that are not named are left alone. */
  scopes: resourceScopes.optional(),
  /** Values of claims by name, e.g. `may_act` and `act`. Claims that are not named are left alone. */
  claims: z.record(name, claimValue).optional(),
});
type ResourceInputs = z.infer<typeof schema>;

const outputs = z.object({
  /** UUID of the resource. */
  resourceId: z.string(),
});

type Live = {
  readonly resource: PingOneObject;
  readonly scopes: readonly PingOneObject[];
  readonly claims: readonly PingOneObject[];
};

const CHILDREN = [
  { field: "scopes", value: "description", below: (env: PingOneEnvironment, id: string) => env.scopes(id) },
  { field: "claims", value: "value", below: (env: PingOneEnvironment, id: string) => env.resourceAttributes(id) },
] as const;

async function complete(
  context: PingOneContext,
  environment: PingOneEnvironment,
  resource: PingOneObject,
  { scopes, claims }: Partial<ResourceInputs>,
): Promise<Live> {
  const { id } = resource;
  const rows = (what: string, collection: PingOneCollection) =>
    context.rows(`${environment.id} ${what} ${id}`, collection);
  return {
    resource,
    scopes: scopes ? await rows("scopes", environment.scopes(id)) : [],
    claims: claims ? await rows("claims", environment.resourceAttributes(id)) : [],
  };
}

export const resource: ResourceKind<typeof schema, typeof outputs, Live, PingOneContext> = {
  type: "pingone:Resource",
  inputs: schema,
  outputs,
  immutable: ["environmentId"],
  id: ({ environmentId, name }) => [...(environmentId ? [environmentId] : []), name].join("/"),

  observe: async (context, inputs, { resourceId }) => {
    const environment = context.environment(inputs.environmentId);
    const found =
      typeof resourceId === "string"
        ? await context.resource(inputs.environmentId, resourceId)
        : (await environment.resources.list()).find(hasName(inputs.name));
    return found && complete(context, environment, found, inputs);
  },

  isOwn: ({ resource: { description } }) => hasMark(description),

  decode: async (_context, live, inputs) => ({
    inputs: {
      environmentId: inputs.environmentId,
      name: live.resource.name,
      description: withoutMark(live.resource.description),
      ...settingsOf(live.resource, inputs),
      ...Object.fromEntries(CHILDREN.map(({ field, value }) => [field, shown(live[field], inputs[field], value)])),
    },
    outputs: { resourceId: live.resource.id },
  }),

  write: async (context, { inputs, previous, live }) => {
    const environment = context.environment(inputs.environmentId);
    const body = {
      ...encodeProperties(schema, inputs, previous, live?.resource),
      ...(live && inputs.audience === undefined && { audience: inputs.name }),
      ...{ name: inputs.name, description: withMark(inputs.description), type: "CUSTOM" },
    };
    const { resources } = environment;
    const made = async () =>
      (await resources.list()).find((row) => hasName(inputs.name)(row) && hasMark(row.description));
    const written = live
      ? await resources.replace(live.resource.id, body)
      : await createOnce(() => resources.create(body), made);
    context.names(inputs.environmentId).forget("resources");
    const found = await complete(context, environment, written, {
      ...((inputs.scopes ?? previous?.scopes) && { scopes: {} }),
      ...((inputs.claims ?? previous?.claims) && { claims: {} }),
    });
    const [scopes, claims] = await Promise.all(
      CHILDREN.map(({ field, value, below }) =>
        sync(below(environment, written.id), found[field], inputs[field] ?? {}, previous?.[field] ?? {}, value),
      ),
    );
    return { live: { resource: written, scopes: scopes ?? [], claims: claims ?? [] } };
  },

  remove: async (context, inputs, { resourceId }) => {
    const { resources } = context.environment(inputs.environmentId);
    const id =
      resourceId ?? (await resources.list()).find((row) => hasName(inputs.name)(row) && hasMark(row.description))?.id;
    if (typeof id === "string") await resources.delete(id);
    context.names(inputs.environmentId).forget("resources");
  },
};

/** The settings of a resource; an audience that nobody declared is its name. */
function settingsOf(live: PingOneObject, inputs: ResourceInputs): Properties {
  const settings = decodeProperties(schema, live, inputs);
  const isSilent = inputs.audience === undefined && settings.audience === inputs.name;
  return isSilent ? { ...settings, audience: undefined } : settings;
}

/** The declared entries as they are; one that is gone is missing. */
function shown(rows: readonly PingOneObject[], declared: Properties | undefined, value: "description" | "value") {
  if (!declared) return undefined;
  const known = rows.filter(({ name }) => String(name) in declared);
  return Object.fromEntries(
    known.map((row) => [String(row.name), value === "value" ? compact(String(row.value)) : (row.description ?? "")]),
  );
}

/**
 * Brings scopes or claims in line. An entry keeps its id when its text changes: grants refer to scopes by id (pingone §9, complaint 5).
 * Entries that were never declared are left alone, and so are those that PingOne needs itself.
 */
async function sync(
  collection: PingOneCollection,
  live: readonly PingOneObject[],
  wanted: Readonly<Record<string, string>>,
  previous: Readonly<Record<string, unknown>>,
  value: "description" | "value",
): Promise<PingOneObject[]> {
  const kept = new Map(live.map((row) => [String(row.name), row]));
  for (const [name, text] of Object.entries(wanted)) {
    const row = kept.get(name);
    const body = { ...(value === "value" || text !== "" ? { [value]: text } : {}), name };
    if (!row) {
      const made = async () => (await collection.list()).find(hasName(name));
      kept.set(name, await createOnce(() => collection.create(body), made));
    } else if ((row[value] ?? "") !== text) {
      kept.set(name, await collection.replace(row.id, body));
    }
  }
  for (const name of Object.keys(previous).filter((known) => !(known in wanted))) {
    const row = kept.get(name);
    if (row && row.type !== "CORE" && row.type !== "PREDEFINED") await collection.delete(row.id);
    kept.delete(name);
  }
  return [...kept.values()];
}

/** JSON objects in one spelling, so that blanks are no difference; any other text as it is. */
function compact(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? JSON.stringify(value) : text;
  } catch {
    return text;
  }
}
