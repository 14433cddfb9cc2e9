/** Settings, applications and the realm's provider that somebody widened by hand: verify fails, and a row says what and where. */
import { describe, expect, test } from "vitest";
import { configPath, managedPath } from "../../../src/verify/aic/snapshot.ts";
import { byHand, expectRow, found, ID } from "./by-hand.ts";
import { ASSISTANT, ASSISTANT_APP, LOGS_AGENT, LOGS_APP, REALM, SHOPPER } from "./tenant.ts";

const { tenant, amend, make, look } = byHand();

describe("a setting that somebody widened", () => {
  const key = {
    kty: "EC",
    crv: "P-256",
    x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    y: "x_FEzRu9m36HLN",
    kid: "k",
  };
  const core = "coreOAuth2ClientConfig";
  const advanced = "advancedOAuth2ClientConfig";
  const signing = "signEncOAuth2ClientConfig";
  const override = "overrideOAuth2ClientConfig";
  const agent = ["AIAgent", ASSISTANT] as const;
  const application = ["OAuth2Client", ASSISTANT_APP] as const;
  const asking = ["OAuth2Client", SHOPPER] as const;
  test.each([
    [agent, core, "accessTokenLifetime", 315_360_000, "tokens.accessTokenLifetime is 315360000"],
    [agent, core, "scopes", ["admin-action"], "scopes has admin-action"],
    [agent, core, "secretLabelIdentifier", "somebody.else", "authentication.secretLabel is somebody.else"],
    [agent, signing, "jwkSet", JSON.stringify({ keys: [key] }), "keys.jwks has the key k"],
    [agent, signing, "mTLSSubjectDN", "CN=somebody", "authentication.tlsSubjectDn is CN=somebody"],
    [
      agent,
      advanced,
      "allowedResourceServerAudienceValues",
      ["legacy-portal"],
      "tokens.allowedAudiences has legacy-portal",
    ],
    [agent, advanced, "isConsentImplied", true, "authorization.impliedConsent is true"],
    [agent, advanced, "tokenExchangeAuthLevel", 99, "tokens.exchangeAuthLevel is 99"],
    [
      application,
      core,
      "redirectionUris",
      ["https://somebody.example/cb"],
      "redirectUris has https://somebody.example/cb",
    ],
    [application, core, "defaultScopes", ["admin-action"], "defaultScopes has admin-action"],
    [application, core, "clientType", "Public", "clientType is Public, not Confidential"],
    [application, core, "refreshTokenLifetime", -1, "tokens.refreshTokenLifetime is -1"],
    [application, advanced, "javascriptOrigins", ["https://x.example"], "authorization.javascriptOrigins has"],
    [asking, advanced, "treeName", "Login", "authorization.journey is Login, not [Empty]"],
    [asking, advanced, "subjectType", "pairwise", "idToken.subjectType is pairwise"],
    [asking, signing, "jwksUri", "https://somebody.example/keys", "keys.jwksUri is https://somebody.example/keys"],
  ])("%s %s.%s", async ([type, id], section, name, value, sentence) => {
    const path = `${configPath(REALM)}/agents/${type}/${id}`;
    await amend(path, [section, name], { inherited: false, value });
    const known = id === SHOPPER ? `AI Agent (${id})` : id;
    expectRow(await look(), id, "setting-widened", `${known}: ${sentence}`);
  });

  test("in the override block", async () => {
    const path = `${configPath(REALM)}/agents/AIAgent/${LOGS_AGENT}`;
    await amend(path, [override, "accessTokenMayActScript"], "39c08084-1238-43e8-857f-2e11005eac49");
    expectRow(await look(), LOGS_AGENT, "setting-widened", "overrides.accessTokenMayActScript is 39c08084");
  });

  test("a grant type more, and one that is shorter or stricter is no finding", async () => {
    const path = `${configPath(REALM)}/agents/OAuth2Client/${LOGS_APP}`;
    const wider = ["client_credentials", "password"];
    await amend(path, ["coreOAuth2ClientConfig", "accessTokenLifetime"], { inherited: false, value: 60 });
    expect(found(await look())).toEqual([]);
    await amend(path, ["advancedOAuth2ClientConfig", "grantTypes"], { inherited: false, value: wider });
    expectRow(await look(), LOGS_APP, "setting-widened", "grantTypes has password");
  });
});

describe("what the realm lets others do", () => {
  const provider = `${configPath(REALM)}/services/oauth-oidc`;
  test.each([
    ["advancedOIDCConfig", "loaMapping", { push: "Agent Push Sender", weak: "Login" }, "acr-undeclared", "acr/weak"],
    ["clientDynamicRegistrationConfig", "allowDynamicRegistration", true, "registration-open", "registration"],
    [
      "clientDynamicRegistrationConfig",
      "dynamicClientRegistrationScript",
      "39c08084-1238-43e8-857f-2e11005eac49",
      "script-undeclared",
      "script/dynamicClientRegistrationScript",
    ],
    [
      "coreOAuth2Config",
      "accessTokenMayActScript",
      "39c08084-1238-43e8-857f-2e11005eac49",
      "script-undeclared",
      "script/accessTokenMayActScript",
    ],
  ])("%s.%s", async (section, name, value, code, access) => {
    await amend(provider, [section, name], value);
    const report = await look();
    expectRow(report, `realm ${REALM}`, code, `allow ${access} under provider`);
    expect(found(await look([], [{ access }]))).toEqual([]);
  });

  test("a scope more on the allow-list", async () => {
    const { advancedOAuth2Config } = (await tenant().admin.get(provider)) as {
      advancedOAuth2Config: { supportedScopes: string[] };
    };
    const scopes = [...advancedOAuth2Config.supportedScopes, "admin-action|Everything"];
    await amend(provider, ["advancedOAuth2Config", "supportedScopes"], scopes);
    expectRow(await look(), `realm ${REALM}`, "scope-listed", "may ask for the scope admin-action");
  });

  test("another acr value is others' own affair where no agent of the plan asks users", async () => {
    await amend(provider, ["advancedOIDCConfig", "loaMapping"], { push: "Agent Push Sender", weak: "Login" });
    const agents = tenant().plan.agents.filter(({ ciba }) => !ciba);
    expect(found(await tenant().verify({ ...tenant().plan, agents }, { cases: ["F01"] }))).toEqual([]);
  });
});

test("a second managed application that is linked with a declared client", async () => {
  const path = `${managedPath(REALM, "application")}/${ID}`;
  const link = { templateName: "web", templateVersion: "1.0", ssoEntities: { oidcId: ASSISTANT_APP } };
  await make(path, { _id: ID, name: "Second", ...link });
  const report = await look();
  expect(found(report).map(({ title, agent }) => [agent, title])).toEqual([[ASSISTANT_APP, "application-undeclared"]]);
  expect(found(report)[0]?.got).toMatch(/the managed application .+ is linked with its client, too/);
  const applications = tenant().plan.applications.map((one) => ({ ...one, name: "Digital Assistant Web App" }));
  expectRow(
    await tenant().verify({ ...tenant().plan, applications }, { cases: ["F01"] }),
    ASSISTANT_APP,
    "application-undeclared",
    `Second (${ID})`,
  );
});
