/** ESV secrets and their versions: `/environment/secrets` (aic §8.1). Values go in and never come out. */
import type { Hono } from "hono";
import { ApiError, Gap } from "../../errors.ts";
import { type Call, objectBody, routes } from "../../http.ts";
import { type JsonObject, without } from "../../json.ts";
import type { Entry } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import { allRows, changedBy, checkId, ENV_DIALECT, READ, readValue, UPDATE } from "./dialect.ts";

export const SECRETS = "environment/secrets";
export const versionsCollection = (id: string): string => `environment/secrets/${id}/versions`;

const ENCODINGS = ["generic", "pem", "base64hmac"];

export type VersionRecord = {
  /** `{createDate, loaded, status, version}` */
  readonly body: JsonObject & { version: string; status: string };
  /** The value in base64; undefined when it was never told. */
  readonly secret?: string;
};

export function esvSecretRoutes(app: Hono, tenant: Tenant): void {
  const { store, clock, loaders } = tenant;
  const route = routes(app, tenant, ENV_DIALECT);
  const path = "/environment/secrets";

  route("GET", path, () => allRows(store.list(SECRETS).map(({ document }) => document)), READ);
  route("GET", `${path}/:id`, (call) => ({ status: 200, body: secret(call) }), READ);
  loaders.declare(`${path}/:id`, ({ id = "" }, body) => store.put(SECRETS, id, without(body, "valueBase64")));

  route(
    "PUT",
    `${path}/:id`,
    (call) => {
      const id = call.params.id ?? "";
      const { description = "", encoding = "generic", useInPlaceholders = true, ...rest } = objectBody(call);
      if (!ENCODINGS.includes(String(encoding))) {
        const message = `encoding in body should be one of [${ENCODINGS.join(" ")}]`;
        throw new ApiError(422, message, { code: 606 });
      }
      checkId(id);
      const value = readValue(rest);
      if (store.get(SECRETS, id)) throw new ApiError(400, "Failed to create secret, the secret already exists");
      const version = addVersion(id, value);
      const activeVersion = version.version;
      const loading = { loaded: false, loadedVersion: "" };
      const body = {
        _id: id,
        activeVersion,
        description,
        encoding,
        ...changedBy(clock),
        ...loading,
        useInPlaceholders,
      };
      store.put(SECRETS, id, body);
      return { status: 200, body };
    },
    UPDATE,
  );

  route(
    "POST",
    `${path}/:id`,
    (call) => {
      if (call.query.get("_action") !== "setDescription")
        throw new Gap(`action ${call.query.get("_action")} on a secret`);
      const before = secret(call);
      const { description } = objectBody(call);
      const change = description === before.description ? {} : { ...changedBy(clock), description };
      store.put(SECRETS, String(before._id), { ...before, ...change });
      return { status: 200 };
    },
    UPDATE,
  );

  route(
    "DELETE",
    `${path}/:id`,
    (call) => {
      const body = secret(call);
      for (const { id } of versions(String(body._id))) store.delete(versionsCollection(String(body._id)), id);
      store.delete(SECRETS, String(body._id));
      return { status: 200, body };
    },
    UPDATE,
  );

  route(
    "GET",
    `${path}/:id/versions`,
    (call) => ({ status: 200, body: versions(String(secret(call)._id)).map(({ document }) => document.body) }),
    READ,
  );

  route(
    "POST",
    `${path}/:id/versions`,
    (call) => {
      if (call.query.get("_action") !== "create") throw new Gap(`action ${call.query.get("_action")} on versions`);
      const id = call.params.id ?? "";
      const before = store.get(SECRETS, id);
      if (!before) throw new ApiError(404, "Failed to create secret version");
      const value = readValue(objectBody(call));
      const [latest] = versions(id);
      if (latest && latest.document.secret === value) return { status: 200, body: latest.document.body };
      const body = addVersion(id, value);
      const loaded = before.useInPlaceholders === false && before.loaded;
      store.put(SECRETS, id, { ...before, ...changedBy(clock), activeVersion: body.version, loaded });
      return { status: 200, body };
    },
    UPDATE,
  );

  route("GET", `${path}/:id/versions/:version`, (call) => ({ status: 200, body: version(call).document.body }), READ);
  loaders.declare(`${path}/:id/versions/:version`, ({ id = "", version: number = "" }, { valueBase64, ...body }) => {
    const value = typeof valueBase64 === "string" ? { secret: valueBase64 } : {};
    store.put(versionsCollection(id), number, { body, ...value });
  });

  route(
    "POST",
    `${path}/:id/versions/:version`,
    (call) => {
      if (call.query.get("_action") !== "changestatus")
        throw new Gap(`action ${call.query.get("_action")} on a version`);
      const id = String(secret(call)._id);
      const found = version(call);
      const { status } = objectBody(call);
      if (status !== "ENABLED" && status !== "DISABLED") throw new ApiError(400, "status must be ENABLED or DISABLED");
      if (status === "DISABLED" && isLatest(id, found)) throw new ApiError(400, "Cannot disable latest secret version");
      if (found.document.body.status === "DESTROYED") throw new Gap("the status of a destroyed version");
      return { status: 200, body: setStatus(id, found, status) };
    },
    UPDATE,
  );

  route(
    "DELETE",
    `${path}/:id/versions/:version`,
    (call) => {
      const id = String(secret(call)._id);
      const found = version(call);
      const refused = isLatest(id, found) || found.document.body.status === "DESTROYED";
      if (refused) throw new ApiError(500, "Failed to delete secret version");
      return { status: 200, body: setStatus(id, found, "DESTROYED") };
    },
    UPDATE,
  );

  function secret({ params }: Call): JsonObject {
    const body = store.get(SECRETS, params.id ?? "");
    if (!body) throw new ApiError(404, "The secret does not exist or does not have a version");
    return body;
  }

  function version({ params }: Call): Entry<VersionRecord> {
    const found = versions(params.id ?? "").find(({ id }) => id === params.version);
    if (!found) throw new ApiError(404, "Failed to get secret version");
    return found;
  }

  /** Newest first. */
  function versions(id: string): Entry<VersionRecord>[] {
    return store.list<VersionRecord>(versionsCollection(id)).sort((one, other) => Number(other.id) - Number(one.id));
  }

  function isLatest(id: string, { id: number }: Entry<VersionRecord>): boolean {
    return latestNumber(id) === Number(number);
  }

  /** A loaded secret may come without the versions that its `activeVersion` tells of. */
  function latestNumber(id: string): number {
    return Math.max(
      0,
      Number(store.get(SECRETS, id)?.activeVersion ?? 0),
      ...versions(id).map((found) => Number(found.id)),
    );
  }

  function addVersion(id: string, value: string): VersionRecord["body"] {
    const number = String(latestNumber(id) + 1);
    const body = { createDate: new Date(clock.now()).toISOString(), loaded: false, status: "ENABLED", version: number };
    store.put(versionsCollection(id), number, { body, secret: value } satisfies VersionRecord);
    return body;
  }

  function setStatus(id: string, { id: number, document }: Entry<VersionRecord>, status: string): JsonObject {
    const body = { ...document.body, status };
    const { secret: value } = document;
    const keeps = status !== "DESTROYED" && value !== undefined;
    store.put(versionsCollection(id), number, { body, ...(keeps && { secret: value }) });
    return body;
  }
}
