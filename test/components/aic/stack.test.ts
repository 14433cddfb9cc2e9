/**
 * Which resources a declaration becomes. Types, names and parents are a promise: Pulumi knows a resource by them, and
 * whoever changes one replaces live agents in every stack. These lists are therefore literal.
 */

import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { aicDeclarationSchema } from "../../../src/components/aic/declaration.ts";
import { declareAic } from "../../../src/components/aic/stack.ts";
import { passwordVariable } from "../../../src/verify/index.ts";
import { everything, everythingEnv } from "../../engine/declarations.ts";
import { type Registered, register as registerAll, settled } from "../program.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const CIBA = "urn:openid:params:grant-type:ciba";
const DEVELOPMENT = { platform: "aic", tenant: "https://a.example.com", realm: "alpha", tier: "development" };

const register = (declaration: object, config = {}) =>
  registerAll(() => declareAic(aicDeclarationSchema.parse(declaration)), config);
const find = (resources: readonly Registered[], type: string, name: string) =>
  resources.find((one) => one.type === `aic:${type}` && one.name === name) ?? expect.unreachable(`${type} ${name}`);
const paths = (resources: readonly Registered[]) => resources.map(({ path }) => path);

describe("every part of a declaration", () => {
  const settings = [...Object.keys(DEVELOPMENT), "undeclaredAccess", "allow", "existing", "accessPolicy"];
  const parts = Object.keys(aicDeclarationSchema.shape).filter((key) => !settings.includes(key));
  beforeAll(() => {
    for (const [name, value] of Object.entries(everythingEnv)) vi.stubEnv(name, value);
  });
  afterAll(() => void vi.unstubAllEnvs());

  test.each(parts)("%s becomes resources", async (part) => {
    const { resources: none } = await register(DEVELOPMENT);
    const { resources } = await register({ ...DEVELOPMENT, [part]: everything[part as keyof typeof everything] });
    const more = paths(resources).filter((path) => !paths(none).includes(path));
    expect(more, `what becomes of ${part} in src/components/aic/stack.ts`).not.toEqual([]);
  });
});

test("a name that every object has is a name like any other, declared or not", async () => {
  const agent = { name: "Reader", pattern: "autonomous", scopes: ["constructor"] };
  const access = [{ application: "constructor", scopes: ["constructor"] }];
  const provider = { acr: { constructor: "valueOf" } };
  const { resources } = await register({ ...DEVELOPMENT, provider, agents: { toString: { ...agent, access } } });
  const privilege = find(resources, "AgentPrivilege", "toString/constructor").inputs;
  expect(privilege).toMatchObject({ agent: "toString", application: "constructor" });
  expect(privilege).not.toHaveProperty("applicationId");
  expect(find(resources, "AcrMapping", "alpha/constructor").inputs).toMatchObject({ journey: "valueOf" });
});

describe("stacks/dev.yaml", () => {
  const dev = parse(readFileSync(new URL("../../../stacks/dev.yaml", import.meta.url), "utf8"));
  let resources: Registered[];
  beforeAll(async () => {
    for (const name of Object.keys(dev.users)) vi.stubEnv(passwordVariable(name), "Passw0rd");
    ({ resources } = await register(dev));
  });
  afterAll(() => void vi.unstubAllEnvs());
  const inputs = (type: string, name: string) => find(resources, type, name).inputs;

  test("has these types, names and parents", () => {
    expect(paths(resources)).toEqual([
      "aic:AcrMapping alpha/push",
      "aic:CustomApplication ai-agent",
      "aic:CustomApplication ai-agent / aic:Application ai-agent",
      "aic:CustomApplication ai-agent / aic:CibaKey ai-agent",
      "aic:CustomApplication ai-agent / aic:OAuth2Client ai-agent",
      "aic:CustomApplication digital-assistant-web-app",
      "aic:CustomApplication digital-assistant-web-app / aic:Application digital-assistant-web-app",
      "aic:CustomApplication digital-assistant-web-app / aic:OAuth2Client digital-assistant-web-app",
      "aic:CustomApplication web-server-logs-api-app",
      "aic:CustomApplication web-server-logs-api-app / aic:Application web-server-logs-api-app",
      "aic:CustomApplication web-server-logs-api-app / aic:OAuth2Client web-server-logs-api-app",
      "aic:DeclaredAgent bot-traffic-analyzer-agent",
      "aic:DeclaredAgent bot-traffic-analyzer-agent / aic:AgentPrivilege bot-traffic-analyzer-agent/web-server-logs-api-app",
      "aic:DeclaredAgent bot-traffic-analyzer-agent / aic:AiAgent bot-traffic-analyzer-agent",
      "aic:DeclaredAgent digital-assistant-ai-agent",
      "aic:DeclaredAgent digital-assistant-ai-agent / aic:AgentPrivilege digital-assistant-ai-agent/digital-assistant-web-app",
      "aic:DeclaredAgent digital-assistant-ai-agent / aic:AiAgent digital-assistant-ai-agent",
      "aic:GrantTypes alpha",
      "aic:Group alpha/customers",
      "aic:Journey alpha/Agent Push Registration",
      "aic:Journey alpha/Agent Push Sender",
      "aic:ProviderBaseline alpha",
      "aic:User alpha/barbara.jensen",
      "aic:User alpha/demo.owner",
      "aic:User alpha/end.user",
    ]);
  });

  test("gives the realm the grant types and the acr value of all three scenarios", () => {
    expect(inputs("GrantTypes", "alpha")).toMatchObject({
      grantTypes: ["client_credentials", "password", TOKEN_EXCHANGE, CIBA],
    });
    expect(inputs("AcrMapping", "alpha/push")).toMatchObject({ acr: "push", journey: "Agent Push Sender" });
  });

  test("scenario A: the autonomous agent and the application it reads", () => {
    expect(inputs("OAuth2Client", "web-server-logs-api-app")).toMatchObject({
      ...{ realm: "alpha", clientId: "web-server-logs-api-app", clientType: "Confidential" },
      ...{ grantTypes: ["client_credentials"], scopes: ["logs-read", "logs-search"] },
    });
    expect(inputs("Application", "web-server-logs-api-app")).toMatchObject({
      ...{ name: "Web Server Logs API App", template: "service", owners: ["demo.owner"] },
    });
    expect(inputs("AiAgent", "bot-traffic-analyzer-agent")).toMatchObject({
      ...{ name: "Bot Traffic Analyzer Agent", scopes: ["monitor-system"], authMethod: "client_secret_post" },
      grantTypes: ["client_credentials", TOKEN_EXCHANGE],
      overrides: {
        ...{ enabled: true, statelessTokensEnabled: true },
        acceptAudienceParametersInTokenExchangeRequests: true,
      },
    });
    expect(inputs("AgentPrivilege", "bot-traffic-analyzer-agent/web-server-logs-api-app")).toEqual({
      ...{ realm: "alpha", agent: "bot-traffic-analyzer-agent", application: "web-server-logs-api-app" },
      scopes: ["logs-read", "logs-search"],
      agentIdentityId: "identity of bot-traffic-analyzer-agent",
      applicationId: "application of web-server-logs-api-app",
    });
  });

  test("scenario B: the agent on behalf of a user", () => {
    expect(inputs("OAuth2Client", "digital-assistant-web-app")).toMatchObject({
      ...{ grantTypes: ["authorization_code", "refresh_token", "password"], authMethod: "client_secret_post" },
      scopes: ["admin-action", "openid", "read-data", "write-data"],
    });
    expect(inputs("Application", "digital-assistant-web-app")).toMatchObject({ template: "web" });
    expect(inputs("AiAgent", "digital-assistant-ai-agent")).toMatchObject({
      ...{ grantTypes: [TOKEN_EXCHANGE], authMethod: "client_secret_post", overrides: { enabled: true } },
    });
    expect(inputs("AgentPrivilege", "digital-assistant-ai-agent/digital-assistant-web-app")).toMatchObject({
      ...{ scopes: ["read-data"], subjects: ["barbara.jensen"], subjectGroups: ["customers"] },
    });
  });

  test("scenario C: the application that asks users for approval", () => {
    expect(inputs("OAuth2Client", "ai-agent")).toMatchObject({
      grantTypes: ["authorization_code", "refresh_token", "client_credentials", CIBA],
      scopes: ["address", "openid", "payment", "prices"],
      keys: { location: "jwks", jwks: { keys: [{ kty: "EC", kid: "key of ai-agent" }] } },
    });
    expect(inputs("Journey", "alpha/Agent Push Sender")).toMatchObject({ entry: "username" });
  });

  test("what is secret is marked so in the resources", () => {
    expect(find(resources, "AiAgent", "digital-assistant-ai-agent").secretOutputs).toContain("secret");
    expect(find(resources, "OAuth2Client", "ai-agent").secretOutputs).toContain("secret");
    expect(find(resources, "CibaKey", "ai-agent").secretOutputs).toEqual(["privateKey"]);
  });

  test("hands out client ids, and secrets and generated private keys as secrets", async () => {
    const { stack } = await register(dev, { "ping-agents:tenantUrl": "https://a.example.com" });
    expect(await pulumi.isSecret(stack.clientIds)).toBe(false);
    expect((await settled(stack.clientIds))["digital-assistant-ai-agent"]).toBe("digital-assistant-ai-agent");
    expect(await pulumi.isSecret(stack.clients)).toBe(false);
    expect((await settled(stack.clients))["ai-agent"]).toMatchObject({
      ...{ clientId: "ai-agent", issuer: "https://a.example.com:443/am/oauth2/realms/root/realms/alpha" },
      ciba: { request: { kid: "key of ai-agent" } },
    });
    expect(await pulumi.isSecret(stack.secrets)).toBe(true);
    expect(await pulumi.isSecret(stack.privateKeys)).toBe(true);
    expect(await settled(stack.secrets)).toMatchObject({ "ai-agent": "secret of ai-agent" });
    const privateKeys = Object.entries(await settled(stack.privateKeys)).filter(([, value]) => value !== undefined);
    expect(privateKeys).toEqual([["ai-agent", "private key of ai-agent"]]);
  });
});

describe("what else can be declared", () => {
  test("people, ESVs, journeys and entries with names of their own", async () => {
    vi.stubEnv("A_PASSWORD", "Passw0rd");
    const { resources } = await register({
      ...DEVELOPMENT,
      journeys: { J: { entry: "a", nodes: { a: { type: "X", outcomes: { true: "success" } } } } },
      users: { alice: { givenName: "A", sn: "B", mail: "a@example.com", password: { env: "A_PASSWORD" } } },
      groups: { staff: { members: ["alice"] } },
      esvVariables: { "esv-url": { value: "https://example.com" } },
      esvSecrets: { "esv-key": { value: { env: "A_PASSWORD" } } },
      agents: {
        bot: {
          ...{ name: "Bot", pattern: "autonomous" },
          access: [
            { application: "others-app", scopes: "all" },
            { application: "others-app", name: "write", scopes: ["write"] },
          ],
        },
      },
    });
    expect(paths(resources)).toEqual([
      "aic:DeclaredAgent bot",
      "aic:DeclaredAgent bot / aic:AgentPrivilege bot/others-app",
      "aic:DeclaredAgent bot / aic:AgentPrivilege bot/others-app/write",
      "aic:DeclaredAgent bot / aic:AiAgent bot",
      "aic:EsvSecret esv-key",
      "aic:EsvVariable esv-url",
      "aic:Group alpha/staff",
      "aic:Journey alpha/J",
      "aic:User alpha/alice",
    ]);
    const { inputs } = find(resources, "AgentPrivilege", "bot/others-app");
    expect(inputs).toMatchObject({ application: "others-app", scopes: "all" });
    expect(inputs.applicationId).toBeUndefined(); // not of this stack: looked up by the provider
  });

  test("an AI agent with approval, as scenario C offers it", async () => {
    const jwk = { kty: "EC", crv: "P-256", use: "sig", alg: "ES256" };
    // The example key of RFC 7515 A.3 with its RFC 7638 thumbprint.
    const key = {
      ...jwk,
      ...{ x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" },
      kid: "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
    };
    const { resources } = await register({
      ...DEVELOPMENT,
      agents: {
        bot: { name: "Bot", pattern: "approved", scopes: ["openid", "address"], ciba: { keys: { keys: [key] } } },
      },
    });
    expect(paths(resources)).toEqual(["aic:DeclaredAgent bot", "aic:DeclaredAgent bot / aic:AiAgent bot"]);
    expect(find(resources, "AiAgent", "bot").inputs).toMatchObject({
      ...{ grantTypes: ["client_credentials", CIBA], scopes: ["address", "openid"] },
      keys: { location: "jwks", jwks: { keys: [key] } },
    });
  });
});

test("an agent owns its privileges as a set, and says more of that than the file does", async () => {
  const entry = { application: "others-app", name: "write", scopes: ["write"] };
  const allow = [{ access: "a privilege", reason: "a trial", owner: "ann" }];
  const bot = { name: "Bot", pattern: "autonomous", access: [entry] };
  const { resources } = await register({
    ...DEVELOPMENT,
    undeclaredAccess: "report",
    agents: { bot, other: { ...bot, undeclaredAccess: "remove", allow } },
  });
  const [label, otherLabel] = ["bot/others-app/write", "other/others-app/write"];
  expect(find(resources, "AgentPrivilege", label).inputs).toMatchObject(entry);
  const owned = { undeclared: {}, undeclaredAccess: "report", privileges: { [label]: entry } };
  expect(find(resources, "AiAgent", "bot").inputs).toMatchObject(owned);
  expect(find(resources, "AiAgent", "other").inputs).toMatchObject({
    ...{ undeclared: {}, undeclaredAccess: "remove", allow, privileges: { [otherLabel]: entry } },
  });
});

describe("the secret of a client", () => {
  afterEach(() => void vi.unstubAllEnvs());
  const withSecret = (secret: object | string) => ({
    ...DEVELOPMENT,
    agents: { "my-bot": { name: "Bot", pattern: "autonomous", authentication: { signingAlg: "ES256" }, secret } },
  });
  const inputsWith = async (secret: object | string, config = {}) =>
    find((await register(withSecret(secret), config)).resources, "AiAgent", "my-bot").inputs;

  test("is generated unless something is said", async () => {
    const inputs = await inputsWith("generated");
    expect(inputs).not.toHaveProperty("clientSecret");
    expect(inputs.authentication).toEqual({ signingAlg: "ES256" });
  });

  test("comes from the environment or the stack's configuration, marked secret", async () => {
    vi.stubEnv("BOT_SECRET", "s1");
    expect((await inputsWith({ env: "BOT_SECRET" })).clientSecret).toEqual(secretOf("s1"));
    const config = { "ping-agents:botSecret": "s2" };
    expect((await inputsWith({ config: "botSecret" }, config)).clientSecret).toEqual(secretOf("s2"));
    // Under a namespace of its own, as `pulumi config set` takes it.
    const other = { "other:botSecret": "s3" };
    expect((await inputsWith({ config: "other:botSecret" }, other)).clientSecret).toEqual(secretOf("s3"));
  });

  test("stays in an ESV, which a label of the client's own reaches", async () => {
    const { resources } = await register(withSecret({ esv: "esv-bot" }));
    expect(paths(resources)).toEqual([
      "aic:DeclaredAgent my-bot",
      "aic:DeclaredAgent my-bot / aic:AiAgent my-bot",
      "aic:DeclaredAgent my-bot / aic:SecretLabel my-bot",
    ]);
    expect(find(resources, "SecretLabel", "my-bot").inputs).toEqual({
      ...{ realm: "alpha", label: "am.applications.oauth2.client.my.bot.secret", secretId: "esv-bot" },
    });
    const { clientSecret, authentication } = find(resources, "AiAgent", "my-bot").inputs;
    expect(clientSecret).toBeUndefined();
    expect(authentication).toEqual({ signingAlg: "ES256", secretLabel: "my.bot" });
  });

  test("a password that no demo identity can have is refused before anything is declared, and not shown", async () => {
    vi.stubEnv("A_PASSWORD", "canary");
    const users = { a: { givenName: "A", sn: "B", mail: "a@example.com", password: { env: "A_PASSWORD" } } };
    const refused = register({ ...DEVELOPMENT, users });
    await expect(refused).rejects.toMatchObject({
      ...{ code: "ERR_SETTING_INVALID", where: { field: "users.a.password" } },
      message: expect.stringContaining("environment variable A_PASSWORD will not do: a password has at least 8"),
    });
    await expect(refused).rejects.not.toThrow("canary");
  });

  test.for<[secret: object, what: string, hint: string]>([
    [{ env: "NOT_SET" }, "environment variable NOT_SET is not set", "export NOT_SET=…"],
    [{ config: "notSet" }, "stack configuration notSet is not set", "npx pulumi config set --secret notSet"],
  ])("%j that is not set is a mistake that says how to set it", async ([secret, what, hint]) => {
    await expect(register(withSecret(secret))).rejects.toMatchObject({
      ...{ code: "ERR_SETTING_MISSING", where: { field: "my-bot.secret" }, hint },
      message: expect.stringContaining(what),
    });
  });
});

/** How the engine receives a secret. */
const secretOf = (value: string) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
