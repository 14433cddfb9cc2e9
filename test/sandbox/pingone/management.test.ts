/** PingOne's management API in the sandbox: as strict as what is known, marked by evidence, closed where nobody knows. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expression, type Json, startFlows } from "./environment.ts";

let flows: Awaited<ReturnType<typeof startFlows>>;
let base: string;
beforeAll(async () => {
  flows = await startFlows();
  base = `environments/${flows.environmentId}`;
});
afterAll(() => flows.stop());

let counter = 0;
const agent = (more: Json = {}): Json => ({
  ...{ name: `agent ${++counter}`, enabled: true, type: "AI_AGENT", protocol: "OPENID_CONNECT" },
  ...{ tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", ...more },
});
const post = (path: string, body: Json) => flows.manage("POST", `${base}/${path}`, body);
const put = (path: string, body: Json) => flows.manage("PUT", `${base}/${path}`, body);
const get = (path: string) => flows.manage("GET", `${base}/${path}`);
const refusal = ({ status, body, headers }: Awaited<ReturnType<typeof get>>) => {
  const [detail] = (body.details ?? []) as { target: string; code: string }[];
  return { status, ...detail, evidence: headers.get("x-sandbox-evidence") };
};

describe("an application", () => {
  test("gets the defaults of the documented response, a client id, and a mapping of sub", async () => {
    const { status, body, headers } = await post("applications", agent({ name: "plain", assignActorRoles: false }));
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(`${flows.url}/v1/${base}/applications/${body.id}`);
    expect(body).toMatchObject({
      ...{ clientId: body.id, hiddenFromAppPortal: false, pkceEnforcement: "OPTIONAL", idpSignoff: false },
      ...{ additionalRefreshTokenReplayProtectionEnabled: true, parRequirement: "OPTIONAL", parTimeout: 60 },
      ...{ deviceTimeout: 600, devicePollingInterval: 5, assignActorRoles: false },
      signing: { keyRotationPolicy: { id: expect.any(String) } },
      _links: { self: { href: `${flows.url}/v1/${base}/applications/${body.id}` } },
    });
    const { body: attributes } = await get(`applications/${body.id}/attributes`);
    expect(attributes).toMatchObject({ _embedded: { attributes: [{ name: "sub", mappingType: "CORE" }] } });
    expect((await get(`applications/${body.id}`)).body).toEqual(body);
  });

  test("loses by PUT what the body leaves out, except what cannot be cleared", async () => {
    const { body } = await post(
      "applications",
      agent({ description: "x", refreshTokenDuration: 90, idpSignoff: true }),
    );
    const { description: _description, refreshTokenDuration: _duration, idpSignoff: _signoff, ...rest } = body;
    const replaced = (await put(`applications/${body.id}`, rest)).body;
    expect(replaced).toMatchObject({ refreshTokenDuration: 90, idpSignoff: false });
    expect(replaced).not.toHaveProperty("description");
    const cleared = await put(`applications/${body.id}`, { ...rest, refreshTokenDuration: null });
    expect(refusal(cleared)).toMatchObject({ status: 400, target: "refreshTokenDuration", evidence: "S" });
  });

  test.each<[string, Json, string, string]>([
    ["a value outside its range", { parTimeout: 601 }, "parTimeout", "D"],
    ["an unknown word", { pkceEnforcement: "SOMETIMES" }, "pkceEnforcement", "D"],
    ["a redirect URI with a fragment", { redirectUris: ["https://a.example.com/#x"] }, "redirectUris.0", "D"],
    [
      "both requirements on request objects",
      { requireSignedRequestObject: true, supportUnsignedRequestObject: true },
      "supportUnsignedRequestObject",
      "D",
    ],
    ["private_key_jwt without keys", { tokenEndpointAuthMethod: "PRIVATE_KEY_JWT" }, "jwks", "D"],
    [
      "a refresh token that outlives its rolling duration",
      { refreshTokenDuration: 90, refreshTokenRollingDuration: 60 },
      "refreshTokenDuration",
      "D",
    ],
    ["CODE without its grant", { responseTypes: ["CODE"], grantTypes: ["IMPLICIT"] }, "responseTypes", "T"],
    [
      "a grant that needs authentication and no method",
      { tokenEndpointAuthMethod: "NONE", grantTypes: ["CIBA"] },
      "tokenEndpointAuthMethod",
      "D",
    ],
    [
      "origins that are not to be named",
      { corsSettings: { behavior: "ALLOW_NO_ORIGINS", origins: ["https://a"] } },
      "corsSettings",
      "D",
    ],
    ["a wildcard without its switch", { redirectUris: ["https://*.a.example.com/cb"] }, "redirectUris", "D"],
    ["a sign-on that starts in clear", { initiateLoginUri: "http://a.example.com" }, "initiateLoginUri", "D"],
    ...["https://test*.com", "https://www.app.test*.com", "https://*.app*.test.com", "https://a.example.com/x"].map(
      (origin): [string, Json, string, string] => [
        `the origin ${origin}`,
        { corsSettings: { behavior: "ALLOW_SPECIFIC_ORIGINS", origins: [origin] } },
        "corsSettings.origins.0",
        "D",
      ],
    ),
    ["half an icon", { icon: { id: "x" } }, "icon.href", "D"],
    ["an icon that was not uploaded", { icon: { id: "x", href: "https://a.example.com" } }, "icon.id", "I"],
    ["groups without a rule", { accessControl: { group: { groups: [{ id: "x" }] } } }, "accessControl.group.type", "D"],
    ["a property that nobody knows", { idTokenDuration: 5 }, "idTokenDuration", "U"],
    ["no authentication method", { tokenEndpointAuthMethod: null }, "tokenEndpointAuthMethod", "S"],
    ["another type later on", { type: "MAGIC" }, "type", "D"],
  ])("is refused with %s", async (_what, more, target, evidence) => {
    expect(refusal(await post("applications", agent(more)))).toMatchObject({ status: 400, target, evidence });
  });

  test("is refused with a name that is taken, and where the licence is missing", async () => {
    await post("applications", agent({ name: "taken" }));
    expect(refusal(await post("applications", agent({ name: "taken" })))).toMatchObject({
      ...{ status: 400, code: "UNIQUENESS_VIOLATION", target: "name" },
    });
    await flows.control("pingone", { licensed: false });
    expect(refusal(await post("applications", agent()))).toMatchObject({ status: 400, target: "type", evidence: "T" });
    expect((await post("applications", agent({ type: "SERVICE" }))).status).toBe(201);
    await flows.control("pingone", { licensed: true });
  });

  test("goes with everything below it", async () => {
    const { body } = await post("applications", agent());
    await put(`applications/${body.id}/metadata`, { metadata: { a: 1 } });
    expect((await flows.manage("DELETE", `${base}/applications/${body.id}`)).status).toBe(204);
    for (const path of ["", "/metadata", "/secret", "/grants", "/attributes"]) {
      expect((await get(`applications/${body.id}${path}`)).status).toBe(404);
    }
    const dump = JSON.stringify((await flows.control("dump")).body);
    expect(dump).not.toContain(String(body.id));
  });

  test("has no secret without an authentication method, and gets one with the first", async () => {
    const { body } = await post("applications", agent({ type: "NATIVE_APP", tokenEndpointAuthMethod: "NONE" }));
    expect((await get(`applications/${body.id}/secret`)).status).toBe(404);
    await put(`applications/${body.id}`, { ...body, tokenEndpointAuthMethod: "CLIENT_SECRET_POST" });
    expect((await get(`applications/${body.id}/secret`)).body.secret).toEqual(expect.any(String));
  });
});

describe("what hangs below", () => {
  test("a grant takes scopes of its resource, once, and never openid", async () => {
    const { body } = await post("applications", agent());
    const resource = await flows.resource("api.example.com", ["read"]);
    const [scope] = await flows.admin.scopes(resource).list();
    const path = `applications/${body.id}/grants`;
    const grant = { resource: { id: resource }, scopes: [{ id: scope?.id }] };
    expect((await post(path, grant)).status).toBe(201);
    expect(refusal(await post(path, grant))).toMatchObject({ target: "resource", evidence: "I" });
    expect(refusal(await post(path, { ...grant, scopes: [] }))).toMatchObject({ target: "body.scopes" });
    const oidc = (await flows.admin.resources.list()).find(({ type }) => type === "OPENID_CONNECT");
    const [openid] = await flows.admin.scopes(String(oidc?.id)).list();
    const implicit = { resource: { id: oidc?.id }, scopes: [{ id: openid?.id }] };
    expect(refusal(await post(path, implicit))).toMatchObject({ target: "scopes", evidence: "S" });
    expect(refusal(await post(path, { ...implicit, scopes: [{ id: scope?.id }] }))).toMatchObject({ target: "scopes" });

    const twin = await flows.resource("twin.example.com", ["read"]);
    const [same] = await flows.admin.scopes(twin).list();
    const second = await post(path, { resource: { id: twin }, scopes: [{ id: same?.id }] });
    expect(refusal(second)).toMatchObject({ target: "scopes", evidence: "T" });
  });

  test("a worker takes no grant on a custom resource, and only a worker holds roles", async () => {
    const { body } = await post("applications", agent({ type: "WORKER" }));
    const resource = await flows.resource("worker.example.com", ["w"]);
    const [scope] = await flows.admin.scopes(resource).list();
    const grant = { resource: { id: resource }, scopes: [{ id: scope?.id }] };
    expect(refusal(await post(`applications/${body.id}/grants`, grant)).evidence).toBe("T");
    expect((await get(`applications/${body.id}/roleAssignments`)).status).toBe(200);
    const { body: other } = await post("applications", agent());
    expect((await get(`applications/${other.id}/roleAssignments`)).status).toBe(404);
  });

  test("sign-on and flow policies do not mix", async () => {
    const { body } = await post("applications", agent());
    const [policy] = await flows.admin.signOnPolicies.list();
    const [flow] = await flows.admin.flowPolicies.list();
    const at = (path: string) => `applications/${body.id}/${path}`;
    const first = await post(at("signOnPolicyAssignments"), { signOnPolicy: { id: policy?.id }, priority: 1 });
    expect(first.status).toBe(201);
    const mixed = await post(at("flowPolicyAssignments"), { flowPolicy: { id: flow?.id }, priority: 1 });
    expect(refusal(mixed)).toMatchObject({ status: 400, code: "CONSTRAINT_VIOLATION", evidence: "D" });
    expect(flow?.id).toMatch(/^[\da-f]{32}$/);
  });

  test.each<[string, Json, string]>([
    ["a reserved name", { name: "iss", value: "x", required: true }, "name"],
    ["no target", { name: "a", value: "x", required: true, idToken: false, userInfo: false }, "userInfo"],
    ["no word on whether it is required", { name: "b", value: "x" }, "body.required"],
    [
      "a root that expressions do not have",
      { name: "e", value: expression("actor.client_id"), required: true },
      "value",
    ],
    ["an empty list of scopes", { name: "c", value: "x", required: true, oidcScopes: [] }, "body.oidcScopes"],
    ["a scope that is not granted", { name: "d", value: "x", required: true, oidcScopes: ["x"] }, "oidcScopes"],
  ])("a mapping is refused with %s", async (_what, body, target) => {
    const { body: application } = await post("applications", agent());
    expect(refusal(await post(`applications/${application.id}/attributes`, body))).toMatchObject({
      status: 400,
      target,
    });
  });

  test.each<[string, Json, string]>([
    ["a built-in type", { name: "x", type: "PINGONE_API" }, "body.type"],
    ["PingOne's own name in the audience", { name: "y", audience: "https://api.pingone.com" }, "body.audience"],
    ["tokens that live too short", { name: "z", accessTokenValiditySeconds: 299 }, "body.accessTokenValiditySeconds"],
  ])("a resource is refused with %s", async (_what, body, target) => {
    expect(refusal(await post("resources", body))).toMatchObject({ status: 400, target });
  });

  test("claims of a resource: `sub` is there and is changed, others are made, and PingOne's own are nobody's", async () => {
    const { body: resource } = await post("resources", { name: "claims" });
    const path = `resources/${resource.id}/attributes`;
    const { attributes } = (await get(path)).body._embedded as { attributes: Json[] };
    expect(attributes).toMatchObject([{ name: "sub", value: expression("user.id"), type: "CORE" }]);
    const sub = `${path}/${attributes[0]?.id}`;
    expect((await put(sub, { name: "sub", value: expression("user.username") })).body).toMatchObject({ type: "CORE" });
    expect(refusal(await put(sub, { name: "subject", value: "x" }))).toMatchObject({ status: 400, target: "name" });
    expect((await flows.manage("DELETE", `${base}/${sub}`)).status).toBe(400);
    const { body: made } = await post(path, { name: "act", value: "x", required: true });
    expect(made).toMatchObject({ type: "CUSTOM", required: true });
    expect((await put(`${path}/${made.id}`, { name: "act", value: "x" })).body).not.toHaveProperty("required");
    for (const name of ["sub", "iss", "p1.userId"]) {
      expect(refusal(await post(path, { name, value: "x" }))).toMatchObject({ status: 400, target: "name" });
    }
    expect(refusal(await put(`${path}/${made.id}`, { name: "aud", value: "x" }))).toMatchObject({ target: "name" });
    const unknown = await post(path, { name: "a", value: expression("actor.client_id") });
    expect(refusal(unknown)).toMatchObject({ status: 400, target: "value", evidence: "T" });
  });

  test("a secret is kept beside the next for a minute to thirty days", async () => {
    const { body } = await post("applications", agent());
    const rotate = (ahead: number) => {
      const expiresAt = new Date(Date.now() + ahead * 1_000).toISOString();
      return post(`applications/${body.id}/secret`, { previous: { expiresAt } });
    };
    expect(refusal(await rotate(5))).toMatchObject({ target: "previous.expiresAt" });
    expect(refusal(await rotate(31 * 86_400))).toMatchObject({ target: "previous.expiresAt" });
    const { body: before } = await get(`applications/${body.id}/secret`);
    expect((await rotate(3_600)).body).toMatchObject({ previous: { secret: before.secret } });
    expect((await flows.manage("DELETE", `${base}/applications/${body.id}/secret`)).status).toBe(204);
    expect((await get(`applications/${body.id}/secret`)).body).not.toHaveProperty("previous");
  });
});

describe("the API", () => {
  test("pages with a cursor that keeps the filter", async () => {
    for (let index = 0; index < 25; index += 1) await post("applications", agent({ type: "SERVICE" }));
    const first = await get(`applications?limit=10&filter=${encodeURIComponent('type eq "SERVICE"')}`);
    const rows = (body: Json) => (body._embedded as { applications: { type: string }[] }).applications;
    expect(rows(first.body)).toHaveLength(10);
    const { next } = first.body._links as { next: { href: string } };
    const second = await flows.manage("GET", next.href.replace(`${flows.url}/v1/`, ""));
    expect(rows(second.body).every(({ type }) => type === "SERVICE")).toBe(true);
  });

  test("is closed where nobody knows: a filter on the name, unserved parts; and both are noted as gaps", async () => {
    for (const path of [`applications?filter=${encodeURIComponent('name eq "x"')}`, "keyRotationPolicies"]) {
      const { status, headers } = await get(path);
      expect([path, status, headers.get("x-sandbox-gap")]).toEqual([path, 501, "1"]);
    }
    expect((await flows.control("gaps")).body.gaps).toHaveLength(2);
  });

  test("answers unknown paths and methods by the gateway: 403, no code, no correlation id (T)", async () => {
    for (const [method, path] of [
      ["GET", `${base}/aiAgents`],
      ["PATCH", `${base}/applications/x`],
      ["GET", "nothing"],
    ] as const) {
      const { status, body, headers } = await flows.manage(method, path, method === "GET" ? undefined : {});
      expect([status, Object.keys(body), headers.has("correlation-id")]).toEqual([403, ["message"], false]);
    }
    expect((await get("applications")).headers.get("correlation-id")).toMatch(/^[\da-f-]{36}$/);
  });

  test("takes a worker's token only", async () => {
    for (const token of ["x", ""]) {
      const { status, body } = await flows.manage("GET", `${base}/applications`, undefined, token);
      expect([status, body.code]).toEqual([401, "ACCESS_FAILED"]);
    }
  });

  test("knows one environment", async () => {
    const other = "environments/0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a/applications";
    expect((await flows.manage("GET", other)).body.code).toBe("NOT_FOUND");
  });
});

describe("the control plane", () => {
  test("loads objects as they were recorded, unknown properties and all, and resets them", async () => {
    const id = "22222222-2222-4222-8222-222222222222";
    const application = { id, ...agent({ name: "loaded" }), future: { deep: [1] }, type: "FUTURE" };
    const objects = [
      { path: `/v1/${base}/applications/${id}`, body: application },
      { path: `/v1/${base}/applications/${id}/metadata`, body: { metadata: { stack: "x" } } },
    ];
    expect((await flows.control("load", { objects })).status).toBe(204);
    expect((await get(`applications/${id}`)).body).toMatchObject(application);
    expect((await get(`applications/${id}/metadata`)).body).toEqual({ metadata: { stack: "x" } });

    await flows.control("reset", { empty: true });
    expect((await get(`applications/${id}`)).status).toBe(404);
    expect((await get("applications")).body).toMatchObject({ count: 0 });
    expect((await get("users")).body).toMatchObject({ count: 0 });
    expect((await get("resources")).body).toMatchObject({ count: 2 });
    await flows.control("reset", { empty: false });
    expect((await get("users")).body).toMatchObject({ count: 3 });
  });

  const owner = "33333333-3333-4333-8333-333333333333";
  test.each([
    ...["users", "groups", "populations", "signOnPolicies", "flowPolicies", "resources", "images"],
    ...["grants", "attributes", "signOnPolicyAssignments", "flowPolicyAssignments"].map(
      (name) => `applications/${owner}/${name}`,
    ),
    ...["scopes", "attributes"].map((name) => `resources/${owner}/${name}`),
    ...["users", "groups"].map((holder) => `${holder}/${owner}/roleAssignments`),
  ])("loads an object of %s before its owner, where it is read", async (collection) => {
    const body = { id: "one", future: true };
    const above = collection.split("/").slice(0, -1).join("/");
    const objects = [
      { path: `/v1/${base}/${collection}/one`, body: { ...body, _links: { self: { href: "elsewhere" } } } },
      ...(above ? [{ path: `/v1/${base}/${above}`, body: { id: owner } }] : []),
    ];
    expect((await flows.control("load", { objects })).status).toBe(204);
    expect((await get(`${collection}/one`)).body).toMatchObject(body);
  });

  test.each(["applications", "resources"])("loads the secret of one of the %s", async (collection) => {
    const path = `${collection}/${owner}`;
    const objects = [
      { path: `/v1/${base}/${path}`, body: { id: owner } },
      { path: `/v1/${base}/${path}/secret`, body: { secret: "known" } },
    ];
    expect((await flows.control("load", { objects })).status).toBe(204);
    expect((await get(`${path}/secret`)).body).toMatchObject({ secret: "known" });
  });
});

describe("an agreement", () => {
  test("is created disabled, replaced and deleted; it cannot be enabled without a text", async () => {
    const consent = { name: "Agent Consent", enabled: false };
    const { status, body } = await post("agreements", { ...consent, reconsentPeriodDays: 180 });
    expect([status, body]).toEqual([201, expect.objectContaining({ ...consent, reconsentPeriodDays: 180 })]);
    const path = `agreements/${body.id}`;
    expect(refusal(await put(path, { ...consent, enabled: true }))).toMatchObject({ status: 400, target: "enabled" });
    expect((await put(path, consent)).body).not.toHaveProperty("reconsentPeriodDays");
    expect((await post("agreements", { ...consent, name: "Other", enabled: true })).status).toBe(400);
    expect((await flows.manage("DELETE", `${base}/${path}`)).status).toBe(204);
    expect((await get(path)).status).toBe(404);
  });

  test("has a name of its own, as far as is known, and languages that are not served", async () => {
    const { body } = await post("agreements", { name: "Once", enabled: false });
    const gaps = [
      await post("agreements", { name: "Once", enabled: false }),
      await get(`agreements/${body.id}/languages`),
    ];
    expect(gaps.map(({ status }) => status)).toEqual([501, 501]);
  });
});
