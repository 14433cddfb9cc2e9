/** What the token service keeps with the tenant, and its switches: restarts, realms, rules, and what stays out of the dump. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { REALM_RULES } from "../../../../src/sandbox/aic/oauth/rules.ts";
import { createSandbox } from "../../../../src/sandbox/index.ts";
import { createWorld, issuer, SECRET } from "./world.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test("keys, refresh tokens and approval requests go on in a second process on the same data", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-oauth-"));
  folders.push(dataDir);
  const first = await createWorld({ dataDir });
  await first.provision();
  const user = (await first.userToken()).body;
  const authReqId = await first.startOk();
  const keys = (await first.get("connect/jwk_uri")).body;
  first.tenant.close();

  const second = await createWorld({ dataDir });
  expect((await second.get("connect/jwk_uri")).body).toEqual(keys);
  const info = await second.get("tokeninfo", { authorization: `Bearer ${user.access_token}` });
  expect(info.status).toBe(200);
  const form = { client_id: "web-app", client_secret: SECRET, refresh_token: user.refresh_token };
  expect((await second.post("access_token", { grant_type: "refresh_token", ...form })).status).toBe(200);
  expect((await second.answer("approve")).status).toBe(204);
  expect((await second.poll(authReqId)).status).toBe(200);
  second.tenant.close();
});

test("oauth-flows §1 realms are apart: their issuers, clients, and approval requests", async () => {
  const world = await createWorld();
  await world.provision();
  const bravo = await world.get(".well-known/openid-configuration", {}, "bravo");
  expect(bravo.body.issuer).toBe(issuer("bravo"));
  const form = { grant_type: "client_credentials", client_id: "logs-agent", client_secret: SECRET, scope: "x" };
  expect((await world.post("access_token", form, {}, "bravo")).body.error).toBe("invalid_client");
  const token = await world.accessTokenOf(world.ownToken("logs-agent"));
  const there = await world.get("tokeninfo", { authorization: `Bearer ${token}` }, "bravo");
  expect(there).toMatchObject({ status: 401, body: { error: "invalid_token" } });
});

test("tokens leave no trace in the dump of the tenant, and no secret in the control plane", async () => {
  const world = await createWorld();
  await world.provision();
  const dump = async () => (await world.tenant.control("dump")).body;
  const before = await dump();
  await world.userToken();
  const authReqId = await world.startOk();
  await world.answer("approve");
  const { body } = await world.poll(authReqId);
  expect(await dump()).toEqual(before);
  const shown = JSON.stringify([await world.pending(), (await world.tenant.control("requests")).body]);
  for (const secret of [authReqId, body.access_token, SECRET]) expect(shown).not.toContain(secret);
});

test("an emptied tenant has nothing to approve", async () => {
  const world = await createWorld();
  await world.provision();
  await world.startOk();
  await world.tenant.control("reset", { empty: true });
  expect(await world.pending()).toEqual([]);
});

test("rules are switched off from the start or by the control plane, all others stay on", async () => {
  const world = await createWorld({ rulesOff: ["C01"] });
  await world.provision();
  const wrong = () => world.ownToken("logs-agent", { client_secret: "wrong" });
  expect((await wrong()).status).toBe(200);
  expect((await world.ownToken("logs-agent", { scope: "logs-read" })).body.error).toBe("invalid_scope");
  const listed = await world.tenant.control("rules");
  expect(listed.body.off).toEqual(["C01"]);
  expect(Object.keys(listed.body.rules)).toEqual(Object.keys(REALM_RULES));
  expect((await world.tenant.control("rules", { off: [] })).status).toBe(204);
  expect((await wrong()).body.error).toBe("invalid_client");
});

test("a rule that does not exist is refused, and nothing is switched", async () => {
  await expect(createSandbox({ rulesOff: ["Z99"] })).rejects.toMatchObject({ code: "ERR_SANDBOX_RULE" });
  const world = await createWorld();
  expect((await world.tenant.control("rules", { off: ["C01", "Z99"] })).status).toBe(400);
  expect((await world.tenant.control("rules")).body.off).toEqual([]);
});
