/** The IDM server: managed objects, their schemas and edge lists, features (aic §3, §4, §10, §11.3). */
import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { ApiError, Gap } from "../../errors.ts";
import { type Answer, type Call, type Dialect, objectBody, routes } from "../../http.ts";
import type { JsonObject } from "../../json.ts";
import { remembering } from "../../reads.ts";
import type { Entry } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import { mapped } from "../../turns.ts";
import { revised } from "../revision.ts";
import { configurationRoutes } from "./configuration-routes.ts";
import { mentionEnds, type Reference, refOf, relatedEach } from "./edges.ts";
import { features, loadFeature } from "./features.ts";
import { managedLoader } from "./managed-loads.ts";
import { readPatch } from "./patch.ts";
import { answerQuery, type Row, rowsOf } from "./query.ts";
import { fieldsOf, plainView, view } from "./read.ts";
import { directoryName, existing, type ManagedRecord } from "./records.ts";
import { checkPatch, checkReferences, checkReplacement, idmRules } from "./rules.ts";
import { type ManagedType, managedTypes, typeOfCollection } from "./types.ts";
import { create, patch, remove, replace, type Written } from "./write.ts";

const DIALECT: Dialect = {
  scopes: ["fr:idm:*"],
  error: (error) => ({
    code: error.bodyCode,
    reason: error.reason,
    message: error.message,
    ...(error.detail !== undefined && { detail: error.detail }),
  }),
  unparsable: () =>
    new ApiError(400, "The request could not be processed because the provided content is not valid JSON"),
};

const COLLECTION = "/openidm/:kind{(?:managed|internal)}/:type";
const OBJECT = `${COLLECTION}/:id`;

export function idm(app: Hono, tenant: Tenant): void {
  const route = routes(app, tenant, DIALECT);
  const { store, loaders } = tenant;
  const rules = idmRules(tenant);
  mentionEnds(store);
  const typeOf = ({ params: { kind = "managed", type: name } }: Call): ManagedType => {
    const type = managedTypes(tenant).find(({ collection }) => collection === `${kind}/${name}`);
    if (type) return type;
    if (/_aiagent/.test(name ?? "")) throw new ApiError(404, `Resource &#39;managed/${name}&#39; not found`);
    throw new Gap(`${kind} objects of type ${name}`);
  };

  /** Answers a write; as everywhere in IDM, `_fields` chooses what is shown, relations included. */
  const answerWrite = (call: Call, type: ManagedType, status: number, { record, changed }: Written): Answer => {
    const id = String(record.body._id);
    const headers = {
      ...(status === 201 && {
        location: `${call.url.replace(/\/openidm\/.*$/, "/openidm")}/${type.collection}/${encodeURIComponent(id)}`,
      }),
      ...(!changed && { "x-not-modified": "true" }),
    };
    return revised(status, view(store, type, record, fieldsOf(call.query)), headers);
  };

  configurationRoutes(app, tenant, DIALECT, rules);

  route("GET", "/openidm/schema/managed/:type", (call) => {
    const { definition, collection } = typeOf(call);
    return { status: 200, body: { ...definition.schema, resourceCollection: collection } };
  });

  route("GET", "/openidm/feature", (call) => answerQuery(rules, call, rowsOf(features(tenant))));
  loaders.declare("/openidm/feature/:id", ({ id = "" }, body) => loadFeature(store, id, body));

  route("GET", COLLECTION, (call) => {
    const type = typeOf(call);
    const fields = fieldsOf(call.query);
    const reads = remembering(store);
    const row = ({ sequence, document }: Entry<ManagedRecord>): Row => ({
      pick: (names) => plainView(reads, type, document, names),
      sequence,
      show: () => view(reads, type, document, fields),
    });
    const rows = (after: number) => mapped(store.each<ManagedRecord>(type.collection, after), row);
    return answerQuery(rules, call, rows, new Set(type.relations.keys()));
  });

  route("POST", COLLECTION, (call) => {
    const type = typeOf(call);
    if (call.query.get("_action") !== "create")
      throw new Gap(`action ${call.query.get("_action")} on ${type.collection}`);
    const body = objectBody(call);
    if (type.unit === "group" && body._id === undefined)
      throw new Gap("a group without _id (aic §3.1: it equals the name)");
    const id = typeof body._id === "string" ? body._id : randomUUID();
    if (store.find(type.collection, id)) throw alreadyExists(type, id);
    checkReferences(rules, store, type, body);
    return answerWrite(call, type, 201, createObject(type, id, body));
  });

  route("GET", OBJECT, (call) => {
    const type = typeOf(call);
    const { document } = existing(store, type, call.params.id ?? "");
    return revised(200, view(store, type, document, fieldsOf(call.query)));
  });
  loaders.declare(OBJECT, managedLoader(store));

  route("PUT", OBJECT, (call) => {
    const type = typeOf(call);
    const id = call.params.id ?? "";
    const body = objectBody(call);
    if (body._id !== undefined && String(body._id).toLowerCase() !== id.toLowerCase()) {
      throw new Gap("a body whose _id is not the id of the path");
    }
    const before = store.find<ManagedRecord>(type.collection, id);
    checkReplacement(rules, call, before?.document.body);
    checkConditions(call, type, id, before?.document);
    checkReferences(rules, store, type, body);
    if (before) return answerWrite(call, type, 200, replace(store, type, before.id, before.document, body));
    return answerWrite(call, type, 201, createObject(type, id, body));
  });

  route("PATCH", OBJECT, (call) => {
    const type = typeOf(call);
    const operations = readPatch(call.body);
    const before = existing(store, type, call.params.id ?? "");
    checkConditions(call, type, before.id, before.document);
    checkPatch(rules, store, type, operations);
    return answerWrite(call, type, 200, patch(store, type, before.id, before.document, operations));
  });

  route("DELETE", OBJECT, (call) => {
    const type = typeOf(call);
    const { id, document } = existing(store, type, call.params.id ?? "");
    checkConditions(call, type, id, document);
    const answer = revised(200, view(store, type, document, fieldsOf(call.query)));
    remove(store, type, id);
    return answer;
  });

  /** Rows are edges: `_id` and `_rev` are the edge's, the fields those of the object at its other end (aic §3.6). */
  route("GET", `${OBJECT}/:relation`, (call) => {
    const type = typeOf(call);
    const near = existing(store, type, call.params.id ?? "");
    const relation = type.relations.get(call.params.relation ?? "");
    if (!relation?.many) throw new Gap(`the list ${call.params.relation} of ${type.collection}`);
    const fields = fieldsOf(call.query);
    const reads = remembering(store);
    const row = ({ sequence, document: reference }: Entry<Reference>): Row => {
      const far = typeOfCollection(reference._refResourceCollection);
      const record = far && reads.get<ManagedRecord>(far.collection, reference._refResourceId);
      const { _id, _rev } = reference._refProperties;
      const edge = { ...reference, _id, _rev, _refResourceRev: record?.body._rev };
      return {
        pick: (names) => ({ ...(far && record && plainView(reads, far, record, names)), ...edge }),
        sequence,
        show: () => ({ ...(far && record && fields && view(reads, far, record, fields)), ...edge }),
      };
    };
    return answerQuery(rules, call, (after) =>
      mapped(relatedEach(store, refOf(type, near.id), relation.name, after), row),
    );
  });

  function createObject(type: ManagedType, id: string, body: JsonObject): Written {
    if (type.unit === "aiagent") throw new Gap("an agent identity made without its agent (aic §3.3)");
    return create(store, type, id, body);
  }
}

/** `If-Match` and `If-None-Match` (aic §1.4, §3.7). */
function checkConditions({ headers }: Call, type: ManagedType, id: string, before: ManagedRecord | undefined): void {
  const wanted = headers.get("if-match");
  if (headers.get("if-none-match") === "*" && before) throw alreadyExists(type, id);
  if (wanted === null) return;
  if (!before)
    throw new ApiError(404, `No Such Entry: The search base entry ${directoryName(type, id)} does not exist`);
  const revision = String(before.body._rev);
  if (wanted !== "*" && wanted.replace(/^"|"$/g, "") !== revision) {
    const said = "the object has changed since retrieval.";
    throw new ApiError(
      412,
      `Update rejected as current Object revision ${revision} is different than expected by caller, ${said}`,
    );
  }
}

function alreadyExists(type: ManagedType, id: string): ApiError {
  const entry = directoryName(type, id);
  return new ApiError(
    412,
    `Entry Already Exists: The entry ${entry} cannot be added because an entry with that name already exists`,
  );
}
