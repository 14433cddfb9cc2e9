/** AM documents: the two representations, sections that are gone, attributes that nobody knows yet (aic §2). */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { type LocalAic, startAic } from "../../support/aic.ts";

const PATH = "/am/json/realms/root/realms/alpha/realm-config/agents/AIAgent/old-agent";
const IDENTITY = "0d7a9a6e-3f0e-4e57-9d0e-2f1f6d1c7a14";
const declared = {
  realm: "alpha",
  clientId: "old-agent",
  name: "Old agent",
  scopes: ["read"],
  adopt: "overwrite",
  __provider: "x",
};

const identity = (body: Properties) => ({
  ...body,
  aiAgentIdentityUid: { inherited: false, value: IDENTITY },
  aiAgentIdentityAttributes: {
    inherited: false,
    value: { _id: IDENTITY, oauth2ClientId: "old-agent", name: "Old agent", description: null, customAttributes: null },
  },
  _type: { _id: "AIAgent", name: "AI Agents", collection: true },
});

describe("an AI agent that was there before", () => {
  let tenant: LocalAic;
  beforeAll(async () => {
    tenant = await startAic();
  });
  afterAll(() => tenant.stop());

  const load = (body: Properties) => {
    const person = { _id: IDENTITY, _rev: "x-1", oauth2ClientId: "old-agent", name: "Old agent", description: null };
    const objects = [
      { path: PATH, body: identity({ _id: "old-agent", _rev: "-1", ...body }) },
      { path: `/openidm/managed/alpha_aiagent/${IDENTITY}`, body: person },
    ];
    return tenant.control("load", { objects });
  };
  const takeOver = async (more: Properties = {}) => {
    const { inputs } = await tenant.provider("aic:AiAgent").check(undefined, { ...declared, ...more });
    return tenant.provider("aic:AiAgent").create({ ...inputs, __provider: "x" });
  };
  const live = async () => (await tenant.admin.am("alpha").get("AIAgent", "old-agent")) as Properties;

  test("keeps attributes that this kit does not know (aic §5.1: the default set grows without notice)", async () => {
    await load({
      coreOAuth2ClientConfig: { scopes: { inherited: false, value: [] }, newerThanUs: { inherited: false, value: 7 } },
    });
    await takeOver();
    const { coreOAuth2ClientConfig: core } = await live();
    expect(core).toMatchObject({ newerThanUs: { value: 7 }, scopes: { value: ["read"] } });
  });

  test("keeps the order of a set that is as declared", async () => {
    await load({ coreOAuth2ClientConfig: { scopes: { inherited: false, value: ["write", "read"] } } });
    await takeOver({ scopes: ["read", "write"] });
    expect(await live()).toMatchObject({ coreOAuth2ClientConfig: { scopes: { value: ["write", "read"] } } });
  });

  test("sets such an attribute through `extra`, and sees it changed", async () => {
    await load({
      coreOAuth2ClientConfig: { scopes: { inherited: false, value: [] }, newerThanUs: { inherited: false, value: 7 } },
    });
    const { id, outs } = await takeOver({ extra: { coreOAuth2ClientConfig: { newerThanUs: 8 } } });
    expect((await live()).coreOAuth2ClientConfig).toMatchObject({ newerThanUs: { value: 8 } });
    const { inputs } = await tenant.provider("aic:AiAgent").read(id, outs);
    expect(inputs?.extra).toEqual({ coreOAuth2ClientConfig: { newerThanUs: 8 } });
  });

  test("gets its sections back when a minimal PUT wiped them (aic §2.4)", async () => {
    await load({});
    await takeOver({ tokens: { accessTokenLifetime: 60 } });
    const document = await live();
    expect(document).toMatchObject({
      coreOAuth2ClientConfig: {
        scopes: { value: ["read"] },
        accessTokenLifetime: { value: 60 },
        status: { value: "Active" },
      },
      advancedOAuth2ClientConfig: { grantTypes: { value: ["authorization_code"] } },
      overrideOAuth2ClientConfig: { providerOverridesEnabled: false },
    });
  });

  test("keeps its metadata where nothing is declared, and goes back to the default where something no longer is", async () => {
    await load({
      coreOAuth2ClientConfig: { clientName: { inherited: false, value: ["by-hand"] }, scopes: { inherited: false } },
    });
    const { id, outs } = await takeOver({ redirectUris: ["https://a.example.com/cb"] });
    const { adopt: _adopt, ...rest } = declared;
    const { scopes: _scopes, ...fewer } = rest;
    await tenant.provider("aic:AiAgent").update(id, outs, fewer);
    expect((await live()).coreOAuth2ClientConfig).toMatchObject({
      clientName: { value: ["by-hand"] },
      redirectionUris: { value: [] },
      scopes: { value: [] },
    });
  });

  test("refuses `extra` for what has a name", async () => {
    const { failures } = await tenant.provider("aic:AiAgent").check(undefined, {
      ...declared,
      extra: { coreOAuth2ClientConfig: { scopes: ["x"], userpassword: "secret" } },
    });
    expect(failures).toEqual([
      { property: "", reason: "extra.coreOAuth2ClientConfig.scopes: is declared as scopes" },
      { property: "", reason: "extra.coreOAuth2ClientConfig.userpassword: is declared as clientSecret" },
    ]);
  });

  test("has an override block that is sent whole once it is declared", async () => {
    await load({ overrideOAuth2ClientConfig: { providerOverridesEnabled: false, issueRefreshToken: false } });
    const { id, outs } = await takeOver({ overrides: { enabled: true } });
    const { overrideOAuth2ClientConfig: block } = await live();
    expect(Object.keys(block as object)).toHaveLength(31);
    expect(block).toMatchObject({ providerOverridesEnabled: true, issueRefreshToken: true });
    const { _id, _rev, _type, ...document } = await live();
    const changed = {
      ...document,
      overrideOAuth2ClientConfig: { ...(block as Properties), clientsCanSkipConsent: true },
    };
    await tenant.admin.am("alpha").put("AIAgent", "old-agent", changed);
    const { inputs } = await tenant.provider("aic:AiAgent").read(id, outs);
    expect(inputs?.overrides).toEqual({ enabled: true, clientsCanSkipConsent: true });
  });

  test("keeps its secret over an update, and shows a wrapped and a plain document the same way (aic §2.1, §2.6)", async () => {
    await load({ coreOAuth2ClientConfig: { userpassword: null, scopes: { inherited: false, value: ["b", "a"] } } });
    const { id, outs } = await takeOver({ clientSecret: "known secret" });
    const before = await tenant.dump();
    const { outs: same } = await tenant
      .provider("aic:AiAgent")
      .update(
        id,
        { ...outs, secret: "known secret", clientSecret: "known secret" },
        { ...declared, clientSecret: "known secret" },
      );
    expect(await tenant.dump()).toEqual(before);
    const wrapped = await tenant.provider("aic:AiAgent").read(id, same);
    expect(wrapped.inputs?.scopes).toEqual(["read"]);
  });
});
