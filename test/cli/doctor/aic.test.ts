/** `ping-agents doctor` on AIC: each broken set-up is told by its cause and the next step; a sound one is green. Writes nothing. */

import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type LocalAic, startAic } from "../../support/aic.ts";
import { asksForUser, closed, PROXY_VARIABLES, startConnectProxy, untrusted } from "../../support/network.ts";
import { writes } from "../../support/tenant.ts";
import { bound, diagnosed } from "./subject.ts";

/** All that a declaration can need of a realm. */
const SOUND = `platform: aic
realm: alpha
tier: development
journeys: { Approval: { pattern: push-approval } }
provider: { grantTypes: [client_credentials, token_exchange, ciba], acr: { push: Approval } }
applications:
  shop: { name: Shop, type: service, owners: [demo.owner], scopes: [buy] }
agents:
  bot:
    name: Bot
    pattern: approved
    scopes: [openid]
    ciba: { keys: generated }
    idToken: { defaultAcrValues: [push] }
    access: [{ application: shop, scopes: [buy], subjects: [barbara.jensen], subjectGroups: [customers] }]
`;
/** The same where nothing static is declared: the realm must have it. */
const OWN_AGENT = `platform: aic
realm: alpha
tier: development
agents:
  bot: { name: Bot, pattern: autonomous }
`;

let tenant: LocalAic;
beforeAll(async () => {
  tenant = await startAic();
});
// The proxy of the machine that runs this test is not asked.
beforeEach(() => {
  for (const name of PROXY_VARIABLES) vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await tenant.reset();
  await tenant.control("clock", { reset: true });
});
afterAll(() => tenant.stop());

const look = (text: string, variables: Record<string, string | undefined> = {}, more = {}) =>
  diagnosed(text, { ...tenant.variables(), ...variables }, more);
const identity = async () => (await tenant.admin.identity()) ?? "";
const ACCOUNT = "/openidm/managed/svcacct";

/** The service account of the settings, as somebody changed it. */
async function account(change: object) {
  const { id, jwk } = tenant.sandbox.serviceAccount;
  const { kty, n, e, alg, use, kid } = jwk;
  const jwks = JSON.stringify({ keys: [{ kty, n, e, alg, use, kid }] });
  const body = {
    name: "kit",
    accountStatus: "Active",
    scopes: ["fr:am:*", "fr:idm:*", "fr:idc:esv:*"],
    jwks,
    ...change,
  };
  await tenant.control("load", { objects: [{ path: `${ACCOUNT}/${id}`, body }] });
}

/** The provider of the realm, as somebody changed one attribute of it. */
async function provider(section: string, attribute: string, value: unknown) {
  const am = tenant.admin.am("alpha");
  const { _rev, ...body } = (await am.getOAuth2Provider()) ?? {};
  await am.putOAuth2Provider({
    ...body,
    [section]: { ...(body as Record<string, object>)[section], [attribute]: value },
  });
}

describe("a sound set-up", () => {
  test("is green, and nothing is written", async () => {
    const reports: Awaited<ReturnType<typeof look>>[] = [];
    const seen = await tenant.count(async () => {
      reports.push(await look(SOUND));
      const resources = [bound("aic", await identity())];
      reports.push(await look(SOUND, {}, { cli: { resources } }));
    });
    for (const { outcome, checks } of reports) {
      expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
      expect(outcome).toBe("sound");
      expect(checks.map(({ check }) => check)).toEqual([
        ...["kit", "pulumi", "file", "declaration", "state", "secrets", "settings", "connection", "clock", "tenant"],
        ...["credentials", "scope fr:am:*", "scope fr:idm:*", "scope fr:idc:esv:*"],
        ...["realm", "ai-agents", "grant-types", "token-exchange", "delegation", "acr", "tier", "names"],
      ]);
    }
    expect(writes(seen)).toEqual([]);
    expect(seen.length).toBeGreaterThan(10);
  });
});

describe("this machine", () => {
  test("has no Pulumi CLI", async () => {
    const { said, checks } = await look(SOUND, {}, { path: "/nowhere" });
    expect(said).toEqual([expect.stringMatching(/^pulumi: .*there is no Pulumi CLI \(.*\) \| install Pulumi 3/)]);
    expect(checks.find(({ check }) => check === "state")).toMatchObject({
      status: "open",
      found: 'not looked at: "Pulumi CLI" comes first',
    });
    // What the tenant says does not hang on it.
    expect(checks.find(({ check }) => check === "names")).toMatchObject({ status: "ok" });
  });

  test.each(["3.99.1", "4.0.0", "2.30.0"])("has Pulumi CLI %s", async (version) => {
    const { said } = await look(SOUND, {}, { cli: { version } });
    expect(said).toEqual([
      expect.stringMatching(
        `^pulumi: the CLI on PATH is ${version}, the SDK is .* \\| put Pulumi 3\\.\\d+\\.\\d+ or a newer`,
      ),
    ]);
  });

  test("has another time than the tenant", async () => {
    await tenant.control("clock", { advanceSeconds: 3_600 });
    const { said } = await look(SOUND);
    expect(said[0]).toMatch(/^clock: this machine is 3(600|599) s behind the tenant, .* \| set the clock/);
    expect(said[1]).toMatch(/^credentials: .*this machine's clock is 3(600|599) s behind the tenant's/);
    expect(said).toHaveLength(2);
  });
});

describe("a declaration", () => {
  test("that is not there", async () => {
    const { said, checks } = await look("");
    expect(said[0]).toMatch(/^(file|declaration): .*stacks\/dev.yaml/);
    expect(checks.map(({ check }) => check)).not.toContain("credentials");
  });

  test("whose realm is mistyped: nobody is told to switch AI agents on", async () => {
    const { said, checks } = await look(SOUND.replace("realm: alpha", "realm: alhpa"));
    expect(said).toEqual([
      expect.stringMatching(
        /^declaration: .*dev.yaml:2:1 realm: there is no such realm: expected alpha or bravo \| correct stacks\/dev.yaml/,
      ),
    ]);
    expect(JSON.stringify(checks)).not.toMatch(/ping-agents enable/);
    expect(checks.find(({ check }) => check === "credentials")).toMatchObject({ status: "ok" });
  });
});

describe("settings", () => {
  test("that are not there", async () => {
    const { said, checks } = await diagnosed(SOUND, {});
    expect(said).toEqual([
      expect.stringMatching(/^settings: not set: AIC_TENANT_URL .*AIC_SERVICE_ACCOUNT_KEY.* \| export AIC_TENANT_URL=/),
    ]);
    expect(checks.find(({ check }) => check === "connection")?.found).toBe('not looked at: "settings" comes first');
  });

  test.each([
    ["no address", { AIC_TENANT_URL: "tenant" }, /the address is not an https URL .*\| set AIC_TENANT_URL to/],
    ["plain http", { AIC_TENANT_URL: "http://t.example.com" }, /plain http .*\| use https/],
    [
      "no key",
      { AIC_SERVICE_ACCOUNT_KEY: "{}" },
      /the private key of the service account is not an RSA key .*\| give the whole content/,
    ],
  ])("that cannot be used: %s", async (_what, variables, expected) => {
    const { said } = await look(SOUND, variables);
    expect(said).toEqual([expect.stringMatching(expected)]);
    expect(said[0]).toMatch(/^settings: /);
  });

  test("of a secret that the declaration takes from the environment", async () => {
    const text = SOUND.replace("type: service,", "type: service, secret: { env: SHOP_SECRET },");
    const { said } = await look(text);
    expect(said).toEqual([
      expect.stringMatching(
        /^secrets: a secret is missing; stacks\/dev.yaml:7:\d+ .*SHOP_SECRET is not set \| export SHOP_SECRET=/,
      ),
    ]);
    expect((await look(text, { SHOP_SECRET: "set" })).said).toEqual([]);
  });

  test("of secrets that the declaration takes from the stack configuration, by their namespace", async () => {
    const text = SOUND.replace("type: service,", "type: service, secret: { config: ofShop },").replace(
      "name: Bot\n",
      'name: Bot\n    secret: { config: "other:bot" }\n',
    );
    const resources = [bound("aic", await identity())];
    const withKeys = (config: string[]) => look(text, {}, { cli: { resources, config } });
    const { said } = await withKeys(["ofShop", "other:ofShop", "ping-agents:bot"]);
    expect(said).toEqual([expect.stringMatching(/^secrets: 2 secrets are missing; /)]);
    expect(said[0]).toMatch(/dev.yaml:7:\d+ .*configuration ofShop is not set; .*configuration other:bot is not set/);
    expect(said[0]).toMatch(/pulumi config set --secret ofShop && .*pulumi config set --secret other:bot$/);
    const { outcome, checks } = await withKeys(["ping-agents:ofShop", "other:bot"]);
    expect(outcome).toBe("sound");
    expect(checks.find(({ check }) => check === "secrets")?.found).toBe("set: 2 in the stack configuration");

    const unknown = await look(text, {}, { cli: { refusal: "no answer" } });
    expect(unknown.checks.find(({ check }) => check === "secrets")).toMatchObject({ status: "open" });
  });

  test("that name another tenant than the declaration", async () => {
    const { said } = await look(`${SOUND}tenant: https://other.example.com\n`);
    expect(said).toEqual([expect.stringMatching(/^settings: two tenants are named: .* \| change or remove the one/)]);
  });
});

describe("a connection", () => {
  test.each([
    [
      "a host that nobody knows",
      async () => "https://tenant.invalid",
      /no connection: (ENOTFOUND|EAI_AGAIN) .*\| check AIC_TENANT_URL/,
    ],
    [
      "a port where nothing listens",
      async () => `https://127.0.0.1:${await closed()}`,
      /no connection: ECONNREFUSED .*\| check AIC_TENANT_URL/,
    ],
    [
      "a self-signed certificate",
      async () => `https://127.0.0.1:${await untrusted()}`,
      /certificate that is not trusted: .*\| set NODE_EXTRA_CA_CERTS/,
    ],
  ])("to %s", async (_what, address, expected) => {
    const { said } = await look(SOUND, { AIC_TENANT_URL: await address() });
    expect(said).toEqual([expect.stringMatching(expected)]);
    expect(said[0]).toMatch(/^connection: /);
  });

  test.each([
    [
      "asks for a user",
      async () => (await startConnectProxy(asksForUser)).port,
      /asks for a user \(407\) .*\| set HTTPS_PROXY/,
    ],
    ["is not there", closed, /no connection to the proxy 127.0.0.1:\d+: ECONNREFUSED .*\| check HTTPS_PROXY/],
  ])("through a proxy that %s", async (_what, port, expected) => {
    vi.stubEnv("HTTPS_PROXY", `http://user:canary@127.0.0.1:${await port()}`);
    const { said, checks } = await look(SOUND, { AIC_TENANT_URL: "https://tenant.example.com" });
    expect(said).toEqual([expect.stringMatching(expected)]);
    expect(JSON.stringify(checks)).not.toContain("canary");
  });
});

describe("a state", () => {
  test("whose backend is away", async () => {
    const refusal = "could not connect to s3://states: dial tcp: i/o timeout";
    const { said, checks } = await look(SOUND, {}, { cli: { refusal } });
    expect(said).toEqual([
      expect.stringMatching(/^state: .*could not connect to s3:\/\/states.* \| see that npx pulumi/),
    ]);
    expect(checks.find(({ check }) => check === "tenant")).toMatchObject({ status: "open" });
  });

  test("of a stack that is bound to another tenant", async () => {
    const { said } = await look(SOUND, {}, { cli: { resources: [bound("aic", "another")] } });
    expect(said).toEqual([
      expect.stringMatching(
        /^tenant: the stack is bound to the tenant another at https:\/\/last.example.com, .*\| set the variables/,
      ),
    ]);
  });
});

describe("an account", () => {
  test("with the key of another", async () => {
    const jwk = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
    const { said, checks } = await look(SOUND, { AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(jwk) });
    expect(said).toEqual([
      expect.stringMatching(
        /^credentials: .*does not accept the service account .*signature .*\| check that AIC_SERVICE_ACCOUNT_ID/,
      ),
    ]);
    expect(JSON.stringify(checks)).not.toContain(jwk.d);
  });

  test("that the tenant does not know", async () => {
    const { said } = await look(SOUND, { AIC_SERVICE_ACCOUNT_ID: "00000000-0000-4000-8000-000000000000" });
    expect(said).toEqual([
      expect.stringMatching(/^credentials: .*Unknown JWT issuer.*\| check that AIC_SERVICE_ACCOUNT_ID/),
    ]);
  });

  test("that was switched off", async () => {
    await account({ accountStatus: "Inactive" });
    const { said } = await look(SOUND);
    expect(said).toEqual([
      expect.stringMatching(/^credentials: .*not active.*\| check that AIC_SERVICE_ACCOUNT_ID names an active/),
    ]);
  });

  test("without a scope", async () => {
    await account({ scopes: ["fr:am:*", "fr:idm:*"] });
    const { said, checks } = await look(SOUND);
    expect(said).toEqual([
      expect.stringMatching(
        /^scope fr:idc:esv:\*: not granted; for ESV secrets and variables \| grant fr:idc:esv:\* to the service account/,
      ),
    ]);
    expect(checks.find(({ check }) => check === "scope fr:am:*")?.status).toBe("ok");
    expect(checks.find(({ check }) => check === "names")?.found).toContain("scope fr:idc:esv:*");
  });
});

describe("a realm", () => {
  test("that is not there: nobody is told to switch AI agents on", async () => {
    const services = tenant.admin.am("bravo").collection("realm-config/services", "protocol=2.1,resource=1.0");
    await services.delete("oauth-oidc");
    const { said, checks } = await look(OWN_AGENT.replace("realm: alpha", "realm: bravo"));
    expect(said).toEqual([
      expect.stringMatching(/^realm: there is no realm bravo, or it has no OAuth2 provider .*\| correct the realm/),
    ]);
    expect(JSON.stringify(checks)).not.toMatch(/ping-agents enable/);
  });

  test("without AI agents", async () => {
    await tenant.control("feature", { aiagent: false });
    const { said } = await look(OWN_AGENT);
    expect(said).toContainEqual(
      expect.stringMatching(/^ai-agents: AI agents are not switched on in realm alpha .*\| npx ping-agents enable/),
    );
  });

  test("without a grant type, which is to be declared", async () => {
    const { said } = await look(OWN_AGENT);
    expect(said).toEqual([
      "grant-types: agents.bot needs token_exchange, and realm alpha does not offer it | add token_exchange to provider.grantTypes",
    ]);
  });

  test("without what exchanges tokens", async () => {
    await provider("advancedOAuth2Config", "tokenExchangeClasses", []);
    const { said } = await look(SOUND);
    expect(said).toEqual([
      expect.stringMatching(
        /^token-exchange: realm alpha has no exchanger of access tokens, and agents.bot .*\| put the entry .*tokenExchangeClasses/,
      ),
    ]);
  });

  test("where audiences are ignored, and where no key set can check what is signed", async () => {
    const text = readFileSync(new URL("../../../stacks/examples/aic-autonomous-tool.yaml", import.meta.url), "utf8");
    const rowOf = async (declared: string) => {
      const { checks } = await look(declared);
      return checks.find(({ check }) => check === "delegation");
    };
    const ignored = {
      status: "failed",
      found: expect.stringMatching(/^realm alpha ignores audiences, and those of applications.gateway-extension.dele/),
    };
    const without = text.replace(/^provider:\n(?: .*\n)+/m, "");
    expect(await rowOf(text)).toMatchObject({ status: "ok", found: expect.stringContaining("signs by RS256") });
    expect(await rowOf(text.replace(/^ {2}tokenSigningAlgorithm.*\n/m, ""))).toMatchObject({
      ...{ status: "open", found: expect.stringContaining("signs by HS256, which no key set can check") },
      next: expect.stringMatching(/introspect them; else add tokenSigningAlgorithm: RS256 to provider$/),
    });
    expect(await rowOf(without)).toMatchObject({
      ...{ ...ignored, next: "add acceptAudienceParametersInTokenExchangeRequests: true to provider" },
    });
    expect(await rowOf(text.replace("tier: development", "tier: staging"))).toMatchObject({
      ...{ ...ignored, next: expect.stringContaining("in development, and promote it to ") },
    });
    const own = without.replace("type: service", "type: service\n    overrides: { enabled: true }");
    expect(await rowOf(own)).toMatchObject({ status: "open" });
    await provider("advancedOAuth2Config", "acceptAudienceParametersInTokenExchangeRequests", true);
    await provider("advancedOAuth2Config", "tokenSigningAlgorithm", "ES256");
    expect(await rowOf(without)).toMatchObject({ status: "ok", found: expect.stringContaining("signs by ES256") });
  });

  test("without a journey for an acr value", async () => {
    const text = SOUND.replace("defaultAcrValues: [push]", "defaultAcrValues: [strong]").replace(/^provider:.*$/m, "");
    const { said } = await look(text);
    expect(said).toEqual([
      expect.stringMatching(/^grant-types: /),
      "acr: agents.bot asks for the acr value strong, which starts no journey in realm alpha | add strong: JOURNEY to provider.acr",
      expect.stringMatching(
        /^acr: agents.bot asks users by the journey of an acr value, .* has none \| add ACR: JOURNEY/,
      ),
    ]);
  });

  test("of a tier that is not written: what it lacks is promoted", async () => {
    const written =
      OWN_AGENT.replace("development", "production") + SOUND.match(/^(journeys|provider):.*$/gm)?.join("\n");
    const { said } = await look(written);
    expect(said.filter((line) => line.startsWith("tier: "))).toEqual([
      expect.stringMatching(
        /^tier: static configuration of a production tenant cannot be written, and it does not exist at stacks\/dev.yaml:6:\d+, journeys.Approval.*\| promote this from development/,
      ),
      expect.stringMatching(/^tier: .*provider.grantTypes.*\| promote/),
      expect.stringMatching(/^tier: .*provider.acr.push.*\| promote/),
    ]);
    expect(said.find((line) => line.startsWith("grant-types: "))).toMatch(
      /\| add token_exchange to provider.grantTypes in development, and promote it to http/,
    );
  });
});

test("names that mean nothing are told with their place and what may be meant", async () => {
  const text = SOUND.replace("demo.owner", "demo.ownr")
    .replace("customers", "costumers")
    .replace("application: shop", "application: crm");
  const { said } = await look(text.replace("scopes: [buy], subj", "scopes: all, subj"));
  expect(said).toEqual([
    expect.stringMatching(
      /^names: there is no managed\/alpha_user with userName "demo.ownr"; the nearest name is "demo.owner" at stacks\/dev.yaml:7:\d+, applications.shop.owners\[0\].*\| create it in the tenant/,
    ),
    expect.stringMatching(/^names: .*alpha_application linked with .*"crm"/),
    expect.stringMatching(/^names: .*alpha_group with name "costumers" at stacks\/dev.yaml:15:/),
  ]);
});
