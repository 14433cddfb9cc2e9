/** The OAuth 2.0 provider, journeys, nodes and secret mappings of a realm. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { CONFIG, type TestTenant, testTenant } from "../tenant.ts";

const PROVIDER = `${CONFIG}/services/oauth-oidc`;
const TREES = `${CONFIG}/authentication/authenticationtrees/trees`;
const NODES = `${CONFIG}/authentication/authenticationtrees/nodes`;
const MAPPINGS = `${CONFIG}/secrets/stores/GoogleSecretManagerSecretStoreProvider/ESV/mappings`;
const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});

describe("the provider (aic §6)", () => {
  const read = async () => {
    const { _rev, ...body } = (await tenant.call("GET", PROVIDER)).body;
    return body;
  };

  test("is there in both realms, without token exchange, with its own scripts and agent objects (6.2)", async () => {
    const alpha = await read();
    const bravo = (await tenant.call("GET", PROVIDER.replace("alpha", "bravo"))).body;
    expect(alpha).toMatchObject({
      _id: "",
      _type: { _id: "oauth-oidc" },
      cibaConfig: { cibaMinimumPollingInterval: 2 },
    });
    expect(alpha.advancedOAuth2Config.grantTypes).not.toContain(EXCHANGE);
    expect(alpha.aiAgentsConfig.aiAgentsIdentityObjectName).toBe("managed/alpha_aiagent");
    expect(bravo.aiAgentsConfig.aiAgentsIdentityObjectName).toBe("managed/bravo_aiagent");
    expect(bravo.pluginsConfig.oidcClaimsScript).not.toBe(alpha.pluginsConfig.oidcClaimsScript);
  });

  test("a change and back gives the first revision again (1.5)", async () => {
    const before = (await tenant.call("GET", PROVIDER)).body;
    const changed = structuredClone(await read());
    changed.advancedOAuth2Config.grantTypes.push(EXCHANGE);
    const put = await tenant.call("PUT", PROVIDER, changed);
    expect([put.status, put.body.advancedOAuth2Config.grantTypes.at(-1)]).toEqual([200, EXCHANGE]);
    expect(put.body._rev).not.toBe(before._rev);
    const { _rev, ...original } = before;
    expect((await tenant.call("PUT", PROVIDER, original)).body).toEqual(before);
  });

  test("absent attributes stay where kept and default are the same, elsewhere it is unknown (6.1)", async () => {
    const partial = await read();
    delete partial.advancedOAuth2Config.parRequestUriLifetime;
    expect((await tenant.call("PUT", PROVIDER, partial)).body.advancedOAuth2Config.parRequestUriLifetime).toBe(90);
    const changed = await read();
    changed.advancedOAuth2Config.parRequestUriLifetime = 30;
    await tenant.call("PUT", PROVIDER, changed);
    const { status, headers } = await tenant.call("PUT", PROVIDER, partial);
    expect([status, headers.get("x-sandbox-gap")]).toEqual([501, "1"]);
  });

  test("_rev in the body is refused, and a stale If-Match (1.4, 1.5)", async () => {
    const body = (await tenant.call("GET", PROVIDER)).body;
    expect((await tenant.call("PUT", PROVIDER, body)).body.message).toBe("Invalid attribute specified.");
    expect((await tenant.call("PUT", PROVIDER, await read(), { "if-match": '"1"' })).status).toBe(412);
  });

  test("an acr may be mapped to a journey that is there; otherwise it is unknown (6.3)", async () => {
    const body = await read();
    body.advancedOIDCConfig.loaMapping = { push: "Login" };
    expect((await tenant.call("PUT", PROVIDER, body)).status).toBe(200);
    body.advancedOIDCConfig.loaMapping = { push: "Missing" };
    expect((await tenant.call("PUT", PROVIDER, body)).status).toBe(501);
  });

  test("deleted it is 404, and a PUT creates it again with 201", async () => {
    const body = await read();
    expect((await tenant.call("DELETE", PROVIDER)).status).toBe(200);
    expect((await tenant.call("GET", PROVIDER)).status).toBe(404);
    expect((await tenant.call("PUT", PROVIDER, body)).status).toBe(201);
  });
});

describe("journeys (aic §7.1)", () => {
  const id = randomUUID();
  const tree = { identityResource: "managed/alpha_user", entryNodeId: id, nodes: {}, staticNodes: {}, uiConfig: {} };

  test("created with what the body lacks filled in; names are case-sensitive and may contain spaces", async () => {
    const { status, body } = await tenant.call("PUT", `${TREES}/Push%20Login`, tree);
    expect(status).toBe(201);
    expect(body).toMatchObject({ _id: "Push Login", enabled: true, mustRun: false, transactionalOnly: false });
    expect((await tenant.call("GET", `${TREES}/push%20login`)).status).toBe(404);
    const names = (await tenant.call("GET", `${TREES}?_queryFilter=true`)).body.result.map(
      ({ _id }: { _id: string }) => _id,
    );
    expect(names).toEqual(["Login", "Push Login"]);
  });

  test("nodes get a version; a node that is none, or an unknown attribute, is 400 (1.4)", async () => {
    const node = { nodeType: "UsernameCollectorNode", displayName: "Name", connections: {}, x: 0, y: 0 };
    const { body } = await tenant.call("PUT", `${TREES}/T`, { ...tree, nodes: { [id]: node } });
    expect(body.nodes[id]).toEqual({ ...node, version: "1.0" });
    const message = async (wrong: object) =>
      (await tenant.call("PUT", `${TREES}/T`, { ...tree, ...wrong })).body.message;
    expect(await message({ nodes: { [id]: "bad" } })).toBe("Data validation failed for the attribute, Nodes");
    expect(await message({ nodes2: {} })).toBe("Invalid attribute specified.");
    expect(await message({ entryNodeId: undefined })).toBe("Node with ID entryNodeId must exist in the tree.");
  });

  test("text that is no JSON is answered by the gateway, header names among the keys (1.1)", async () => {
    const text = '{"entryNodeId":"x"}\ntrailing';
    const { status, body } = await tenant.call("PUT", `${TREES}/T`, text);
    expect([status, body.detail]).toEqual([400, JSON.stringify(text)]);
    expect(body).toHaveProperty("Strict-Transport-Security");
  });
});

describe("nodes (aic §7.2)", () => {
  const id = randomUUID();

  test("defaults, type and outcomes are the server's", async () => {
    const sent = { secondsToWait: 5, _outcomes: [{ id: "DONE", displayName: "wrong" }] };
    const { status, body } = await tenant.call("PUT", `${NODES}/PollingWaitNode/${id}`, sent);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      secondsToWait: 5,
      exitable: false,
      _type: { _id: "PollingWaitNode", name: "Polling Wait Node", version: "1.0" },
      _outcomes: [{ id: "DONE", displayName: "Done" }],
    });
    expect((await tenant.call("GET", `${NODES}/PollingWaitNode/1.0/${id}`)).body).toEqual(body);
  });

  test("version 2.0 is another node with more properties", async () => {
    const { body } = await tenant.call("PUT", `${NODES}/ValidatedUsernameNode/2.0/${id}`, {});
    expect(body).toMatchObject({ prepopulate: false, _type: { version: "2.0" } });
    expect((await tenant.call("GET", `${NODES}/ValidatedUsernameNode/${id}`)).status).toBe(404);
    const schema = await tenant.call("POST", `${NODES}/ValidatedUsernameNode/2.0?_action=schema`, {});
    expect(schema.body.required).toContain("prepopulate");
  });

  test("a type that this tenant does not know is taken from an export only", async () => {
    expect((await tenant.call("PUT", `${NODES}/MadeUpNode/${id}`, {})).status).toBe(501);
    const described = { _type: { _id: "MadeUpNode", name: "Made Up", collection: true }, _outcomes: [], setting: 1 };
    expect((await tenant.call("PUT", `${NODES}/MadeUpNode/${id}`, described)).body).toMatchObject({ setting: 1 });
  });
});

describe("secret mappings (aic §9)", () => {
  const label = "am.applications.oauth2.client.helper.secret";
  const mapping = (aliases: string[], secretId: string | undefined = label) => ({ _id: label, secretId, aliases });

  test("created by POST or PUT, replaced by PUT, once", async () => {
    const created = await tenant.call("POST", `${MAPPINGS}?_action=create`, mapping(["esv-one"]));
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toMatch(new RegExp(`/mappings/${label}$`));
    const again = await tenant.call("POST", `${MAPPINGS}?_action=create`, mapping(["esv-one"]));
    expect([again.status, again.body.message]).toEqual([409, "Unable to save config: Service already exists"]);
    expect((await tenant.call("PUT", `${MAPPINGS}/${label}`, mapping(["esv-two"]))).status).toBe(200);
    expect((await tenant.call("DELETE", `${MAPPINGS}/${label}`)).body.aliases).toEqual(["esv-two"]);
    expect((await tenant.call("DELETE", `${MAPPINGS}/${label}`)).status).toBe(404);
  });

  test.each([
    ["two aliases", mapping(["a", "b"]), /^Invalid config: Only a single alias per mapping/],
    ["the same alias twice", mapping(["a", "a"]), /^Data validation failed for the attribute, aliases$/],
    ["no secretId", { aliases: ["a"] }, /^Invalid config: Secret value is missing$/],
    ["_rev", { ...mapping(["a"]), _rev: "1" }, /^Invalid attribute specified\.$/],
  ])("%s is 400", async (_, body, message) => {
    const answer = await tenant.call("PUT", `${MAPPINGS}/${label}`, body);
    expect([answer.status, answer.body.message]).toEqual([400, expect.stringMatching(message)]);
  });

  test("the store itself cannot be deleted", async () => {
    expect((await tenant.call("GET", MAPPINGS.replace("/mappings", ""))).body._id).toBe("ESV");
    expect((await tenant.call("DELETE", MAPPINGS.replace("/mappings", ""))).status).toBe(403);
  });
});
