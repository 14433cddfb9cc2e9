/** `realm-config/services`: the OAuth 2.0 provider, one shared document per realm (aic §6). */
import type { Hono } from "hono";
import { Gap } from "../../errors.ts";
import { objectBody, routes } from "../../http.ts";
import { isObject, type JsonObject, same, sectionOf, typeName, without } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { hasAiAgents } from "../ai-agents.ts";
import provider from "../documents/oauth-oidc.json" with { type: "json" };
import type { Realm } from "../realms.ts";
import { AM_DIALECT, invalidValue, REALM_CONFIG, realmOf } from "./dialect.ts";
import { PROVIDER_SCRIPTS } from "./scripts.ts";
import { descendents } from "./stored.ts";
import { allow, deleteDocument, readRoute, writeDocument } from "./stored-routes.ts";
import { treesCollection } from "./tree-routes.ts";

const PROVIDER = "oauth-oidc";
/** The section that exists only where AI agents are on. */
const AGENTS_SECTION = "aiAgentsConfig";

export const servicesCollection = (realm: string): string => `am/${realm}/services`;

/** The provider of a realm as a new tenant has it. */
export function defaultProvider(realm: Realm, withAgents: boolean): JsonObject {
  const body = JSON.parse(JSON.stringify(provider).replaceAll("managed/alpha_", `managed/${realm}_`)) as JsonObject;
  const plugins = { ...(body.pluginsConfig as JsonObject), ...PROVIDER_SCRIPTS[realm] };
  const whole = { ...body, pluginsConfig: plugins };
  return withAgents ? whole : without(whole, AGENTS_SECTION);
}

/** The section that switching AI agents on adds. */
export function withAgentsSection(realm: Realm, body: JsonObject): JsonObject {
  return { ...body, [AGENTS_SECTION]: body[AGENTS_SECTION] ?? defaultProvider(realm, true)[AGENTS_SECTION] };
}

export function serviceRoutes(app: Hono, tenant: Tenant): void {
  const { store } = tenant;
  const route = routes(app, tenant, AM_DIALECT);
  const services = `${REALM_CONFIG}/services`;
  const path = `${services}/${PROVIDER}`;

  route("POST", services, (call) => {
    const action = call.query.get("_action");
    if (action !== "nextdescendents") throw new Gap(`action ${action} on services`);
    return { status: 200, body: descendents(store, servicesCollection(realmOf(call))) };
  });

  route("POST", path, ({ query }) => {
    if (query.get("_action") !== "nextdescendents") throw new Gap(`action ${query.get("_action")} on ${PROVIDER}`);
    return { status: 200, body: { result: [] } };
  });

  readRoute(route, tenant, path, (call) => [servicesCollection(realmOf(call)), PROVIDER]);

  route("PUT", path, (call) => {
    const realm = realmOf(call);
    const collection = servicesCollection(realm);
    const given = objectBody(call);
    const before = store.get(collection, PROVIDER);
    const defaults = defaultProvider(realm, hasAiAgents(tenant));
    allow(given, Object.keys({ ...before, ...defaults }));
    checkAttributes(given, defaults, before);
    checkMapping(realm, given, before);
    const sections = before ? kept(given, defaults, before) : given;
    return writeDocument(store, call, collection, PROVIDER, { ...sections, _id: "", _type: defaults._type });
  });

  route("DELETE", path, (call) => deleteDocument(store, call, servicesCollection(realmOf(call)), PROVIDER));

  /** A journey that an acr value is newly mapped to must be there; what a tenant does otherwise is unknown (aic §6.3). */
  function checkMapping(realm: Realm, given: JsonObject, before: JsonObject | undefined): void {
    const mapping = sectionOf(sectionOf(given, "advancedOIDCConfig"), "loaMapping");
    const known = sectionOf(sectionOf(before, "advancedOIDCConfig"), "loaMapping");
    for (const [acr, tree] of Object.entries(mapping)) {
      if (known[acr] === tree || store.get(treesCollection(realm), String(tree))) continue;
      throw new Gap(`acr ${acr} mapped to a journey that is not there (aic §6.3)`);
    }
  }
}

/** Unknown attributes and values of another type than the default's are not let in (aic §12.3). */
function checkAttributes(given: JsonObject, defaults: JsonObject, before: JsonObject | undefined): void {
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("_")) continue;
    if (!isObject(value)) throw invalidValue(name);
    for (const [attribute, inner] of Object.entries(value)) {
      const expected = sectionOf(defaults, name)[attribute];
      const stored = sectionOf(before, name)[attribute];
      if (expected === undefined && stored === undefined)
        throw new Gap(`the unknown attribute ${name}.${attribute} (aic §12.3)`);
      const isPlaceholder = typeof inner === "string" && inner.startsWith("&{");
      const fits = [typeName(expected), typeName(stored)].includes(typeName(inner));
      if (expected !== undefined && expected !== null && inner !== null && !fits && !isPlaceholder)
        throw invalidValue(attribute);
    }
  }
}

/**
 * Attributes that a body leaves out are kept or get their default: it is not known which (aic §6.1). Where both
 * come to the same they stay, elsewhere nobody knows.
 */
function kept(given: JsonObject, defaults: JsonObject, before: JsonObject): JsonObject {
  const result: JsonObject = { ...given };
  for (const [name, value] of Object.entries(before)) {
    if (name.startsWith("_") || !isObject(value)) continue;
    const own = sectionOf(given, name);
    const missing = Object.keys(value).filter((attribute) => !(attribute in own));
    for (const attribute of missing) {
      if (!same(value[attribute], sectionOf(defaults, name)[attribute])) {
        throw new Gap(`an update without ${name}.${attribute}, which is not at its default (aic §6.1)`);
      }
    }
    result[name] = { ...Object.fromEntries(missing.map((attribute) => [attribute, value[attribute]])), ...own };
  }
  return result;
}
