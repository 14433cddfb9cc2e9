/** `realm-config/agents`: AI agents, OAuth 2.0 clients, and the generic list of both (contract aic 2, 5, 11.4). */
import type { Hono } from "hono";
import { Gap, notFound } from "../errors.ts";
import { type Call, objectBody, revised, routes } from "../http.ts";
import { isObject, type JsonObject } from "../json.ts";
import { hasAiAgents, type Realm, type Tenant } from "../tenant.ts";
import { createIdentity, removeIdentity, updateIdentity } from "./agent-identity.ts";
import { type AgentRecord, agentsCollection, marked, showAgent } from "./agents.ts";
import { AGENT_TYPES, type AgentType, filledIn, validate } from "./client-attributes.ts";
import { AM_DIALECT, checkConditions, REALM_CONFIG, realmOf } from "./dialect.ts";
import { ALL_COUNTED, list, UNCOUNTED } from "./query.ts";
import { SECRET_MARKER, toWrapped, unwrap } from "./representation.ts";
import { knowsScript } from "./scripts.ts";

/** Types of agents beside the two served, by name (contract aic 11.4 asks for the list). */
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

/** Agent ids: letters, digits, dash, underscore (contract aic 2). */
const AGENT_ID = /^[\w-]+$/;

export function agentRoutes(app: Hono, tenant: Tenant): void {
  const { store } = tenant;
  const route = routes(app, tenant, AM_DIALECT);
  const base = `${REALM_CONFIG}/agents`;

  route("GET", base, (call) => {
    const rows = servedTypes(tenant).flatMap((type) =>
      store.list<AgentRecord>(agentsCollection(realmOf(call), type)).map(({ id, document }) => {
        const { _rev } = showAgent(store, agentsCollection(realmOf(call), type), id, document, "row");
        return { _id: id, _rev, _type: type };
      }),
    );
    return list(call, rows, UNCOUNTED);
  });

  route("POST", base, ({ query }) => {
    if (query.get("_action") !== "getAllTypes") throw new Gap(`action ${query.get("_action")} on agents`);
    const others = Object.entries(OTHER_TYPES).map(([_id, name]) => ({ _id, name, collection: true }));
    return { status: 200, body: { result: [...servedTypes(tenant).map((type) => AGENT_TYPES[type]), ...others] } };
  });

  route("GET", `${base}/:type`, (call) => {
    const { collection } = place(call);
    const rows = store
      .list<AgentRecord>(collection)
      .map(({ id, document }) => showAgent(store, collection, id, document, "row"));
    return list(call, rows, ALL_COUNTED);
  });

  route("GET", `${base}/:type/:id`, (call) => revised(200, readItem(call).item));

  route("PUT", `${base}/:type/:id`, (call) => {
    const { collection, realm, type, id } = place(call);
    const body = objectBody(call);
    const before = store.get<AgentRecord>(collection, id);
    const wasShown = before && showAgent(store, collection, id, before, "item");
    checkConditions(call, wasShown && String(wasShown._rev));
    if (body._id !== undefined && body._id !== id) throw new Gap("a body whose _id is not the id of the path");
    if (type === "AIAgent" && !AGENT_ID.test(id)) throw new Gap(`the agent id ${id}`);
    validate(type, body, before?.body, (script) => knowsScript(store, realm, script));
    const sections = toWrapped(before ? body : filledIn(type, body));
    const secret = secretAfter(body, before);
    const identity =
      type === "AIAgent"
        ? before
          ? updateIdentity(store, realm, body, before.body)
          : createIdentity(store, realm, id, body)
        : {};
    const whole = { ...sections, ...identity, _id: id, _type: AGENT_TYPES[type] };
    const record: AgentRecord = {
      body: marked(whole, secret !== undefined),
      ...(secret !== undefined && { secret }),
    };
    store.put(collection, id, record);
    const item = showAgent(store, collection, id, record, "item");
    return before ? revised(200, item) : revised(201, item, { location: call.url });
  });

  route("DELETE", `${base}/:type/:id`, (call) => {
    const { collection, realm, type, id, item, record } = readItem(call);
    checkConditions(call, String(item._rev));
    if (type === "AIAgent") removeIdentity(store, realm, record.body);
    store.delete(collection, id);
    return revised(200, item);
  });

  /** Which collection a call is about. A tenant without the feature does not know AI agents (contract aic 2.9, inferred). */
  function place(call: Call): { collection: string; realm: Realm; type: AgentType; id: string } {
    const realm = realmOf(call);
    const type = call.params.type ?? "";
    if (type !== "AIAgent" && type !== "OAuth2Client") throw new Gap(`agents of type ${type}`);
    if (!servedTypes(tenant).includes(type)) throw notFound();
    return { collection: agentsCollection(realm, type), realm, type, id: call.params.id ?? "" };
  }

  function readItem(call: Call) {
    const at = place(call);
    const record = store.get<AgentRecord>(at.collection, at.id);
    if (!record) throw notFound();
    return { ...at, record, item: showAgent(store, at.collection, at.id, record, "item") };
  }
}

function servedTypes(tenant: Tenant): AgentType[] {
  return hasAiAgents(tenant) ? ["AIAgent", "OAuth2Client"] : ["OAuth2Client"];
}

/**
 * The secret after a PUT: a string sets it, null keeps it, and a body without the member, being a full replacement, takes
 * it away (contract aic 2.6; the last is inferred).
 */
function secretAfter(body: JsonObject, before: AgentRecord | undefined): string | null | undefined {
  const core = body.coreOAuth2ClientConfig;
  if (!isObject(core) || !(SECRET_MARKER in core)) return undefined;
  const given = unwrap(core[SECRET_MARKER]);
  return typeof given === "string" ? given : before?.secret;
}
