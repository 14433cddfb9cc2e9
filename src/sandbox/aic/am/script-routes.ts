/** `scripts` of a realm (delegation §4): kept as they are sent, and never run. */
import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { authorize } from "../../access-tokens.ts";
import { ApiError, Gap } from "../../errors.ts";
import { type Answer, type Call, objectBody, routes } from "../../http.ts";
import { type JsonObject, without } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import type { Realm } from "../realms.ts";
import { revised } from "../revision.ts";
import { AM_DIALECT, realmOf } from "./dialect.ts";
import { list, UNCOUNTED } from "./query.ts";
import { scriptBody } from "./script-bodies.ts";
import { scriptOf, scriptsCollection } from "./scripts.ts";
import { withRevision } from "./stored.ts";
import { loadOfRealm } from "./stored-routes.ts";

/** Not below `realm-config`, as all other configuration is. */
const SCRIPTS = "/am/json/realms/root/realms/:realm/scripts";

export function scriptRoutes(app: Hono, tenant: Tenant): void {
  const { store, clock } = tenant;
  const route = routes(app, tenant, AM_DIALECT);
  const item = `${SCRIPTS}/:id`;
  const all = (realm: string) => store.list(scriptsCollection(realm)).map(({ document }) => document);

  route("GET", SCRIPTS, async (call) => {
    const { body, ...answer } = await list(call, all(realmOf(call)), UNCOUNTED);
    return { ...answer, body: { ...(body as JsonObject), remainingPagedResults: 0 } };
  });
  route("GET", item, (call) => ({ status: 200, body: existing(call) }));
  route("PUT", item, (call) => write(call, call.params.id ?? ""));
  route("POST", SCRIPTS, (call) => {
    const action = call.query.get("_action");
    if (action !== "create") throw new Gap(`action ${action} on scripts`);
    if (objectBody(call)._id !== undefined) throw new Gap("a script that is created by POST with an id");
    const id = randomUUID();
    return write({ ...call, url: `${call.url.replace(/\/$/, "")}/${id}` }, id);
  });
  route("DELETE", item, (call) => {
    const realm = realmOf(call);
    const script = existing(call);
    checkDelete(realm, script);
    store.delete(scriptsCollection(realm), String(script._id));
    return { status: 200, body: { _id: script._id } };
  });
  loadOfRealm(tenant, item, ({ realm = "", id = "" }, body) =>
    store.put(scriptsCollection(realm), id, without(body, "_rev")),
  );

  function existing(call: Call): JsonObject {
    const { id = "" } = call.params;
    const realm = realmOf(call);
    const script = scriptOf(store, realm, id);
    if (!script) throw new ApiError(404, `Script with UUID ${id} could not be found in realm /${realm}`);
    return script;
  }

  /** Creates (201, the only answer with a revision) or replaces (200). */
  function write(call: Call, id: string): Answer {
    const realm = realmOf(call);
    const before = scriptOf(store, realm, id);
    if (call.headers.has("if-match") || call.headers.has("if-none-match"))
      throw new Gap("a conditional write of a script");
    const given = objectBody(call);
    if (given._id !== undefined && given._id !== id) {
      throw new ApiError(400, "Script resource id and script JSON body id do not match");
    }
    const body = scriptBody(given, before?.default === true);
    const fixed = ["context", "language"].find(
      (field) => before?.[field] !== undefined && before[field] !== body[field],
    );
    if (fixed) throw new Gap(`another ${fixed} for a script that is there`);
    if (all(realm).some(({ _id, name }) => _id !== id && name === body.name)) {
      throw new ApiError(409, `Script with name ${body.name} already exist in realm /${realm}`);
    }
    const { subject } = authorize(tenant, call.headers.get("authorization") ?? undefined, []);
    const [by, at] = [`id=${subject},ou=user,ou=am-config`, clock.now()];
    const { createdBy = by, creationDate = at } = before ?? {};
    const { evaluatorVersion, ...own } = body;
    const dates = { createdBy, creationDate, lastModifiedBy: by, lastModifiedDate: at };
    const script = { _id: id, ...own, ...dates, evaluatorVersion };
    const collection = scriptsCollection(realm);
    store.put(collection, id, script);
    if (before) return { status: 200, body: script };
    return revised(201, withRevision(store, "item", script), { location: call.url });
  }

  function checkDelete(realm: Realm, { _id, name, context, default: isDefault }: JsonObject): void {
    if (isDefault === true) throw new ApiError(403, `Default script ${name} cannot be deleted`);
    const others = store
      .collections()
      .filter((name) => name.startsWith(`am/${realm}/`) && name !== scriptsCollection(realm));
    if (others.some((collection) => JSON.stringify(store.list(collection)).includes(String(_id)))) {
      throw new Gap(`the deletion of a script that something else names (delegation §4)`);
    }
    const users = context === "LIBRARY" ? all(realm).filter((script) => requires(script, String(name))) : [];
    if (users.length > 1) throw new Gap("the deletion of a library that several scripts use");
    if (users.length === 1) throw new ApiError(500, `The script ${name} is used once`);
  }
}

/** Whether the text of a script takes in a library. */
function requires({ script }: JsonObject, library: string): boolean {
  const text = Buffer.from(String(script), "base64").toString();
  return ["'", '"'].some((quote) => text.includes(`require(${quote}${library}${quote})`));
}
