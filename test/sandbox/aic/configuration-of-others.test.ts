/** Configuration that this kit does not write, or that other tenants wrote: other agents, other node types, older journeys, lists of all. */
import { beforeEach, describe, expect, test } from "vitest";
import { CONFIG, minimalAgent, type TestTenant, testTenant } from "../tenant.ts";

const TREES = `${CONFIG}/authentication/authenticationtrees/trees`;
const NODES = `${CONFIG}/authentication/authenticationtrees/nodes`;
const GATEWAYS = `${CONFIG}/agents/IdentityGatewayAgent`;

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});

describe("agents of other types (aic §2.1, §11.4)", () => {
  const gateway = {
    _id: "gateway",
    _rev: "-123",
    userpassword: null,
    status: { inherited: false, value: "Active" },
    igCdssoLoginUrlTemplate: { inherited: false },
    _type: { _id: "IdentityGatewayAgent", name: "Identity Gateway Agents", collection: true },
  };

  test("a loaded one is read as it came, listed plain, replaced as a whole and deleted", async () => {
    await tenant.load(`${GATEWAYS}/gateway`, gateway);
    expect((await tenant.call("GET", `${GATEWAYS}/gateway`)).body).toEqual(gateway);
    const { body: rows } = await tenant.call("GET", `${GATEWAYS}?_queryFilter=true`);
    expect(rows.result[0]).toMatchObject({ userpassword: null, status: "Active", igCdssoLoginUrlTemplate: null });
    const put = await tenant.call("PUT", `${GATEWAYS}/gateway`, { status: "Inactive" });
    expect([put.status, put.body.status]).toEqual([200, { inherited: false, value: "Inactive" }]);
    expect(put.body).not.toHaveProperty("igCdssoLoginUrlTemplate");
    expect((await tenant.call("DELETE", `${GATEWAYS}/gateway`)).body).toEqual(put.body);
    expect((await tenant.call("GET", `${GATEWAYS}/gateway`)).status).toBe(404);
  });

  test("a new one fails closed: nobody knows its defaults; an empty list is an answer", async () => {
    const { headers } = await tenant.call("PUT", `${GATEWAYS}/gateway`, { status: "Active" });
    expect(headers.get("x-sandbox-gap")).toBe("1");
    const { body } = await tenant.call("GET", `${CONFIG}/agents/WebAgent?_queryFilter=true`);
    expect(body).toMatchObject({ result: [], totalPagedResultsPolicy: "EXACT", totalPagedResults: 0 });
  });

  test("nextdescendents lists agents of all types, plain and without revisions; there are no groups", async () => {
    await tenant.call("PUT", `${CONFIG}/agents/AIAgent/helper`, minimalAgent("helper", crypto.randomUUID()));
    const { body } = await tenant.call("POST", `${CONFIG}/agents?_action=nextdescendents`, {});
    const helper = body.result.find(({ _id }: { _id: string }) => _id === "helper");
    expect(helper).toMatchObject({ _type: { _id: "AIAgent" }, coreOAuth2ClientConfig: { status: "Active" } });
    expect(helper).not.toHaveProperty("_rev");
    const groups = await tenant.call("POST", `${CONFIG}/agents/groups?_action=nextdescendents`, {});
    expect(groups.body).toEqual({ result: [] });
  });

  test("a row of the generic list keeps the revision it was loaded with", async () => {
    await tenant.load(`${CONFIG}/agents/listed`, { _id: "listed", _rev: "99", _type: "OAuth2Client" });
    const { body } = await tenant.call("GET", `${CONFIG}/agents?_queryFilter=_id+eq+'listed'`);
    expect(body.result).toEqual([{ _id: "listed", _rev: "99", _type: "OAuth2Client" }]);
  });
});

describe("clients of other tenants (aic §5.1)", () => {
  const client = `${CONFIG}/agents/OAuth2Client/old`;
  const old = {
    _id: "old",
    _type: { _id: "OAuth2Client", name: "OAuth2 Clients", collection: true },
    coreOAuth2ClientConfig: { agentgroup: { inherited: false, value: "team" }, gone: { inherited: false, value: 1 } },
    overrideOAuth2ClientConfig: { oidcClaimsScript: "5a7e4b4e-0000-4000-8000-000000000000" },
  };

  test("an update may keep what only the stored object knows: attributes, scripts", async () => {
    await tenant.load(client, old);
    expect((await tenant.call("GET", client)).body).toMatchObject(old);
    const { coreOAuth2ClientConfig: _, ...rest } = old;
    const gone = { coreOAuth2ClientConfig: { gone: 2 } };
    const { status, body } = await tenant.call("PUT", client, { ...rest, ...gone });
    expect([status, body.coreOAuth2ClientConfig]).toEqual([200, { gone: { inherited: false, value: 2 } }]);
  });
});

describe("nodes (aic §7.2)", () => {
  const node = {
    _id: "n",
    _rev: "77",
    depth: 1,
    _type: { _id: "CustomNode", name: "Custom", collection: true },
    _outcomes: [{ id: "yes", displayName: "Yes" }],
  };

  test("of a loaded type: read, listed, written without its type, made anew, deleted", async () => {
    await tenant.load(`${NODES}/CustomNode/n`, node);
    expect((await tenant.call("GET", `${NODES}/CustomNode?_queryFilter=true`)).body.result).toEqual([node]);
    const put = await tenant.call("PUT", `${NODES}/CustomNode/n`, { depth: 2 });
    expect([put.status, put.body]).toEqual([200, { ...node, _rev: put.body._rev, depth: 2 }]);
    const other = await tenant.call("PUT", `${NODES}/CustomNode/m`, { depth: 3 });
    expect([other.status, other.body._type.name, other.body._outcomes]).toEqual([201, "Custom", node._outcomes]);
    expect((await tenant.call("DELETE", `${NODES}/CustomNode/n`)).status).toBe(200);
    expect((await tenant.call("GET", `${NODES}/CustomNode/n`)).status).toBe(404);
  });

  test("a property that only an export knows is believed, from anyone else it is a gap", async () => {
    const path = `${NODES}/RetryLimitDecisionNode/r`;
    const _type = { _id: "RetryLimitDecisionNode", name: "Retry Limit Decision" };
    expect((await tenant.call("PUT", path, { addedLater: true })).status).toBe(501);
    const { status, body } = await tenant.call("PUT", path, { addedLater: true, _type });
    expect([status, body.addedLater, body.retryLimit]).toEqual([201, true, 3]);
  });

  test("a page ends as its last node does, also when that is written later", async () => {
    const inner = (type: string, id: string) => ({ _id: id, nodeType: type, nodeVersion: "1.0", displayName: id });
    const nodes = [inner("ValidatedUsernameNode", "u"), inner("SelectIdPNode", "idp")];
    const ids = ({ _outcomes }: { _outcomes: { id: string }[] }) => _outcomes.map(({ id }) => id);
    const path = `${NODES}/PageNode/1.0/page`;
    const believed = [{ id: "socialAuthentication", displayName: "Social Authentication" }];
    const first = await tenant.call("PUT", path, { nodes, _outcomes: believed });
    expect([first.status, first.body._outcomes, first.body.pageDescription]).toEqual([201, believed, {}]);

    const { body: select } = await tenant.call("PUT", `${NODES}/SelectIdPNode/1.0/idp`, {});
    expect(select).toMatchObject({
      includeLocalAuthentication: true,
      filteredProviders: [],
      identityAttribute: "mail",
    });
    expect(ids(select)).toEqual(["socialAuthentication", "localAuthentication"]);
    expect((await tenant.call("GET", path)).body._outcomes).toEqual(select._outcomes);
    await tenant.call("PUT", `${NODES}/SelectIdPNode/1.0/idp`, {
      ...select,
      includeLocalAuthentication: false,
      _rev: undefined,
      _outcomes: undefined,
    });
    expect(ids((await tenant.call("GET", path)).body)).toEqual(["socialAuthentication"]);

    const { body: plain } = await tenant.call("PUT", path, { nodes: nodes.slice(0, 1), _outcomes: believed });
    expect(plain._outcomes).toEqual([{ id: "outcome", displayName: "Outcome" }]);
    const { body: handler } = await tenant.call("PUT", `${NODES}/SocialProviderHandlerNodeV2/1.0/h`, { script: "s" });
    expect(ids(handler)).toEqual(["ACCOUNT_EXISTS", "NO_ACCOUNT", "SOCIAL_AUTH_INTERRUPTED"]);
    expect(handler.clientType).toBe("BROWSER");
    expect((await tenant.call("PUT", path, { nodes: [] })).body._outcomes).toEqual([]);
  });

  test("equal content has an equal revision, in another realm too (aic §1.5)", async () => {
    const put = (base: string) => tenant.call("PUT", `${base}/SetStateNode/1.0/same`, { attributes: { a: "b" } });
    const [alpha, bravo] = [await put(NODES), await put(NODES.replace("alpha", "bravo"))];
    expect(bravo.body).toEqual(alpha.body);
  });

  test("what predates an attribute keeps lacking it, and its revision: nodes and journeys of older tenants", async () => {
    const inner = {
      _id: "i",
      tree: "Login",
      _type: { _id: "InnerTreeEvaluatorNode", name: "Inner", collection: true },
    };
    await tenant.load(`${NODES}/InnerTreeEvaluatorNode/i`, { ...inner, _rev: "5", _outcomes: [] });
    const put = await tenant.call("PUT", `${NODES}/InnerTreeEvaluatorNode/i`, { tree: "Login" });
    expect(put.body).not.toHaveProperty("displayErrorOutcome");
    expect(put.body._type).not.toHaveProperty("version");
    const nodes = { a: { nodeType: "PageNode", connections: {} } };
    const tree = { _id: "Old", entryNodeId: "a", nodes, staticNodes: {}, uiConfig: {}, enabled: true };
    await tenant.load(`${TREES}/Old`, { ...tree, _rev: "12" });
    expect((await tenant.call("PUT", `${TREES}/Old`, tree)).body).toEqual({ ...tree, _rev: "12" });
  });

  test("a journey keeps attributes that only its tenant knows; elsewhere they are refused (1.4)", async () => {
    const tree = { entryNodeId: "a", nodes: {}, treeTimeout: 5 };
    expect((await tenant.call("PUT", `${TREES}/Newer`, tree)).status).toBe(400);
    await tenant.load(`${TREES}/Newer`, { _id: "Newer", _rev: "1", ...tree });
    const { status, body } = await tenant.call("PUT", `${TREES}/Newer`, { ...tree, treeTimeout: 9 });
    expect([status, body.treeTimeout]).toEqual([200, 9]);
  });

  test("all types and all nodes of a realm", async () => {
    await tenant.load(`${NODES}/CustomNode/n`, node);
    const { body: types } = await tenant.call("POST", `${NODES}?_action=getAllTypes`, {});
    const ids = types.result.map(({ _id }: { _id: string }) => _id);
    expect(ids).toEqual(expect.arrayContaining(["PageNode", "PushResultVerifierNode", "CustomNode"]));
    const { body: nodes } = await tenant.call("POST", `${NODES}?_action=nextdescendents`, {});
    const { _rev, ...plain } = node;
    expect(nodes.result).toContainEqual(plain);
  });
});

test("services and secret stores are listed with their bodies and without revisions (aic §6, §9)", async () => {
  const { body: services } = await tenant.call("POST", `${CONFIG}/services?_action=nextdescendents`, {});
  expect(services.result).toEqual([expect.objectContaining({ _id: "", _type: expect.anything() })]);
  expect(services.result[0]).not.toHaveProperty("_rev");
  const { body: stores } = await tenant.call("POST", `${CONFIG}/secrets/stores?_action=nextdescendents`, {});
  expect(stores.result).toMatchObject([{ _id: "ESV" }]);
});
