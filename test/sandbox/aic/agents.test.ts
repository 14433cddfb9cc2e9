/** AI agents and OAuth 2.0 clients: two representations, fill-in on create only, secrets, the linked identity. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { CONFIG, minimalAgent, type TestTenant, testTenant, userId } from "../tenant.ts";

const AGENTS = `${CONFIG}/agents/AIAgent`;
const CLIENTS = `${CONFIG}/agents/OAuth2Client`;
const IDENTITIES = "/openidm/managed/alpha_aiagent";

let tenant: TestTenant;
let uid: string;
beforeEach(async () => {
  tenant = await testTenant();
  uid = randomUUID();
});

const create = (id = "helper") => tenant.call("PUT", `${AGENTS}/${id}`, minimalAgent(id, uid));
const client = (secret: unknown) => ({ coreOAuth2ClientConfig: { userpassword: secret } });

describe("create (aic §2.2, §2.3)", () => {
  test("201 with location and etag, wrapped, all defaults filled in", async () => {
    const { status, headers, body } = await create();
    expect(status).toBe(201);
    expect(headers.get("location")).toMatch(/\/AIAgent\/helper$/);
    expect(headers.get("etag")).toBe(`"${body._rev}"`);
    expect(body._rev).toMatch(/^-?\d+$/);
    expect(body.advancedOAuth2ClientConfig.grantTypes).toEqual({ inherited: false, value: ["authorization_code"] });
    expect(body.signEncOAuth2ClientConfig.jwkSet).toEqual({ inherited: false });
    expect(body.overrideOAuth2ClientConfig.providerOverridesEnabled).toBe(false);
    expect(body.aiAgentIdentityUid).toEqual({ inherited: false, value: uid });
    const sections = Object.values(body).filter((value) => typeof value === "object" && value !== null);
    expect(sections.length).toBeGreaterThanOrEqual(8);
  });

  test("the identity is made under the UUID that the caller chose, and the server chooses one otherwise", async () => {
    await create();
    const { body } = await tenant.call("GET", `${IDENTITIES}/${uid}`);
    expect(body).toMatchObject({ name: "Agent helper", oauth2ClientId: "helper", customAttributes: null });
    const other = await tenant.call("PUT", `${AGENTS}/other`, { aiAgentIdentityAttributes: { name: "Other" } });
    const chosen = other.body.aiAgentIdentityUid.value;
    expect((await tenant.call("GET", `${IDENTITIES}/${chosen}`)).body.oauth2ClientId).toBe("other");
  });

  test("an identity that IDM refuses is a 500 and leaves nothing behind (aic §1.4)", async () => {
    const refused = await tenant.call("PUT", `${AGENTS}/helper`, { aiAgentIdentityAttributes: { _id: uid } });
    expect([refused.status, refused.body.message]).toEqual([500, "AI Agent: Failed to create agent identity."]);
    expect((await tenant.call("GET", `${AGENTS}/helper`)).status).toBe(404);
    expect((await tenant.call("GET", `${IDENTITIES}/${uid}`)).status).toBe(404);
  });

  test("If-None-Match on an existing agent is 412 (aic §1.5)", async () => {
    await create();
    const again = await tenant.call("PUT", `${AGENTS}/helper`, minimalAgent("helper", uid), { "if-none-match": "*" });
    expect(again.status).toBe(412);
  });
});

describe("representations and revisions (aic §1.5, §2.1)", () => {
  test("a query is plain, has attributes of its own, and another revision", async () => {
    const item = (await create()).body;
    const { body } = await tenant.call("GET", `${AGENTS}?_queryFilter=_id%20eq%20%27helper%27`);
    expect(body).toMatchObject({ resultCount: 1, totalPagedResultsPolicy: "EXACT", totalPagedResults: 1 });
    const [row] = body.result;
    expect(row.signEncOAuth2ClientConfig.jwkSet).toBeNull();
    expect(row.coreOAuth2ClientConfig.agentgroup).toBeNull();
    expect(row.overrideOAuth2ClientConfig.oidcClaimsClass).toBeNull();
    expect(row.aiAgentIdentityUid).toBe(uid);
    expect(row._rev).not.toBe(item._rev);
  });

  test("the plain form of a read, written back, changes nothing and keeps the revision", async () => {
    const before = (await create()).body;
    const { _rev, _id, _type, ...plain } = (await tenant.call("GET", `${AGENTS}?_queryFilter=true`)).body.result[0];
    const { status, body } = await tenant.call("PUT", `${AGENTS}/helper`, writable(plain));
    expect(status).toBe(200);
    expect(body).toEqual(before);
  });

  test("the same content has the same revision again, also after delete and create", async () => {
    const put = () => tenant.call("PUT", `${CLIENTS}/app`, { coreOAuth2ClientConfig: { scopes: ["a"] } });
    const first = (await put()).body._rev;
    await tenant.call("DELETE", `${CLIENTS}/app`);
    expect((await put()).body._rev).toBe(first);
    const changed = await tenant.call("PUT", `${CLIENTS}/app`, { coreOAuth2ClientConfig: { scopes: ["b"] } });
    expect(changed.body._rev).not.toBe(first);
  });
});

/** The revision inside the identity is the server's. */
function writable({ aiAgentIdentityAttributes, ...rest }: Record<string, object>): object {
  const identity = Object.entries(aiAgentIdentityAttributes ?? {}).filter(([key]) => key !== "_rev");
  return { ...rest, aiAgentIdentityAttributes: Object.fromEntries(identity) };
}

describe("update (aic §2.4)", () => {
  test("the trap: a minimal body takes all sections away, by id and in the query", async () => {
    await create();
    const { status, body } = await tenant.call("PUT", `${AGENTS}/helper`, minimalAgent("helper", uid));
    expect(status).toBe(200);
    const keys = ["_id", "_rev", "_type", "aiAgentIdentityAttributes", "aiAgentIdentityUid"];
    expect(Object.keys(body).sort()).toEqual(keys);
    const [row] = (await tenant.call("GET", `${AGENTS}?_queryFilter=true`)).body.result;
    expect(Object.keys(row).sort()).toEqual(keys);
  });

  test("name and description are handed on to the identity; an unchanged identity keeps its revision", async () => {
    await create();
    const rev = (await tenant.call("GET", `${IDENTITIES}/${uid}`)).body._rev;
    await tenant.call("PUT", `${AGENTS}/helper`, minimalAgent("helper", uid));
    expect((await tenant.call("GET", `${IDENTITIES}/${uid}`)).body._rev).toBe(rev);
    const identity = { _id: uid, oauth2ClientId: "helper", name: "Renamed", description: "New" };
    await tenant.call("PUT", `${AGENTS}/helper`, { aiAgentIdentityAttributes: identity, aiAgentIdentityUid: uid });
    const { body } = await tenant.call("GET", `${IDENTITIES}/${uid}`);
    expect(body).toMatchObject({ name: "Renamed", description: "New" });
    expect(body._rev).not.toBe(rev);
  });
});

describe("attributes that are not let in (aic §12.3, §12.4)", () => {
  test.each([
    ["an unknown section", { nonsenseConfig: {} }, 400],
    ["_rev", { _rev: "1" }, 400],
    ["a value of another type", { coreOAuth2ClientConfig: { scopes: "openid" } }, 400],
    ["an unknown attribute", { coreOAuth2ClientConfig: { nonsense: 1 } }, 501],
    ["inheritance", { coreOAuth2ClientConfig: { scopes: { inherited: true, value: [] } } }, 501],
    ["an agent group", { coreOAuth2ClientConfig: { agentgroup: "all" } }, 501],
    ["a script that is not there", { overrideOAuth2ClientConfig: { oidcClaimsScript: randomUUID() } }, 400],
  ])("%s", async (_, body, status) => {
    const answer = await tenant.call("PUT", `${CLIENTS}/app`, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-sandbox-gap")).toBe(status === 501 ? "1" : null);
    expect((await tenant.call("GET", `${CLIENTS}/app`)).status).toBe(404);
  });

  test("an attribute that the object has already is known", async () => {
    const body = { _id: "app", _rev: "7", coreOAuth2ClientConfig: { brandNew: { inherited: false, value: 1 } } };
    await tenant.load(`${CLIENTS}/app`, body);
    const answer = await tenant.call("PUT", `${CLIENTS}/app`, { coreOAuth2ClientConfig: { brandNew: 2 } });
    expect(answer.body.coreOAuth2ClientConfig.brandNew).toEqual({ inherited: false, value: 2 });
  });
});

describe("secrets (aic §2.6, §5.1)", () => {
  const marker = ({ body }: { body: Record<string, Record<string, unknown>> }) => body.coreOAuth2ClientConfig;

  test("a secret leaves a null marker and is never read back; null keeps it; leaving it out takes it away", async () => {
    const created = await tenant.call("PUT", `${CLIENTS}/app`, client("canary-secret"));
    expect(marker(created)).toHaveProperty("userpassword", null);
    expect(marker(await tenant.call("PUT", `${CLIENTS}/app`, client(null)))).toHaveProperty("userpassword", null);
    const everything = JSON.stringify([
      (await tenant.call("GET", `${CLIENTS}?_queryFilter=true`)).body,
      (await tenant.control("dump")).body,
      (await tenant.control("requests")).body,
    ]);
    expect(everything).not.toContain("canary-secret");
    const without = await tenant.call("PUT", `${CLIENTS}/app`, { coreOAuth2ClientConfig: {} });
    expect(marker(without)).not.toHaveProperty("userpassword");
  });

  test("null on a new client creates nothing", async () => {
    expect(marker(await tenant.call("PUT", `${CLIENTS}/app`, client(null)))).not.toHaveProperty("userpassword");
  });
});

describe("delete (aic §2.7)", () => {
  test("echoes the agent, and takes the identity with its privileges along", async () => {
    const created = (await create()).body;
    const privilege = `/openidm/managed/alpha_aiagentprivilege/${randomUUID()}`;
    await tenant.call("PUT", privilege, { agent: { _ref: `managed/alpha_aiagent/${uid}` } });
    const deleted = await tenant.call("DELETE", `${AGENTS}/helper`);
    expect([deleted.status, deleted.body]).toEqual([200, created]);
    for (const path of [`${AGENTS}/helper`, `${IDENTITIES}/${uid}`, privilege]) {
      expect((await tenant.call("GET", path)).status).toBe(404);
    }
    expect((await tenant.call("DELETE", `${AGENTS}/helper`)).status).toBe(404);
  });
});

test("relations of the identity do not move the agent's revision, and AM shows the identity as it wrote it (aic §1.5, §2.4)", async () => {
  const before = (await create()).body;
  const owner = { _ref: `managed/alpha_user/${await userId(tenant, "demo.owner")}` };
  await tenant.call("PATCH", `${IDENTITIES}/${uid}`, [{ operation: "replace", field: "/owners", value: [owner] }]);
  expect((await tenant.call("GET", `${AGENTS}/helper`)).body).toEqual(before);
});

test("the generic list has the bare type (aic §11.4)", async () => {
  await create();
  const { body } = await tenant.call("GET", `${CONFIG}/agents?_queryFilter=_id+eq+'helper'`);
  expect(body).toMatchObject({ totalPagedResultsPolicy: "NONE", result: [{ _id: "helper", _type: "AIAgent" }] });
  const types = (await tenant.call("POST", `${CONFIG}/agents?_action=getAllTypes`, {})).body.result;
  expect(types).toContainEqual({ _id: "AIAgent", name: "AI Agents", collection: true });
});

test("the root realm and global configuration are closed (aic §1.4)", async () => {
  const message = "This operation is not available in PingOne Advanced Identity Cloud.";
  for (const path of ["/am/json/realms/root/realm-config/agents/AIAgent/x", "/am/json/global-config/services/x"]) {
    const { status, body } = await tenant.call("GET", path);
    expect([status, body]).toEqual([403, { code: 403, reason: "Forbidden", message }]);
  }
});
