/** Token exchange by an ordinary client whom a may-act script names, hop by hop as delegation §1.5 and §2.2 have it. */
import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DELEGATION_RULES } from "../../../../src/sandbox/aic/oauth/delegation-rules.ts";
import type { Reply } from "../../tenant.ts";
import { claimsOf, config, createWorld, EXCHANGE, type Form, SECRET, type World } from "./world.ts";

const SCRIPTS = "/am/json/realms/root/realms/alpha/scripts";
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const OVERRIDES = "overrideOAuth2ClientConfig";
const [AGENT, GATEWAY, TOOL] = ["crm-agent", "gateway-extension", "supply-chain-mcp-tool"];
const SCOPE = "supply-chain:restock";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  await world.provision();
  await world.amendProvider((document) => {
    document.advancedOAuth2Config.tokenSigningAlgorithm = "RS256";
    document.advancedOAuth2Config.acceptAudienceParametersInTokenExchangeRequests = true;
  });
  const mayAct = await script("OAUTH2_MAY_ACT_NEXT_GEN", named({ client_id: GATEWAY, sub: GATEWAY }));
  const audience = 'accessToken.setField("aud", "google-cloud-agent-gateway");';
  const modification = await script("OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN", audience);
  await world.agent(AGENT, {
    ...client(["client_credentials"], [SCOPE, "crm:read"]),
    [OVERRIDES]: {
      ...{ providerOverridesEnabled: true, statelessTokensEnabled: true, accessTokenMayActScript: mayAct },
      ...{ accessTokenModificationPluginType: "SCRIPTED", accessTokenModificationScript: modification },
    },
  });
  for (const id of [GATEWAY, "other-extension"]) await world.application(id, extension());
});

const client = (grantTypes: string[], scopes: string[]) => ({
  coreOAuth2ClientConfig: { status: "Active", scopes, userpassword: SECRET },
  advancedOAuth2ClientConfig: { grantTypes, tokenEndpointAuthMethod: "client_secret_post" },
});
const extension = () => {
  const sections = client(["client_credentials", EXCHANGE], [SCOPE]);
  const advanced = { ...sections.advancedOAuth2ClientConfig, allowedResourceServerAudienceValues: [TOOL, "second"] };
  return { ...sections, advancedOAuth2ClientConfig: advanced };
};
const named = (mayAct: object) => `token.setMayAct(${JSON.stringify(mayAct)});`;

async function script(context: string, text: string): Promise<string> {
  const id = randomUUID();
  const source = Buffer.from(text).toString("base64");
  const evaluatorVersion = context.endsWith("_NEXT_GEN") ? "2.0" : "1.0";
  await world.put(`${SCRIPTS}/${id}`, { name: id, script: source, language: "JAVASCRIPT", context, evaluatorVersion });
  return id;
}
const nameInstead = async (text: string, context = "OAUTH2_MAY_ACT_NEXT_GEN") =>
  world.set(`AIAgent/${AGENT}`, OVERRIDES, "accessTokenMayActScript", await script(context, text));

const agentToken = (form: Form = {}) => world.ownToken(AGENT, { scope: SCOPE, ...form });
const ownToken = async (id = GATEWAY) => world.accessTokenOf(world.ownToken(id, { scope: SCOPE }));

/** The exchange as the published stack has it; a parameter given as [] is left out. */
async function delegated(form: Form = {}, id = GATEWAY): Promise<Reply> {
  const subject_token = await world.accessTokenOf(agentToken());
  const actor = { actor_token: await ownToken(id), actor_token_type: ACCESS_TOKEN };
  return world.exchange(id, { subject_token, ...actor, scope: SCOPE, audience: TOOL, ...form });
}
const claimsIn = async (reply: Promise<Reply>) => claimsOf(await world.accessTokenOf(reply));

describe("the published stack (delegation §1.5)", () => {
  test("the agent's own token names who may act, and the audience that its script sets", async () => {
    const claims = await claimsIn(agentToken());
    expect(claims).toMatchObject({ sub: AGENT, client_id: AGENT, aud: "google-cloud-agent-gateway", scope: [SCOPE] });
    expect(claims.may_act).toEqual({ client_id: GATEWAY, sub: GATEWAY });
    const token = await world.accessTokenOf(agentToken());
    const header = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());
    expect(header.alg).toBe("RS256");
  });

  test("the extension's token is the agent's, for the tool, with the extension as actor", async () => {
    const reply = await delegated();
    const { access_token, ...rest } = reply.body;
    const claims = claimsOf(access_token);
    expect(claims).toMatchObject({ sub: AGENT, client_id: GATEWAY, aud: [GATEWAY, TOOL], act: { sub: GATEWAY } });
    expect(claims).not.toHaveProperty("may_act");
    expect(rest).toMatchObject({ issued_token_type: ACCESS_TOKEN, refresh_token: null, token_type: "Bearer" });
  });

  test("an exchanged token goes no further, unless the actor's own script names somebody", async () => {
    const subject_token = await world.accessTokenOf(delegated());
    expect((await delegated({ subject_token })).headers.get("x-sandbox-rule")).toBe("X19");
    await world.set(`OAuth2Client/${GATEWAY}`, OVERRIDES, "providerOverridesEnabled", true);
    await world.set(`OAuth2Client/${GATEWAY}`, OVERRIDES, "statelessTokensEnabled", true);
    const id = await script("OAUTH2_MAY_ACT_NEXT_GEN", named({ client_id: "other-extension", sub: "other-extension" }));
    await world.set(`OAuth2Client/${GATEWAY}`, OVERRIDES, "accessTokenMayActScript", id);
    const onward = await world.accessTokenOf(delegated({ audience: [] }));
    const claims = await claimsIn(delegated({ subject_token: onward }, "other-extension"));
    expect(claims).toMatchObject({ sub: AGENT, act: { sub: "other-extension" }, aud: ["other-extension", TOOL] });
  });

  test("audiences keep their order; where the provider does not take them, none reaches the token", async () => {
    expect((await claimsIn(delegated({ audience: ["second", TOOL] }))).aud).toEqual([GATEWAY, "second", TOOL]);
    await world.amendProvider((document) => {
      document.advancedOAuth2Config.acceptAudienceParametersInTokenExchangeRequests = false;
    });
    expect((await claimsIn(delegated())).aud).toBe(GATEWAY);
  });

  test("who is named without an actor acts as itself: act is null", async () => {
    await nameInstead(named({ client_id: GATEWAY }));
    expect((await claimsIn(delegated({ actor_token: [], actor_token_type: [] }))).act).toBeNull();
  });

  test("the provider's scripts hold where a client overrides nothing", async () => {
    const id = await script("OAUTH2_MAY_ACT_NEXT_GEN", named({ client_id: GATEWAY }));
    await world.amendProvider((document) => {
      document.coreOAuth2Config.accessTokenMayActScript = id;
    });
    expect((await claimsIn(world.ownToken("other-extension", { scope: SCOPE }))).may_act).toEqual({
      client_id: GATEWAY,
    });
    expect((await claimsIn(agentToken())).may_act).toEqual({ client_id: GATEWAY, sub: GATEWAY });
  });
});

type Id = keyof typeof DELEGATION_RULES;
const CASES: readonly { readonly rule: Id; readonly name: string; readonly provoke: () => Promise<Reply> }[] = [
  {
    rule: "X27",
    name: "names another client",
    provoke: async () => delegated({ actor_token: await ownToken() }, "other-extension"),
  },
  { rule: "X28", name: "no actor token", provoke: () => delegated({ actor_token: [], actor_token_type: [] }) },
  {
    rule: "X29",
    name: "actor token of another client",
    provoke: async () => delegated({ actor_token: await ownToken("other-extension") }),
  },
  { rule: "X30", name: "audience with a path", provoke: () => delegated({ audience: `${TOOL}/` }) },
  { rule: "X30", name: "empty audience", provoke: () => delegated({ audience: "" }) },
  { rule: "X33", name: "scope that only the agent has", provoke: () => delegated({ scope: "crm:read" }) },
  {
    rule: "X34",
    name: "no client is named",
    async provoke() {
      await nameInstead(named({ sub: GATEWAY }));
      return delegated();
    },
  },
  {
    rule: "X35",
    name: "an actor that nobody named",
    async provoke() {
      await nameInstead(named({ client_id: GATEWAY }));
      return delegated();
    },
  },
  { rule: "X36", name: "no type of the actor token", provoke: () => delegated({ actor_token_type: [] }) },
];

describe("refusals, each with its switch (delegation §2.2)", () => {
  test.each(CASES)("$rule $name", async ({ rule, provoke }) => {
    const { error, description = "", evidence } = { description: undefined, ...DELEGATION_RULES[rule] };
    const { status, body, headers } = await provoke();
    expect([status, body.error]).toEqual([400, error]);
    expect(body.error_description).toContain(description.split("%s")[0]);
    expect([headers.get("x-sandbox-rule"), headers.get("x-sandbox-evidence")]).toEqual([rule, evidence]);
    await world.tenant.control("rules", { off: [rule] });
    expect((await provoke()).status).toBe(200);
  });

  test("no rule is without a case", () => {
    expect([...new Set(CASES.map(({ rule }) => rule))].sort()).toEqual(Object.keys(DELEGATION_RULES).sort());
  });

  test("an agent goes by its privileges, and takes no actor token", async () => {
    const actor = { actor_token: await ownToken(), actor_token_type: ACCESS_TOKEN };
    expect((await world.autonomous(actor)).headers.get("x-sandbox-rule")).toBe("X22");
  });
});

describe("scripts: a small vocabulary, and 501 for any other (delegation §4)", () => {
  test.each([
    'token.setMayAct({ client_id: "a", sub: "b" })',
    "// who may\ntoken.setMayAct({'client_id': 'a', /* and */ \"sub\": 'b'});",
    '(function () { token.setMayAct({"client_id": "a", "sub": "b"}); }());',
    '(function () {\n  token.setMayAct({client_id: "a", sub: "b"});\n})();',
  ])("is read: %s", async (text) => {
    await nameInstead(text);
    expect((await claimsIn(agentToken())).may_act).toEqual({ client_id: "a", sub: "b" });
  });

  test.each([
    "token.setMayAct({ client_id: extension })",
    'token.setMayAct({ client_id: "a" + suffix })',
    'if (true) { token.setMayAct({ client_id: "a" }); }',
    'token.setMayAct({ client_id: "a" }); logger.error("x");',
    'accessToken.setField("aud", "x");',
    "token.setMayAct(client_id: a)",
    'token.setMayAct({ client_id: "a;b" }); }',
  ])("is a gap: %s", async (text) => {
    await nameInstead(text);
    const { status, headers } = await agentToken();
    expect([status, headers.get("x-sandbox-gap")]).toEqual([501, "1"]);
  });

  test("a script of the older engine, and one of another context, are gaps", async () => {
    for (const context of ["OAUTH2_MAY_ACT", "OIDC_CLAIMS"]) {
      await nameInstead(named({ client_id: GATEWAY }), context);
      expect((await agentToken()).status).toBe(501);
    }
  });

  test("the first resource that is asked for becomes a claim", async () => {
    const text =
      'accessToken.setField("audience", requestProperties.get("requestParams").get("resource").get(0)); accessToken.setField("n", [1, null]);';
    const id = await script("OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN", text);
    await world.set(`AIAgent/${AGENT}`, OVERRIDES, "accessTokenModificationScript", id);
    expect(await claimsIn(agentToken({ resource: ["https://one", "https://two"] }))).toMatchObject({
      audience: "https://one",
      n: [1, null],
    });
    expect(await claimsIn(agentToken())).not.toHaveProperty("audience");
  });

  test("a client cannot name a script that is not there", async () => {
    const path = `${config()}/agents/AIAgent/${AGENT}`;
    const { body } = await world.tenant.call("GET", path);
    const { _rev, ...document } = body;
    document[OVERRIDES].accessTokenMayActScript = randomUUID();
    expect((await world.tenant.call("PUT", path, document)).status).toBe(400);
  });
});
