/** What the outputs of a stack say of its agents and applications: one shape on every platform. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { aicClientOutputs } from "../../src/components/aic/outputs.ts";
import { type ClientOutputs, clientOutputs } from "../../src/components/client-outputs.ts";
import { pingOneClientOutputs } from "../../src/components/pingone/outputs.ts";
import { loadAnyDeclaration } from "../../src/platforms.ts";

const read = (name: string) =>
  loadAnyDeclaration(readFileSync(new URL(`../../stacks/${name}.yaml`, import.meta.url), "utf8"), `${name}.yaml`);
const mapped = <In>(clients: Readonly<Record<string, In>>, each: (client: In, key: string) => ClientOutputs) =>
  Object.fromEntries(Object.entries(clients).map(([key, client]) => [key, each(client, key)]));

function ofAic(origin = "https://a.example.com") {
  const declaration = read("dev");
  if (declaration.platform !== "aic") expect.unreachable();
  const clients = { ...declaration.applications, ...declaration.agents };
  return mapped(clients, (client, clientId) =>
    aicClientOutputs(client, { ...declaration, origin, clientId, kid: "the-key" }),
  );
}

const ISSUER = "https://auth.pingone.eu/0bc4b1ac-2f25-4b2a-9a33-9dc3a1c7a2f3/as";
function ofPingOne() {
  const declaration = read("pingone-dev");
  if (declaration.platform !== "pingone") expect.unreachable();
  const clients = { ...declaration.applications, ...declaration.agents };
  return mapped(clients, (client, key) =>
    pingOneClientOutputs(client, { ...declaration, issuer: ISSUER, clientId: key }),
  );
}

/** A published stack whose acting application has a tool. */
const delegating = (name: string, target: string) =>
  readFileSync(new URL(`../../stacks/examples/${name}.yaml`, import.meta.url), "utf8").replace(
    "    delegates:",
    `    tools: { restock: { authorization: token_exchange, ${target}, scopes: ["supply-chain:restock"] } }\n    delegates:`,
  );
const RESTOCK = { type: "token_exchange", scope: "supply-chain:restock", actor: { scope: "supply-chain:restock" } };

test("every client of either platform has the same members, and no more", () => {
  const all = [...Object.values(ofAic()), ...Object.values(ofPingOne())];
  for (const one of all) {
    expect(Object.keys(one).sort()).toEqual(Object.keys(clientOutputs.shape).sort());
    expect(clientOutputs.parse(one)).toEqual(one);
  }
  expect(new Set(all.map(({ endpoints }) => Object.keys(endpoints).sort().join())).size).toBe(1);
});

describe("on AIC", () => {
  test("both paths of the realm, and the issuer with its port", () => {
    const { issuer, endpoints, short } = ofAic()["ai-agent"] ?? expect.unreachable();
    expect(issuer).toBe("https://a.example.com:443/am/oauth2/realms/root/realms/alpha");
    expect(endpoints).toEqual({
      token: "https://a.example.com/am/oauth2/realms/root/realms/alpha/access_token",
      authorization: "https://a.example.com/am/oauth2/realms/root/realms/alpha/authorize",
      introspection: "https://a.example.com/am/oauth2/realms/root/realms/alpha/introspect",
      revocation: "https://a.example.com/am/oauth2/realms/root/realms/alpha/token/revoke",
      userInfo: "https://a.example.com/am/oauth2/realms/root/realms/alpha/userinfo",
      jwks: "https://a.example.com/am/oauth2/realms/root/realms/alpha/connect/jwk_uri",
      pushedAuthorizationRequest: "https://a.example.com/am/oauth2/realms/root/realms/alpha/par",
      backchannelAuthentication: "https://a.example.com/am/oauth2/realms/root/realms/alpha/bc-authorize",
      discovery: "https://a.example.com/am/oauth2/realms/root/realms/alpha/.well-known/openid-configuration",
    });
    expect(short?.issuer).toBe("https://a.example.com:443/am/oauth2/alpha");
    expect(short?.endpoints.backchannelAuthentication).toBe("https://a.example.com/am/oauth2/alpha/bc-authorize");
    expect(ofAic("http://127.0.0.1:8080")["ai-agent"]?.issuer).toMatch("http://127.0.0.1:8080/am");
    expect(ofAic("http://localhost")["ai-agent"]?.issuer).toMatch("http://localhost:80/am");
  });

  test("an agent with approval: its key, acr value, message and tools", () => {
    expect(ofAic()["ai-agent"]).toMatchObject({
      ...{ platform: "aic", clientId: "ai-agent", authMethod: "client_secret_basic" },
      scopes: ["address", "openid", "payment", "prices"],
      audiences: [],
      ciba: {
        request: {
          audience: "https://a.example.com:443/am/oauth2/realms/root/realms/alpha",
          ...{ issuer: "ai-agent", kid: "the-key" },
        },
        acrValues: ["push"],
        bindingMessage: { maxLength: 100 },
      },
      ...{ secret: { output: "secrets" }, privateKey: { output: "privateKeys" } },
      tools: {
        "product-search": null,
        deals: { type: "client_credentials", scope: "prices" },
        quote: { type: "ciba", scope: "address" },
        purchase: { type: "ciba", scope: "payment" },
      },
    });
  });

  test.for([
    ["Send the order?", true],
    ["¿Enviar el pedido?", true],
    ["£ 20 to your account?", false],
    [" Send", false],
    ["Send\nthe order", false],
  ] as const)("the message %j: %s", ([message, fits]) => {
    const { pattern = "" } = ofAic()["ai-agent"]?.ciba?.bindingMessage ?? {};
    expect(new RegExp(pattern, "u").test(message)).toBe(fits);
  });

  test("an agent that exchanges: its audiences, and no key", () => {
    expect(ofAic()["bot-traffic-analyzer-agent"]).toMatchObject({
      ...{ authMethod: "client_secret_post", ciba: null, privateKey: null },
      audiences: [
        {
          ...{ name: "web-server-logs-api-app", audience: "web-server-logs-api-app" },
          scopes: ["logs-read", "logs-search"],
        },
      ],
      tools: {
        "read-logs": { type: "token_exchange", audience: "web-server-logs-api-app", scope: "logs-read logs-search" },
      },
    });
  });

  test("an application that acts with tokens of another: the audience to ask for, and the token that goes along", () => {
    const declaration = loadAnyDeclaration(
      delegating("aic-autonomous-tool", "audience: supply-chain-mcp-tool"),
      "x.yaml",
    );
    if (declaration.platform !== "aic") expect.unreachable();
    const { applications = {} } = declaration;
    const all = mapped(applications, (one, clientId) =>
      aicClientOutputs(one, { ...declaration, origin: "https://a.example.com", clientId }),
    );
    expect(all["gateway-extension"]).toMatchObject({
      scopes: ["supply-chain:restock"],
      tools: { restock: { ...RESTOCK, audience: "supply-chain-mcp-tool" } },
    });
  });

  test("where a secret is that no state has", () => {
    const declaration = loadAnyDeclaration(
      `platform: aic
realm: alpha
tier: development
agents:
  by-label: { name: A, pattern: autonomous, secret: { esv: esv-a } }
  by-key: { name: B, pattern: autonomous, authMethod: private_key_jwt }
  public: { name: C, pattern: autonomous, authMethod: none }
`,
      "x.yaml",
    );
    if (declaration.platform !== "aic") expect.unreachable();
    const { agents = {}, realm } = declaration;
    const all = mapped(agents, (agent, clientId) =>
      aicClientOutputs(agent, { realm, provider: undefined, origin: "https://a.example.com", clientId }),
    );
    expect(all["by-label"]?.secret).toEqual({ esv: "esv-a" });
    expect(all["by-key"]).toMatchObject({ secret: null, privateKey: { keptBy: "whoever made the key" } });
    expect(all.public).toMatchObject({ secret: null, privateKey: null });
  });
});

describe("on PingOne", () => {
  test("an application that acts with tokens of another: the resource to ask for, and the token that goes along", () => {
    const declaration = loadAnyDeclaration(
      delegating("pingone-autonomous-tool", "resource: supply-chain-tool"),
      "x.yaml",
    );
    if (declaration.platform !== "pingone") expect.unreachable();
    const { applications = {} } = declaration;
    const all = mapped(applications, (one, key) =>
      pingOneClientOutputs(one, { ...declaration, issuer: ISSUER, clientId: key }),
    );
    expect(all["gateway-extension"]?.tools).toEqual({ restock: { ...RESTOCK, resource: "supply-chain-mcp-tool" } });
  });

  test("an agent for users: endpoints, audiences, and tools with who acts", () => {
    expect(ofPingOne()["support-agent"]).toMatchObject({
      ...{ platform: "pingone", issuer: ISSUER, short: null, authMethod: "client_secret_basic", ciba: null },
      endpoints: {
        token: `${ISSUER}/token`,
        authorization: `${ISSUER}/authorize`,
        introspection: `${ISSUER}/introspect`,
        revocation: `${ISSUER}/revoke`,
        userInfo: `${ISSUER}/userinfo`,
        jwks: `${ISSUER}/jwks`,
        pushedAuthorizationRequest: `${ISSUER}/par`,
        backchannelAuthentication: `${ISSUER}/cibaAuthorization`,
        discovery: `${ISSUER}/.well-known/openid-configuration`,
      },
      audiences: [
        { name: "Orders API", audience: "https://orders.example.com", scopes: ["orders:read"] },
        { name: "Agents API", audience: "https://agents.example.com", scopes: ["agent:act"] },
      ],
      tools: {
        "order-status": {
          ...{ type: "token_exchange", scope: "orders:read", resource: "https://orders.example.com" },
          actor: { scope: "agent:act" },
        },
      },
      secret: { output: "secrets" },
    });
  });

  test("an agent with approval takes a plain request, and a secret that PingOne keeps is its own", () => {
    expect(ofPingOne()["refund-agent"]).toMatchObject({
      ciba: { request: null, acrValues: [], bindingMessage: null },
      audiences: [{ name: "Orders API" }, { name: "openid", audience: null }],
      tools: { refund: { type: "ciba", scope: "orders:write" } },
    });
    expect(ofPingOne()["support-portal"]?.secret).toEqual({ keptBy: "PingOne" });
  });
});
