/** Applications, AI agents among them, and their metadata (pingone §4). */
import { type Answer, type Call, objectBody } from "../http.ts";
import { isObject, type JsonObject, sectionOf, without } from "../json.ts";
import type { Tenant } from "../tenant.ts";
import { checkApplication, DEFAULTS, SUB } from "./application-properties.ts";
import { READ_ONLY } from "./body.ts";
import { collectionRoutes, loadableOnly, type Management, type Write } from "./collection.ts";
import { invalid, taken } from "./dialect.ts";
import { collectionOf, type Document, found, insert, ONLY } from "./documents.ts";
import { environmentSettings } from "./environment-settings.ts";
import { newSecret } from "./secret-routes.ts";

export function applicationRoutes(management: Management): void {
  const { route, tenant, environmentId, base } = management;
  const { store } = tenant;
  collectionRoutes(management, {
    name: "applications",
    filters: { type: "T" },
    create: (write) => bodyOfNew(tenant, write),
    complete(document) {
      const whole = { ...document, clientId: document.id };
      store.put(collectionOf("applications"), document.id, whole);
      insert(tenant, `applications/${document.id}/attributes`, environmentId, SUB);
      if (document.tokenEndpointAuthMethod !== "NONE") newSecret(tenant, `applications/${document.id}`);
      return whole;
    },
    replace(write, live) {
      const body = bodyAfter(tenant, write, live);
      fitSecret(tenant, live.id, body.tokenEndpointAuthMethod !== "NONE");
      return body;
    },
  });

  const path = `${base}/applications/:owner/metadata`;
  const metadata = ({ params }: Call) =>
    collectionOf(`applications/${found(store, "applications", params.owner, "application").id}/metadata`);
  const answer = (call: Call): Answer => ({ status: 200, body: store.get(metadata(call), ONLY) ?? {} });
  route("GET", path, answer);
  loadableOnly(management, "applications/:owner/metadata");
  route("PUT", path, (call) => {
    const { metadata: value, ...other } = objectBody(call);
    if (Object.keys(other).length) throw invalid(Object.keys(other).join(), "is not known here", "U");
    if (value !== undefined && !isObject(value)) throw invalid("metadata", "must be an object", "D");
    if (value === undefined) store.delete(metadata(call), ONLY);
    else store.put(metadata(call), ONLY, { metadata: value });
    return answer(call);
  });
}

function bodyOfNew(tenant: Tenant, write: Write): JsonObject {
  const settings = environmentSettings(tenant.store);
  const sent = present(without(objectBody(write.call), ...READ_ONLY));
  if (sent.type === "AI_AGENT" && !settings.licensed) throw invalid("type", "is not an allowed value", "T");
  const { assignActorRoles = sent.type === "WORKER", ...rest } = sent;
  const body: JsonObject = { ...DEFAULTS, assignActorRoles, ...rest };
  check(tenant, body, write, undefined, settings.properties);
  return body;
}

/** Properties that cannot be cleared once they are set: leaving them out changes nothing (pingone §4.2, §7). */
const LASTING = ["refreshTokenDuration", "refreshTokenRollingDuration"];

function bodyAfter(tenant: Tenant, write: Write, live: Document): JsonObject {
  const sent = without(objectBody(write.call), ...READ_ONLY, "assignActorRoles");
  for (const key of LASTING) {
    if (sent[key] === null && live[key] !== undefined) throw invalid(key, "cannot be cleared once it is set", "S");
  }
  for (const key of ["type", "protocol"]) if (sent[key] !== live[key]) throw invalid(key, "cannot be changed", "D");
  const lasting = Object.fromEntries(LASTING.flatMap((key) => (live[key] === undefined ? [] : [[key, live[key]]])));
  const kept = { assignActorRoles: live.assignActorRoles, clientId: live.clientId };
  const body: JsonObject = { ...DEFAULTS, ...lasting, ...present(sent) };
  check(tenant, body, write, live, [...environmentSettings(tenant.store).properties, ...Object.keys(live)]);
  return { ...body, ...kept };
}

/** An application has a secret while it authenticates. */
function fitSecret(tenant: Tenant, id: string, authenticates: boolean): void {
  const collection = collectionOf(`applications/${id}/secret`);
  if (!authenticates) tenant.store.delete(collection, ONLY);
  else if (!tenant.store.get(collection, ONLY)) newSecret(tenant, `applications/${id}`);
}

/** The body without nulls, which clear. */
const present = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

function check(
  { store }: Tenant,
  body: JsonObject,
  { others }: Write,
  live: Document | undefined,
  known: readonly string[],
): void {
  checkApplication(body, new Set(known));
  if (others().some(({ name }) => name === body.name)) throw taken("name");
  const icon = isObject(body.icon) ? String(body.icon.id) : undefined;
  const isNew = icon !== undefined && sectionOf(live, "icon").id !== icon;
  if (isNew && !store.get(collectionOf("images"), icon)) throw invalid("icon.id", "is no image", "I");
  const { groups } = sectionOf(body.accessControl, "group");
  for (const { id } of Array.isArray(groups) ? groups : []) {
    if (!store.get(collectionOf("groups"), id)) throw invalid("accessControl.group.groups", "is no group", "I");
  }
}
