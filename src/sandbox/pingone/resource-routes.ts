/** Resources with their scopes and attributes (pingone §5.3). */
import { z } from "zod";
import { type Answer, type Call, objectBody, type Route } from "../http.ts";
import { type JsonObject, without } from "../json.ts";
import type { Tenant } from "../tenant.ts";
import { detailsOf, READ_ONLY } from "./application-properties.ts";
import { invalid, PingOneError, taken } from "./dialect.ts";
import { collectionOf, type Document, found, insert, listed, removeTree, replace } from "./documents.ts";
import { created, list, one } from "./hal.ts";
import { newSecret } from "./secret-routes.ts";
import { RESOURCE_SUB } from "./seed-constants.ts";

const RESOURCES = "resources";
/** Links to children are read-only like the rest. */
const SERVER_SET = [...READ_ONLY, "resource", "attributes", "scopes"];

const resourceBody = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  type: z.literal("CUSTOM").default("CUSTOM"),
  audience: z
    .string()
    .min(1)
    .refine((audience) => !audience.includes("#"), "must have no fragment")
    .refine((audience) => !/pingone|pingidentity/i.test(audience), "must not contain pingone or pingidentity")
    .optional(),
  accessTokenValiditySeconds: z.int().min(300).max(2_592_000).default(3_600),
  introspectEndpointAuthMethod: z
    .enum(["NONE", "CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST"])
    .default("CLIENT_SECRET_BASIC"),
  applicationPermissionsSettings: z.strictObject({ claimEnabled: z.boolean() }).optional(),
});
const scopeBody = z.strictObject({ name: z.string().min(1), description: z.string().optional() });
const attributeBody = z.strictObject({
  name: z.string().min(1),
  value: z.string(),
  idToken: z.boolean().optional(),
  userInfo: z.boolean().optional(),
});

/**
 * The body as the schema takes it, without what only the server sets.
 *
 * @throws {PingOneError} 400 for anything else; what nobody has seen is refused as unknown
 */
export function parsed<T>(schema: z.ZodType<T>, call: Call, serverSet: readonly string[] = SERVER_SET): T {
  const entries = Object.entries(without(objectBody(call), ...serverSet)).filter(([, value]) => value !== null);
  const result = schema.safeParse(Object.fromEntries(entries));
  if (result.success) return result.data;
  const unknown = result.error.issues.some(({ code }) => code === "unrecognized_keys");
  const details = detailsOf("body", result);
  throw new PingOneError(400, "INVALID_DATA", "The request could not be completed.", unknown ? "U" : "D", details);
}

export function resourceRoutes(route: Route, tenant: Tenant, environmentId: string, base: string): void {
  const { store } = tenant;
  const all = `${base}/resources`;
  const item = `${all}/:resource`;
  const resource = ({ params }: Call) => found(store, RESOURCES, params.resource, "resource");
  const custom = (call: Call) => {
    const live = resource(call);
    if (live.type !== "CUSTOM") throw invalid("type", "built-in resources cannot be changed", "D");
    return live;
  };
  const checked = (call: Call, live?: Document) => {
    const body = parsed(resourceBody, call);
    if (listed(store, RESOURCES).some(({ id, name }) => name === body.name && id !== live?.id)) throw taken("name");
    return { ...body, audience: body.audience ?? body.name };
  };

  route("GET", all, (call) => list(call, listed(store, RESOURCES)));
  route("GET", item, (call) => one(call, resource(call)));
  route("POST", all, (call) => {
    const document = insert(tenant, RESOURCES, environmentId, checked(call));
    insert(tenant, `${RESOURCES}/${document.id}/attributes`, environmentId, RESOURCE_SUB);
    newSecret(tenant, `${RESOURCES}/${document.id}`);
    return created(call, document);
  });
  route("PUT", item, (call) => {
    const live = custom(call);
    return one(call, replace(tenant, RESOURCES, live, checked(call, live)));
  });
  route("DELETE", item, (call) => {
    removeTree(store, RESOURCES, custom(call).id);
    return { status: 204 };
  });

  children({ path: "scopes", parse: (call) => parsed(scopeBody, call), parent: custom, extra: {} });
  children({
    path: "attributes",
    parse: (call) => parsed(attributeBody, call, [...SERVER_SET, "type"]),
    parent: custom,
    extra: { type: "CUSTOM" },
  });

  function children({ path, parse, parent, extra }: Children): void {
    const place = (call: Call) => `${RESOURCES}/${resource(call).id}/${path}`;
    const child = (call: Call) => found(store, place(call), call.params.child, path.slice(0, -1));
    const unique = (call: Call, name: unknown, id?: string) => {
      if (listed(store, place(call)).some((other) => other.name === name && other.id !== id)) throw taken("name");
    };
    const within = `${item}/${path}`;

    route("GET", within, (call) => list(call, listed(store, place(call))));
    route("GET", `${within}/:child`, (call) => one(call, child(call)));
    route("POST", within, (call): Answer => {
      const body = parse(call);
      const { id } = parent(call);
      unique(call, body.name);
      return created(call, insert(tenant, place(call), environmentId, { resource: { id }, ...extra, ...body }));
    });
    route("PUT", `${within}/:child`, (call): Answer => {
      const live = child(call);
      const body = parse(call);
      unique(call, body.name, live.id);
      const kept = { resource: live.resource, ...(live.type !== undefined && { type: live.type }) };
      return one(call, replace(tenant, place(call), live, { ...kept, ...body }));
    });
    route("DELETE", `${within}/:child`, (call): Answer => {
      const live = child(call);
      if (live.type === "CORE" || live.type === "PREDEFINED") {
        throw invalid("type", "core and predefined attributes can only be updated", "D");
      }
      store.delete(collectionOf(place(call)), live.id);
      return { status: 204 };
    });
  }
}

type Children = {
  readonly path: string;
  readonly parse: (call: Call) => JsonObject & { name: string };
  readonly parent: (call: Call) => Document;
  /** What the server adds. */
  readonly extra: JsonObject;
};
