/** `realm-config/agents`: AI agents, OAuth 2.0 clients, agents of other types, and the list of all (aic §2, §5, §11.4). */
import type { Hono } from "hono";
import { Gap } from "../../errors.ts";
import { type Call, objectBody, routes } from "../../http.ts";
import { isObject, type JsonObject, without } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { hasAiAgents } from "../ai-agents.ts";
import type { Realm } from "../realms.ts";
import { revised } from "../revision.ts";
import { createIdentity, removeIdentity, updateIdentity } from "./agent-identity.ts";
import { loadAgent, loadListedAgent } from "./agent-loads.ts";
import { type AgentRecord, agentRows, agentsCollection, listAgent, marked, showAgent, showRow } from "./agents.ts";
import { AGENT_TYPES, type AgentType, filledIn, isClientType, validate } from "./client-attributes.ts";
import { AM_DIALECT, checkConditions, notFound, REALM_CONFIG, realmOf } from "./dialect.ts";
import { ALL_COUNTED, list, UNCOUNTED } from "./query.ts";
import { SECRET_MARKER, toWrapped, unwrap } from "./representation.ts";
import { knowsScript } from "./scripts.ts";
import { loadOfRealm } from "./stored-routes.ts";

/**
 * Types of agents beside the two that get tokens, by name (aic §11.4 asks for the list). None can be made here, since
 * their defaults are not known; those that the control plane loads are read, changed and deleted as all others.
 */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  "2.2_Agent": "2.2 Agents",
  J2EEAgent: "J2EE Agents",
  SharedAgent: "Shared Agents",
  SoapSTSAgent: "SOAP STS Agents",
  WebAgent: "Web Agents",
  IdentityGatewayAgent: "Identity Gateway Agents",
  RemoteConsentAgent: "Remote Consent Services",
  SoftwarePublisher: "Software Publishers",
  TrustedJwtIssuer: "Trusted JWT Issuers",
};

/** Agent ids: letters, digits, dash, underscore (aic §2). */
const AGENT_ID = /^[\w-]+$/;

export function agentRoutes(app: Hono, tenant: Tenant): void {
  const { store } = tenant;
  const route = routes(app, tenant, AM_DIALECT);
  const base = `${REALM_CONFIG}/agents`;

  route("GET", base, (call) => {
    const realm = realmOf(call);
    return list(call, listedAgents(realm), UNCOUNTED);
  });

  route("POST", base, (call) => {
    const action = call.query.get("_action");
    if (action === "getAllTypes") return { status: 200, body: { result: servedTypes(tenant).map(describe) } };
    if (action !== "nextdescendents") throw new Gap(`action ${action} on agents`);
    const all = servedTypes(tenant).flatMap((type) => [...agentRows(store, agentsCollection(realmOf(call), type))]);
    return { status: 200, body: { result: all.map((row) => without(row, "_rev")) } };
  });

  route("GET", `${base}/:type`, (call) => {
    const { collection } = place(call);
    return list(call, agentRows(store, collection), ALL_COUNTED, (row) => showRow(store, row));
  });

  route("GET", `${base}/:type/:id`, (call) => revised(200, readItem(call).item));
  loadOfRealm(tenant, `${base}/:type/:id`, ({ realm = "", type = "", id = "" }, body) =>
    loadAgent(store, agentsCollection(realm, type), id, body),
  );
  loadOfRealm(tenant, `${base}/:id`, ({ realm = "", id = "" }, body) => loadListedAgent(store, realm, id, body));

  route("PUT", `${base}/:type/:id`, (call) => {
    const { collection, realm, type, id } = place(call);
    const body = objectBody(call);
    const before = store.get<AgentRecord>(collection, id);
    const wasShown = before && showAgent(store, before);
    checkConditions(call, wasShown && String(wasShown._rev));
    if (body._id !== undefined && body._id !== id) throw new Gap("a body whose _id is not the id of the path");
    if (type === "AIAgent" && !AGENT_ID.test(id)) throw new Gap(`the agent id ${id}`);
    if (isClientType(type)) validate(type, body, before?.body, (script) => knowsScript(store, realm, script));
    else if (!before) throw new Gap(`the defaults of a new ${type}`);
    const sections = toWrapped(before || !isClientType(type) ? body : filledIn(type, body));
    const secret = secretAfter(body, before);
    const identity =
      type === "AIAgent"
        ? before
          ? updateIdentity(store, realm, body, before.body)
          : createIdentity(store, realm, id, body)
        : {};
    const whole = { ...sections, ...identity, _id: id, _type: before?.body._type ?? describe(type) };
    const record: AgentRecord = {
      body: marked(whole, secret !== undefined),
      ...(secret !== undefined && { secret }),
    };
    store.put(collection, id, record);
    const item = showAgent(store, record);
    return before ? revised(200, item) : revised(201, item, { location: call.url });
  });

  route("DELETE", `${base}/:type/:id`, (call) => {
    const { collection, realm, type, id, item, record } = readItem(call);
    checkConditions(call, String(item._rev));
    if (type === "AIAgent") removeIdentity(store, realm, record.body);
    store.delete(collection, id);
    return revised(200, item);
  });

  function* listedAgents(realm: Realm): Generator<JsonObject> {
    for (const type of servedTypes(tenant)) {
      const collection = agentsCollection(realm, type);
      for (const { document } of store.each<AgentRecord>(collection)) yield listAgent(store, type, document);
    }
  }

  /** Which collection a call is about. A tenant without the feature does not know AI agents (aic §2.9, inferred). */
  function place(call: Call): { collection: string; realm: Realm; type: string; id: string } {
    const realm = realmOf(call);
    const type = call.params.type ?? "";
    if (!isClientType(type) && !Object.hasOwn(OTHER_TYPES, type)) throw new Gap(`agents of type ${type}`);
    if (!servedTypes(tenant).includes(type)) throw notFound();
    return { collection: agentsCollection(realm, type), realm, type, id: call.params.id ?? "" };
  }

  function readItem(call: Call) {
    const at = place(call);
    const record = store.get<AgentRecord>(at.collection, at.id);
    if (!record) throw notFound();
    return { ...at, record, item: showAgent(store, record) };
  }
}

function servedTypes(tenant: Tenant): string[] {
  const clients: AgentType[] = hasAiAgents(tenant) ? ["AIAgent", "OAuth2Client"] : ["OAuth2Client"];
  return [...clients, ...Object.keys(OTHER_TYPES)];
}

/** The `_type` of an agent. */
function describe(type: string): JsonObject {
  return isClientType(type) ? AGENT_TYPES[type] : { _id: type, name: OTHER_TYPES[type], collection: true };
}

/**
 * The secret after a PUT: a string sets it, null keeps it, and a body without the member, being a full replacement, takes
 * it away (aic §2.6; the last is inferred).
 */
function secretAfter(body: JsonObject, before: AgentRecord | undefined): string | null | undefined {
  const core = body.coreOAuth2ClientConfig;
  if (!isObject(core) || !(SECRET_MARKER in core)) return undefined;
  const given = unwrap(core[SECRET_MARKER]);
  return typeof given === "string" ? given : before?.secret;
}
