/** What the environment client puts on the wire (aic §2.9, §8). */
import { expect, test } from "vitest";
import { aicDialect } from "../../../src/admin-api/aic/dialect.ts";
import { Environment } from "../../../src/admin-api/aic/esv.ts";
import { Transport } from "../../../src/admin-api/http/transport.ts";
import { failureOf } from "../failure.ts";
import { type Behaviour, serve } from "../server.ts";

const ID = "esv-support-agent-secret";
const MISSING: Behaviour = { status: 404, body: { code: 404, message: "The secret does not exist" } };

async function connected(...behaviours: readonly Behaviour[]) {
  const server = await serve(...behaviours);
  const transport = new Transport({ baseUrl: server.url, dialect: aicDialect, retries: 1, sleep: async () => {} });
  return { ...server, environment: new Environment(transport) };
}

test("the life of a secret", async () => {
  const version = { version: "1", status: "ENABLED", loaded: false, createDate: "2026-07-08T17:51:36Z" };
  const { environment, calls } = await connected(
    { body: { _id: ID, activeVersion: "1" } },
    { body: { _id: ID, activeVersion: "1" } },
    { body: { result: [{ _id: ID }], pagedResultsCookie: null } },
    { body: version },
    { body: "" },
    { body: { _id: ID } },
    MISSING,
  );
  const secret = { valueBase64: "eA==", description: "d", encoding: "generic", useInPlaceholders: false } as const;
  expect(await environment.createSecret(ID, secret)).toMatchObject({ activeVersion: "1" });
  expect(await environment.getSecret(ID)).toMatchObject({ _id: ID });
  expect(await environment.listSecrets()).toEqual([{ _id: ID }]);
  expect(await environment.addSecretVersion(ID, "eQ==")).toEqual(version);
  await environment.setSecretDescription(ID, "new");
  expect(await environment.deleteSecret(ID)).toBe(true);
  expect(await environment.deleteSecret(ID)).toBe(false);
  expect(await environment.getSecret(ID)).toBeUndefined();

  const path = `/environment/secrets/${ID}`;
  expect(calls.map(({ method, url, body }) => [method, url, body])).toEqual([
    ["PUT", path, JSON.stringify(secret)],
    ["GET", path, ""],
    ["GET", "/environment/secrets", ""],
    ["POST", `${path}/versions?_action=create`, '{"valueBase64":"eQ=="}'],
    ["POST", `${path}?_action=setDescription`, '{"description":"new"}'],
    ["DELETE", path, ""],
    ["DELETE", path, ""],
    ["GET", path, ""],
  ]);
  const versions = new Set(calls.map(({ headers }) => headers["accept-api-version"]));
  expect([...versions]).toEqual(["protocol=1.0,resource=1.0"]);
});

test("the life of a variable", async () => {
  const { environment, calls } = await connected(
    { body: { _id: "esv-v" } },
    { body: { _id: "esv-v" } },
    { body: { result: [], pagedResultsCookie: null } },
    { status: 403, body: { code: 403, message: "Cannot delete a variable that has an existing config placeholder" } },
    MISSING,
  );
  const variable = { valueBase64: "eA==", expressionType: "string" } as const;
  expect(await environment.putVariable("esv-v", variable)).toEqual({ _id: "esv-v" });
  expect(await environment.getVariable("esv-v")).toEqual({ _id: "esv-v" });
  expect(await environment.listVariables()).toEqual([]);
  expect(await failureOf(environment.deleteVariable("esv-v"))).toMatchObject({ code: "ERR_API_FORBIDDEN" });
  expect(await environment.deleteVariable("esv-v")).toBe(false);
  expect(calls.map(({ method, url }) => [method, url])).toEqual([
    ["PUT", "/environment/variables/esv-v"],
    ["GET", "/environment/variables/esv-v"],
    ["GET", "/environment/variables"],
    ["DELETE", "/environment/variables/esv-v"],
    ["DELETE", "/environment/variables/esv-v"],
  ]);
});

test("a secret that exists is a conflict, and its value is not told", async () => {
  const valueBase64 = Buffer.from("canary").toString("base64");
  const { environment } = await connected((call) => ({
    status: 400,
    body: { code: 400, message: `Failed to create secret, the secret already exists: canary ${call.body}` },
  }));
  const secret = { valueBase64, encoding: "generic", useInPlaceholders: true } as const;
  const error = await failureOf(environment.createSecret(ID, secret));
  expect(error.code).toBe("ERR_API_CONFLICT");
  expect(error.message).not.toContain("canary");
  expect(error.message).not.toContain(valueBase64);
});

test("a new version may be sent twice, a restart may not", async () => {
  const { environment, calls } = await connected("drop", { body: { version: "2" } }, "drop");
  expect(await environment.addSecretVersion(ID, "eA==")).toEqual({ version: "2" });
  expect(await failureOf(environment.restart())).toMatchObject({ code: "ERR_API_UNREACHABLE" });
  expect(calls.map(({ url }) => url.split("?")[1])).toEqual(["_action=create", "_action=create", "_action=restart"]);
});

test("restart, status and the switch for AI agents", async () => {
  const { environment, calls } = await connected(
    { body: { restartStatus: "restarting" } },
    { body: { restartStatus: "ready" } },
    { body: "" },
  );
  expect(await environment.restart()).toBe("restarting");
  expect(await environment.startupStatus()).toBe("ready");
  await environment.enableAiAgents();
  expect(calls.map(({ method, url }) => [method, url])).toEqual([
    ["POST", "/environment/startup?_action=restart"],
    ["GET", "/environment/startup"],
    ["POST", "/environment/aiagent?_action=enable"],
  ]);
});
