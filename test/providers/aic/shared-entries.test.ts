/**
 * Entries of the realm's OAuth2 provider that several need: one stays while a client outside of the stack needs it, and the
 * last stack that goes takes away what stacks have added.
 */

import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { grantTypesOf, mappingOf, settingOf } from "../../../src/providers/aic/oauth2-provider.ts";
import type { Owner } from "../../../src/providers/owner.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { startAic } from "../../support/aic.ts";
import { OWNER, sent } from "../../support/properties.ts";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const tenant = await startAic();
afterAll(() => tenant.stop());
const warnings = vi.spyOn(console, "warn").mockReturnValue();
beforeEach(async () => {
  await tenant.reset();
  warnings.mockClear();
});

const stackNamed = (stack: string): Owner => ({ ...OWNER, stack, name: `shop/${stack}` });
const provider = async () => (await tenant.admin.am("alpha").getOAuth2Provider()) ?? expect.unreachable();
const offered = async () => grantTypesOf(await provider());

/** Creates resources of a stack, in order; answers how they are removed. */
async function up(owner: Owner, resources: readonly { type: string; inputs: Properties }[]) {
  const removals: (() => Promise<void>)[] = [];
  for (const { type, inputs } of resources) {
    const { inputs: checked, failures } = await tenant.provider(type).check(undefined, sent(inputs, owner));
    expect(failures).toEqual([]);
    const { id, outs } = await tenant.provider(type).create(sent(checked, owner));
    removals.unshift(() => tenant.provider(type).delete(id, sent(outs, owner)));
  }
  return async () => {
    for (const remove of removals) await remove();
  };
}

test("a run without checkpoints makes no baseline: a killed one would take our own entries for those of before", async () => {
  vi.stubEnv("PULUMI_SKIP_CHECKPOINTS", "true");
  const made = tenant.provider("aic:ProviderBaseline").create(sent({ realm: "alpha" }, OWNER));
  await expect(made).rejects.toMatchObject({ code: "ERR_NO_CHECKPOINT" });
  vi.unstubAllEnvs();
});

/** What a stack is made of that adds the grant type of token exchange for a client of its own. */
async function stackWithClient(name: string) {
  const owner = stackNamed(name);
  const realm = "alpha";
  const baseline = await tenant.provider("aic:ProviderBaseline").create(sent({ realm }, owner));
  const before = baseline.outs.grantTypes as string[];
  const added = [EXCHANGE].filter((type) => !before.includes(type));
  return up(owner, [
    { type: "aic:GrantTypes", inputs: { realm, grantTypes: [EXCHANGE], baseline: before, tier: "development" } },
    {
      type: "aic:OAuth2Client",
      inputs: { realm, clientId: `client-${name}`, grantTypes: [EXCHANGE], addedGrantTypes: added },
    },
  ]);
}

test("the last of two stacks takes a grant type away that the first has added", async () => {
  const before = await tenant.dump();
  const destroyFirst = await stackWithClient("aaaaaaaaaaaa");
  const destroySecond = await stackWithClient("bbbbbbbbbbbb");
  await destroyFirst();
  expect(await offered()).toContain(EXCHANGE);
  expect(warnings.mock.calls.flat()).toEqual([
    `warning: the grant type "${EXCHANGE}" of realm alpha stays: this stack does not manage client-bbbbbbbbbbbb, which may need it`,
  ]);
  await destroySecond();
  expect(await tenant.dump()).toEqual(before);
});

test("what the realm offered before any stack stays after the last", async () => {
  await tenant.admin.am("alpha").putOAuth2Provider(
    await provider().then(({ _rev, ...document }) => {
      const section = document.advancedOAuth2Config as Properties;
      return { ...document, advancedOAuth2Config: { ...section, grantTypes: [...grantTypesOf(document), EXCHANGE] } };
    }),
  );
  const before = await tenant.dump();
  const destroyFirst = await stackWithClient("aaaaaaaaaaaa");
  const destroySecond = await stackWithClient("bbbbbbbbbbbb");
  await destroyFirst();
  await destroySecond();
  expect(await tenant.dump()).toEqual(before);
});

test("an acr value that a client of somebody may ask for stays, and so does the journey that it leads to", async () => {
  const owner = stackNamed("aaaaaaaaaaaa");
  const realm = "alpha";
  const destroy = await up(owner, [
    {
      type: "aic:Journey",
      inputs: {
        realm,
        name: "Approve",
        entry: "page",
        nodes: { page: { type: "UsernameCollectorNode", outcomes: { outcome: "success" } } },
        tier: "development",
      },
    },
    {
      type: "aic:AcrMapping",
      inputs: { realm, acr: "approve", journey: "Approve", baseline: {}, tier: "development" },
    },
  ]);
  const theirs = { advancedOAuth2ClientConfig: { grantTypes: ["urn:openid:params:grant-type:ciba"] } };
  await tenant.admin.am(realm).put("OAuth2Client", "theirs", theirs);
  await destroy();
  expect(mappingOf(await provider())).toMatchObject({ approve: "Approve" });
  expect(await tenant.admin.am(realm).trees.get("Approve")).toBeDefined();
  expect(warnings.mock.calls.flat()).toEqual([
    'warning: the acr value "approve" of realm alpha stays: this stack does not manage theirs, which may need it',
    'warning: journey "Approve" of realm alpha stays: acr approve leads to it',
  ]);
});

test("a script that a client refers to stays, and goes with the last that does", async () => {
  const realm = "alpha";
  const script = {
    name: "names the gateway",
    context: "OAUTH2_MAY_ACT_NEXT_GEN",
    script: { mayAct: { client: "gateway" } },
  };
  const [scripts, clients] = [
    tenant.admin.am(realm).collection("scripts", "protocol=2.0,resource=1.0"),
    tenant.admin.am(realm),
  ];
  const own = async () => (await scripts.query(`name eq "${script.name}"`))[0]?._id;
  const destroy = await up(OWNER, [{ type: "aic:Script", inputs: { realm, tier: "development", ...script } }]);
  const theirs = {
    overrideOAuth2ClientConfig: { providerOverridesEnabled: true, accessTokenMayActScript: await own() },
  };
  await clients.put("OAuth2Client", "theirs", theirs);
  await destroy();
  expect(await own()).toBeDefined();
  expect(warnings.mock.calls.flat()).toEqual([
    'warning: script "names the gateway" of realm alpha stays: it is referred to by theirs',
  ]);
  await clients.delete("OAuth2Client", "theirs");
  await destroy();
  expect(await own()).toBeUndefined();
});

/** A setting that a stack makes; answers how it is let go. */
const stackWithSetting = (name: string, setting: string, value: unknown, baseline: Properties) =>
  up(stackNamed(name), [
    { type: "aic:ProviderSetting", inputs: { realm: "alpha", setting, value, baseline, tier: "development" } },
  ]);
const ACCEPT = "acceptAudienceParametersInTokenExchangeRequests";

test("a setting that a client outside of the stack needs stays, and goes with the last who does", async () => {
  const theirs = {
    advancedOAuth2ClientConfig: { grantTypes: [EXCHANGE], allowedResourceServerAudienceValues: ["tool"] },
  };
  await tenant.admin.am("alpha").put("OAuth2Client", "theirs", theirs);
  const destroy = await stackWithSetting("aaaaaaaaaaaa", ACCEPT, true, { [ACCEPT]: false });
  await destroy();
  expect(settingOf(await provider(), ACCEPT)).toBe(true);
  expect(warnings.mock.calls.flat()).toEqual([
    `warning: the setting "${ACCEPT}" of realm alpha stays: this stack does not manage theirs, which may need it`,
  ]);
  await tenant.admin.am("alpha").delete("OAuth2Client", "theirs");
  await destroy();
  expect(settingOf(await provider(), ACCEPT)).toBe(false);
});

test("who overrides the provider does not need its setting, and an algorithm stays for another stack", async () => {
  const [first, second] = [stackNamed("aaaaaaaaaaaa"), stackNamed("bbbbbbbbbbbb")];
  await up(second, [{ type: "aic:OAuth2Client", inputs: { realm: "alpha", clientId: "theirs" } }]);
  const algorithm = "tokenSigningAlgorithm";
  const destroy = await stackWithSetting("aaaaaaaaaaaa", algorithm, "RS256", { [algorithm]: "HS256" });
  await destroy();
  expect(settingOf(await provider(), algorithm)).toBe("RS256");
  await tenant.admin.am("alpha").delete("OAuth2Client", "theirs");
  await destroy();
  expect(settingOf(await provider(), algorithm)).toBe("HS256");

  await up(first, [
    {
      type: "aic:OAuth2Client",
      inputs: {
        realm: "alpha",
        clientId: "ours",
        tokens: { allowedAudiences: ["tool"] },
        overrides: { enabled: true },
      },
    },
  ]);
  const release = await stackWithSetting("cccccccccccc", ACCEPT, true, { [ACCEPT]: false });
  await release();
  expect(settingOf(await provider(), ACCEPT)).toBe(false);
});

test("what somebody has set to something else by now is theirs", async () => {
  const algorithm = "tokenSigningAlgorithm";
  const destroy = await stackWithSetting("aaaaaaaaaaaa", algorithm, "RS256", { [algorithm]: "HS256" });
  await stackWithSetting("bbbbbbbbbbbb", algorithm, "ES384", { [algorithm]: "RS256" });
  await destroy();
  expect(settingOf(await provider(), algorithm)).toBe("ES384");
});

test("a baseline of before learns what a setting was when it is first declared, and forgets it with it", async () => {
  const owner = stackNamed("aaaaaaaaaaaa");
  const kind = tenant.provider("aic:ProviderBaseline");
  const { id, outs } = await kind.create(sent({ realm: "alpha" }, owner));
  expect(outs).not.toHaveProperty("settings");
  const settingNames = ["tokenSigningAlgorithm"];
  const known = await kind.update(id, sent(outs, owner), sent({ realm: "alpha", settingNames }, owner));
  expect(known.outs).toMatchObject({ grantTypes: outs.grantTypes, settings: { tokenSigningAlgorithm: "HS256" } });
  await stackWithSetting("aaaaaaaaaaaa", "tokenSigningAlgorithm", "RS256", { tokenSigningAlgorithm: "HS256" });
  const both = { realm: "alpha", settingNames: [...settingNames, ACCEPT] };
  const more = await kind.update(id, sent(known.outs, owner), sent(both, owner));
  expect(more.outs.settings).toEqual({ tokenSigningAlgorithm: "HS256", [ACCEPT]: false });
  const less = await kind.update(id, sent(more.outs, owner), sent({ realm: "alpha", settingNames: [ACCEPT] }, owner));
  expect(less.outs.settings).toEqual({ [ACCEPT]: false });
  const none = await kind.update(id, sent(less.outs, owner), sent({ realm: "alpha" }, owner));
  expect(none.outs.settings).toEqual({});
});
