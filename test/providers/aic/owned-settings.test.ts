/** Settings of AIC that decide about access and that nobody declared: changed by hand, seen, and put back (decision 0004). */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aiAgent } from "../../../src/providers/aic/ai-agent.ts";
import { attributePaths } from "../../../src/providers/aic/attributes.ts";
import { oauth2Client } from "../../../src/providers/aic/oauth2-client.ts";
import { get, put } from "../../../src/providers/fields.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { type LocalAic, startAic } from "../../support/aic.ts";
import { type Dump, unmarked } from "../../support/dump.ts";
import { hands } from "../../support/hands.ts";
import { checked, type Declared, made } from "../../support/kinds.ts";
import { listedSettings } from "../../support/owned-settings.ts";
import { plain, sent } from "../../support/properties.ts";

const realm = "alpha";
const KEYS = JSON.stringify({ keys: [{ kty: "EC", crv: "P-256", x: "eA", y: "eQ", kid: "somebody" }] });
const agent = { type: "aic:AiAgent", inputs: { realm, clientId: "helper", name: "Helper" } };
const client = { type: "aic:OAuth2Client", inputs: { realm, clientId: "portal" } };
const application = {
  type: "aic:Application",
  inputs: { realm, clientId: "portal", name: "Portal", template: "web" },
};
const journey = {
  type: "aic:Journey",
  inputs: {
    realm,
    name: "Ask",
    entry: "push",
    nodes: {
      push: {
        type: "PushAuthenticationSenderNode",
        outcomes: { SENT: "success", NOT_REGISTERED: "failure" },
      },
    },
  },
};

let tenant: LocalAic;
let script: string;
beforeAll(async () => {
  tenant = await startAic();
  const inputs = { realm, name: "Somebody's", context: "OAUTH2_MAY_ACT", script: "x" };
  script = String((await made(tenant, { type: "aic:Script", inputs })).outs.scriptId);
});
afterAll(() => tenant.stop());

/**
 * A resource that exists, as a function that changes it by hand, looks, puts it back, and answers what was declared and what
 * was seen.
 */
async function existing(declared: Declared) {
  const { type } = declared;
  const provider = () => tenant.provider(type);
  const wanted = await checked(tenant, declared);
  const { id, outs } = await made(tenant, declared);
  return async (change: () => Promise<unknown>) => {
    const before = await held();
    await change();
    expect(await held()).not.toEqual(before);
    const seen = await provider().read(id, sent(outs));
    expect(await provider().diff(id, sent(seen.props), wanted)).toMatchObject({ replaces: [] });
    const repaired = await provider().update(id, sent(seen.props), wanted);
    expect(await held()).toEqual(before);
    const after = await provider().read(id, sent(repaired.outs));
    expect(plain(after.inputs)).toEqual(plain(wanted));
    return { wanted: plain(wanted), seen: plain(seen.inputs) };
  };
}

const held = async () => unmarked((await tenant.dump()) as Dump);

/** Attributes that no recorded client has (aic §5.1). */
const OF_AGENTS = /tlsCaSecretLabel|tlsClientCertificateChainValidation|useTokenIntrospectionClaimForJWT/;

/** Another value than the one of an attribute. */
function other(name: string, value: unknown): unknown {
  if (name === "jwkSet") return KEYS;
  if (name.endsWith("Script")) return script;
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (Array.isArray(value)) return [...value, "somebody"];
  return "https://somebody.example/";
}

describe.each([
  ["AIAgent", agent, aiAgent],
  ["OAuth2Client", client, oauth2Client],
] as const)("%s", (amType, declared, kind) => {
  const paths = new Map([...attributePaths(kind.inputs)].map(([path, field]) => [field, path]));
  const settings = listedSettings<never>(kind).flatMap((field) => {
    const path = paths.get(field);
    const isRecorded = amType === "AIAgent" || !OF_AGENTS.test(field);
    return path && isRecorded ? [[field, path] as const] : [];
  });
  let around: Awaited<ReturnType<typeof existing>>;
  beforeAll(async () => {
    around = await existing(declared);
  });

  test.each(settings)("%s", async (field, path) => {
    const { clientId } = declared.inputs;
    const [section = "", name = ""] = path.split(".");
    const document = (await tenant.admin.am(realm).get(amType, clientId)) as Properties;
    const wrapped = get(document, [section, name]);
    const value = section === "overrideOAuth2ClientConfig" ? wrapped : get(wrapped, ["value"]);
    const { wanted, seen } = await around(() =>
      hands(tenant).agent(amType, clientId, section, { [name]: other(name, value) }),
    );
    const expected = structuredClone(wanted);
    put(expected, field.split("."), expect.anything());
    expect(seen).toEqual(expected);
  });
});

test("an agent's owners and custom attributes, and its name in IDM, of which AM learns nothing", async () => {
  const around = await existing({ ...agent, inputs: { ...agent.inputs, clientId: "owned", name: "Owned" } });
  const owner = await hands(tenant).find("user", "userName", "demo.owner");
  const { seen } = await around(async () => {
    await hands(tenant).managed("aiagent", "oauth2ClientId", "owned", {
      owners: [{ _ref: `managed/alpha_user/${owner?._id}` }],
      customAttributes: { mayPay: "true" },
      name: "Somebody's",
    });
  });
  expect(seen).toMatchObject({ name: "Somebody's", owners: ["demo.owner"], customAttributes: { mayPay: "true" } });
});

test("an application's owners, and its link with a client, which replaces nothing", async () => {
  const around = await existing(application);
  const owner = await hands(tenant).find("user", "userName", "demo.owner");
  const { seen } = await around(() =>
    hands(tenant).managed("application", "name", "Portal", {
      owners: [{ _ref: `managed/alpha_user/${owner?._id}` }],
      ssoEntities: { oidcId: "somebodys" },
    }),
  );
  expect(seen).toMatchObject({ owners: ["demo.owner"], clientId: "somebodys" });
});

test("a privilege on an application whose link somebody changed is not replaced, and right with the link", async () => {
  await made(tenant, { ...agent, inputs: { ...agent.inputs, clientId: "reader", name: "Reader" } });
  const { outs: linked } = await made(tenant, {
    ...application,
    inputs: { ...application.inputs, clientId: "library", name: "Library" },
  });
  const inputs = {
    realm,
    agent: "reader",
    application: "library",
    applicationId: linked.applicationId,
    scopes: ["read"],
  };
  const declared = { type: "aic:AgentPrivilege", inputs };
  const wanted = await checked(tenant, declared);
  const { id, outs } = await made(tenant, declared);
  const link = (oidcId: string) => hands(tenant).managed("application", "name", "Library", { ssoEntities: { oidcId } });
  await link("somebodys");
  const provider = () => tenant.provider(declared.type);
  const seen = await provider().read(id, sent(outs));
  expect(plain(seen.inputs)).toEqual({ ...plain(wanted), application: "somebodys" });
  expect(await provider().diff(id, sent(seen.props), wanted)).toMatchObject({ replaces: [] });
  await link("library");
  const repaired = await provider().update(id, sent(seen.props), wanted);
  expect(plain((await provider().read(id, sent(repaired.outs))).inputs)).toEqual(plain(wanted));

  await link("somebodys");
  const left = await provider().read(id, sent(repaired.outs));
  await provider().delete(id, sent(left.props));
  expect(await hands(tenant).find("aiagentprivilege", "_id", String(outs.privilegeId))).toBeUndefined();
});

test("permissions of another type on a privilege", async () => {
  await made(tenant, { ...agent, inputs: { ...agent.inputs, clientId: "buyer", name: "Buyer" } });
  await made(tenant, { ...application, inputs: { ...application.inputs, clientId: "shop", name: "Shop" } });
  const inputs = { realm, agent: "buyer", application: "shop", scopes: ["read"] };
  const around = await existing({ type: "aic:AgentPrivilege", inputs });
  const { seen } = await around(() =>
    hands(tenant).managed("aiagentprivilege", "agentOAuth2ClientId", "buyer", {
      permissions: [
        { type: "scopes", values: ["read"] },
        { type: "roles", values: ["read", "admin"] },
      ],
    }),
  );
  expect(seen.scopes).toEqual(["(roles: admin)", "(roles: read)", "read"]);
});

test.each([
  ["enabled", false],
  ["innerTreeOnly", true],
  ["mustRun", true],
  ["noSession", true],
  ["transactionalOnly", true],
  ["identityResource", "managed/alpha_somebody"],
] as const)("a journey's %s", async (setting, value) => {
  const around = await existing({ ...journey, inputs: { ...journey.inputs, name: `Ask ${setting}` } });
  const { trees } = tenant.admin.am(realm);
  const { wanted, seen } = await around(async () => {
    const { _rev, ...tree } = (await trees.get(`Ask ${setting}`)) as Properties;
    await trees.put(`Ask ${setting}`, { ...tree, [setting]: value });
  });
  expect(seen).toEqual({ ...wanted, [setting]: value });
});

test("an ESV secret that somebody gave another value", async () => {
  const declared = { type: "aic:EsvSecret", inputs: { secretId: "esv-key", value: "ours" } };
  const provider = () => tenant.provider(declared.type);
  const wanted = await checked(tenant, declared);
  const { id, outs } = await made(tenant, declared);
  const { environment } = tenant.admin;
  await environment.addSecretVersion("esv-key", Buffer.from("their secret").toString("base64"));
  const seen = await provider().read(id, sent(outs));
  expect(plain(seen.inputs)).toEqual({ ...plain(wanted), value: expect.not.stringContaining("ours") });
  expect(seen.inputs?.value).not.toEqual(plain(seen.inputs).value); // still marked as secret
  const again = await provider().read(id, sent(seen.props));
  expect(again.inputs).toEqual(seen.inputs);

  const repaired = await provider().update(id, sent(seen.props), wanted);
  expect(repaired.outs).toMatchObject({ activeVersion: "3" });
  const after = await provider().read(id, sent(repaired.outs));
  expect(plain(after.inputs)).toEqual(plain(wanted));
});
