/** Applications, AI agents among them, and their metadata (pingone §4). */
import { type Answer, type Call, objectBody, type Route } from "../http.ts";
import { isObject, type JsonObject, without } from "../json.ts";
import type { Tenant } from "../tenant.ts";
import { checkApplication, DEFAULTS, READ_ONLY } from "./application-properties.ts";
import { invalid, taken } from "./dialect.ts";
import { collectionOf, type Document, found, insert, listed, ONLY, removeTree, replace } from "./documents.ts";
import { environmentSettings } from "./environment-settings.ts";
import { created, list, one } from "./hal.ts";
import { newSecret } from "./secret-routes.ts";
import { DEFAULT_KEY_POLICY, SUB } from "./seed-constants.ts";

const APPLICATIONS = "applications";

export function applicationRoutes(route: Route, tenant: Tenant, environmentId: string, base: string): void {
  const { store } = tenant;
  const all = `${base}/applications`;
  const item = `${all}/:application`;
  const application = ({ params }: Call) => found(store, APPLICATIONS, params.application, "application");

  route("GET", all, (call) => list(call, listed(store, APPLICATIONS), { type: "T" }));
  route("GET", item, (call) => one(call, application(call)));
  route("POST", all, (call) => create(tenant, environmentId, call));
  route("PUT", item, (call) => update(tenant, call, application(call)));
  route("DELETE", item, (call) => {
    removeTree(store, APPLICATIONS, application(call).id);
    return { status: 204 };
  });

  const metadata = (call: Call) => collectionOf(`applications/${application(call).id}/metadata`);
  const answer = (call: Call): Answer => ({ status: 200, body: store.get(metadata(call), ONLY) ?? {} });
  route("GET", `${item}/metadata`, answer);
  route("PUT", `${item}/metadata`, (call) => {
    const { metadata: value, ...other } = objectBody(call);
    if (Object.keys(other).length) throw invalid(Object.keys(other).join(), "is not known here", "U");
    if (value !== undefined && !isObject(value)) throw invalid("metadata", "must be an object", "D");
    if (value === undefined) store.delete(metadata(call), ONLY);
    else store.put(metadata(call), ONLY, { metadata: value });
    return answer(call);
  });
}

function create(tenant: Tenant, environmentId: string, call: Call): Answer {
  const { store } = tenant;
  const settings = environmentSettings(store);
  const sent = present(without(objectBody(call), ...READ_ONLY));
  if (sent.type === "AI_AGENT" && !settings.licensed) throw invalid("type", "is not an allowed value", "T");
  const { assignActorRoles = sent.type === "WORKER", ...rest } = sent;
  const body: JsonObject = { ...DEFAULTS, signing: DEFAULT_KEY_POLICY, assignActorRoles, ...rest };
  check(tenant, body, undefined, settings.properties);
  const document = insert(tenant, APPLICATIONS, environmentId, body);
  const complete = { ...document, clientId: document.id };
  store.put(collectionOf(APPLICATIONS), document.id, complete);
  insert(tenant, `applications/${document.id}/attributes`, environmentId, SUB);
  if (body.tokenEndpointAuthMethod !== "NONE") newSecret(tenant, `applications/${document.id}`);
  return created(call, complete);
}

/** Properties that cannot be cleared once they are set: leaving them out changes nothing (pingone §4.2, §7). */
const LASTING = ["refreshTokenDuration", "refreshTokenRollingDuration"];

function update(tenant: Tenant, call: Call, live: Document): Answer {
  const sent = without(objectBody(call), ...READ_ONLY, "assignActorRoles");
  for (const key of LASTING) {
    if (sent[key] === null && live[key] !== undefined) throw invalid(key, "cannot be cleared once it is set", "S");
  }
  for (const key of ["type", "protocol"]) if (sent[key] !== live[key]) throw invalid(key, "cannot be changed", "D");
  const lasting = Object.fromEntries(LASTING.flatMap((key) => (live[key] === undefined ? [] : [[key, live[key]]])));
  const kept = { assignActorRoles: live.assignActorRoles, clientId: live.clientId };
  const body: JsonObject = { ...DEFAULTS, signing: DEFAULT_KEY_POLICY, ...lasting, ...present(sent) };
  check(tenant, body, live, [...environmentSettings(tenant.store).properties, ...Object.keys(live)]);
  const document = replace(tenant, APPLICATIONS, live, { ...body, ...kept });
  const secrets = `applications/${live.id}`;
  const hasSecret = tenant.store.get(collectionOf(`${secrets}/secret`), ONLY) !== undefined;
  if (body.tokenEndpointAuthMethod === "NONE") tenant.store.delete(collectionOf(`${secrets}/secret`), ONLY);
  else if (!hasSecret) newSecret(tenant, secrets);
  return one(call, document);
}

/** The body without nulls, which clear. */
const present = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

function check({ store }: Tenant, body: JsonObject, live: Document | undefined, known: readonly string[]): void {
  checkApplication(body, new Set(known));
  if (listed(store, APPLICATIONS).some(({ id, name }) => name === body.name && id !== live?.id)) throw taken("name");
  const icon = isObject(body.icon) ? String(body.icon.id) : undefined;
  const isNew = icon !== undefined && !(isObject(live?.icon) && live.icon.id === icon);
  if (isNew && !store.get(collectionOf("images"), icon)) throw invalid("icon.id", "is no image", "I");
  const { group } = isObject(body.accessControl) ? body.accessControl : {};
  for (const { id } of isObject(group) && Array.isArray(group.groups) ? group.groups : []) {
    if (!store.get(collectionOf("groups"), id)) throw invalid("accessControl.group.groups", "is no group", "I");
  }
}
