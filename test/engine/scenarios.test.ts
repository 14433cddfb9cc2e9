/**
 * What the tenant holds after `up` of stacks/dev.yaml, field by field, against what each step of the documentation's three
 * scenarios says should have been clicked; then the choices that the pages offer beside it.
 */

import { readFileSync } from "node:fs";
import { calculateJwkThumbprint, type JWK } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { development } from "./declarations.ts";
import { at, type Picture, pictureOf } from "./picture.ts";
import { devDeclaration, openProject } from "./project.ts";

/** A setting as the page names it, where the tenant keeps it, and its value there. */
type Row = readonly [setting: string, path: string, expected: unknown];

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const CIBA = "urn:openid:params:grant-type:ciba";
const containing = (items: unknown[]) => expect.arrayContaining(items);
const aSecret = expect.stringMatching(/^hmac-sha256:/);

/** Platform Username → Push Sender → Polling Wait ⇄ Push Result Verifier. */
const pushSenderJourney = [
  "Platform Username, outcome → Push Sender",
  "Polling Wait, DONE → Push Result Verifier",
  "Push Result Verifier, EXPIRED → failure",
  "Push Result Verifier, FALSE → failure",
  "Push Result Verifier, TRUE → success",
  "Push Result Verifier, WAITING → Polling Wait",
  "Push Sender, NOT_REGISTERED → failure",
  "Push Sender, SENT → Polling Wait",
  "start → Platform Username",
];

const autonomous: readonly Row[] = [
  ["Provider: grant types", "provider.grantTypes", containing(["client_credentials", TOKEN_EXCHANGE])],
  ["Application: type", "applications.web-server-logs-api-app.templateName", "service"],
  ["Application: name", "applications.web-server-logs-api-app.name", "Web Server Logs API App"],
  ["Application: owner", "applications.web-server-logs-api-app.owners", ["demo.owner"]],
  ["Application: client id", "applications.web-server-logs-api-app.ssoEntities.oidcId", "web-server-logs-api-app"],
  ["Application: secret", "secrets.OAuth2Client.web-server-logs-api-app", aSecret],
  ["Sign On: scopes", "clients.web-server-logs-api-app.core.scopes", ["logs-read", "logs-search"]],
  ["Agent: name", "identities.bot-traffic-analyzer-agent.name", "Bot Traffic Analyzer Agent"],
  ["Agent: client id", "agents.bot-traffic-analyzer-agent._id", "bot-traffic-analyzer-agent"],
  ["Agent: secret", "secrets.AIAgent.bot-traffic-analyzer-agent", aSecret],
  ["Core: scopes", "agents.bot-traffic-analyzer-agent.core.scopes", ["monitor-system"]],
  [
    "Advanced: grant types",
    "agents.bot-traffic-analyzer-agent.advanced.grantTypes",
    ["client_credentials", TOKEN_EXCHANGE],
  ],
  [
    "Advanced: token endpoint authentication",
    "agents.bot-traffic-analyzer-agent.advanced.tokenEndpointAuthMethod",
    "client_secret_post",
  ],
  ...threeBoxes("bot-traffic-analyzer-agent"),
  [
    "Applications: resource",
    "privileges.bot-traffic-analyzer-agent.resourceData.ssoEntities.oidcId",
    "web-server-logs-api-app",
  ],
  ["Applications: subjects", "privileges.bot-traffic-analyzer-agent.subjects", []],
  ["Applications: subject groups", "privileges.bot-traffic-analyzer-agent.subjectGroups", []],
  [
    "Applications: permissions",
    "privileges.bot-traffic-analyzer-agent.permissions",
    [{ type: "scopes", values: ["logs-read", "logs-search"] }],
  ],
];

const onBehalfOf: readonly Row[] = [
  ["Provider: grant types", "provider.grantTypes", containing(["password", TOKEN_EXCHANGE])],
  ["Application: type", "applications.digital-assistant-web-app.templateName", "web"],
  ["Application: name", "applications.digital-assistant-web-app.name", "Digital Assistant Web App"],
  ["Application: owner", "applications.digital-assistant-web-app.owners", ["demo.owner"]],
  ["Application: secret", "secrets.OAuth2Client.digital-assistant-web-app", aSecret],
  [
    "Sign On: grant types",
    "clients.digital-assistant-web-app.advanced.grantTypes",
    ["authorization_code", "password", "refresh_token"],
  ],
  // The console preselects it, and no step asks for it: whoever takes consent away shows as drift.
  ["Sign On: implied consent", "clients.digital-assistant-web-app.advanced.isConsentImplied", false],
  ...asTheConsole("digital-assistant-web-app"),
  [
    "Sign On: scopes",
    "clients.digital-assistant-web-app.core.scopes",
    ["admin-action", "openid", "read-data", "write-data"],
  ],
  [
    "Sign On: token endpoint authentication",
    "clients.digital-assistant-web-app.advanced.tokenEndpointAuthMethod",
    "client_secret_post",
  ],
  ["Agent: name", "identities.digital-assistant-ai-agent.name", "Digital Assistant AI Agent"],
  ["Agent: client id", "agents.digital-assistant-ai-agent._id", "digital-assistant-ai-agent"],
  ["Agent: owner", "identities.digital-assistant-ai-agent.owners", ["demo.owner"]],
  ["Agent: secret", "secrets.AIAgent.digital-assistant-ai-agent", aSecret],
  ["Access: grant types", "agents.digital-assistant-ai-agent.advanced.grantTypes", [TOKEN_EXCHANGE]],
  [
    "Access: token endpoint authentication",
    "agents.digital-assistant-ai-agent.advanced.tokenEndpointAuthMethod",
    "client_secret_post",
  ],
  ...threeBoxes("digital-assistant-ai-agent"),
  [
    "Applications: resource",
    "privileges.digital-assistant-ai-agent.resourceData.ssoEntities.oidcId",
    "digital-assistant-web-app",
  ],
  ["Applications: subjects", "privileges.digital-assistant-ai-agent.subjects", ["barbara.jensen"]],
  ["Applications: subject groups", "privileges.digital-assistant-ai-agent.subjectGroups", ["customers"]],
  [
    "Applications: permissions",
    "privileges.digital-assistant-ai-agent.permissions",
    [{ type: "scopes", values: ["read-data"] }],
  ],
];

const withApproval: readonly Row[] = [
  ["Identities: end user", "users", ["barbara.jensen", "demo.owner", "end.user"]],
  [
    "Journey: push registration",
    "journeys.Agent Push Registration",
    containing(["Push Registration, SUCCESS → success"]),
  ],
  ["Application: type", "applications.ai-agent.templateName", "web"],
  ["Application: name", "applications.ai-agent.name", "AI Agent"],
  ["Application: owner", "applications.ai-agent.owners", ["demo.owner"]],
  ["Application: client id", "applications.ai-agent.ssoEntities.oidcId", "ai-agent"],
  ["Application: secret", "secrets.OAuth2Client.ai-agent", aSecret],
  [
    "Sign On: grant types",
    "clients.ai-agent.advanced.grantTypes",
    ["authorization_code", "client_credentials", "refresh_token", CIBA].sort(),
  ],
  ["Sign On: implied consent", "clients.ai-agent.advanced.isConsentImplied", true],
  ...asTheConsole("ai-agent"),
  ["Sign On: scopes", "clients.ai-agent.core.scopes", ["address", "openid", "payment", "prices"]],
  ["Signing and Encryption: public key selector", "clients.ai-agent.signing.publicKeyLocation", "jwks"],
  ["Journey: Agent Push Sender", "journeys.Agent Push Sender", pushSenderJourney],
  ["Provider: grant types", "provider.grantTypes", containing([CIBA])],
  ["Provider: acr mapping", "provider.acr.push", "Agent Push Sender"],
];

/** The lifetimes of a web application that the console makes. */
function asTheConsole(client: string): readonly Row[] {
  return [
    ["Sign On: access token lifetime", `clients.${client}.core.accessTokenLifetime`, 3600],
    ["Sign On: refresh token lifetime", `clients.${client}.core.refreshTokenLifetime`, 604_800],
    ["Sign On: authorization code lifetime", `clients.${client}.core.authorizationCodeLifetime`, 120],
  ];
}

/** "OAuth Provider Overrides: three boxes on" for an agent; the block is there as a whole. */
function threeBoxes(agent: string): readonly Row[] {
  const block = `agents.${agent}.overrides`;
  return [
    ["Overrides: enabled", `${block}.providerOverridesEnabled`, true],
    ["Overrides: client-side access and refresh tokens", `${block}.statelessTokensEnabled`, true],
    ["Overrides: accept audience", `${block}.acceptAudienceParametersInTokenExchangeRequests`, true],
    ["Overrides: the block as a whole", `${block}.validateScopePluginType`, "PROVIDER"],
  ];
}

const sorted = (value: unknown) =>
  Array.isArray(value) && value.every((item) => typeof item === "string") ? value.toSorted() : value;

function publishedKeys(picture: Picture, kind: "clients" | "agents", id: string): JWK[] {
  const text = at(picture, `${kind}.${id}.signing.jwkSet`);
  return (JSON.parse(String(text)) as { keys: JWK[] }).keys;
}

async function expectSigningKey(keys: readonly JWK[]): Promise<void> {
  expect(keys).toHaveLength(1);
  const [key = {}] = keys;
  expect(key).toMatchObject({ kty: "EC", crv: "P-256", alg: "ES256", use: "sig" });
  expect(key.kid).toBe(await calculateJwkThumbprint(key));
  expect(key).not.toHaveProperty("d");
}

const tenant = await startAic({ people: false });
afterAll(() => tenant.stop());
const addStack = openProject(tenant);

describe("stacks/dev.yaml", () => {
  let picture: Picture;
  beforeAll(async () => {
    const stack = await addStack("dev", readFileSync(devDeclaration, "utf8"), {}, tenant.passwords);
    await stack.up();
    picture = await pictureOf(tenant);
  });

  describe.each([
    { scenario: "A, autonomous", table: autonomous },
    { scenario: "B, on behalf of a user", table: onBehalfOf },
    { scenario: "C, with approval", table: withApproval },
  ])("scenario $scenario", ({ table }) => {
    test.for([...table])("%s", ([, path, expected]) => {
      expect(sorted(at(picture, path)), path).toEqual(expected);
    });
  });

  test("scenario C: one EC P-256 signing key, ES256, named by its thumbprint, public members only", async () => {
    await expectSigningKey(publishedKeys(picture, "clients", "ai-agent"));
  });
});

describe("the choices that the pages offer", () => {
  const chosen: readonly Row[] = [
    ["A: all scopes, by naming none", "privileges.all-scopes-agent.permissions", []],
    ["A: one overridden setting", "agents.all-scopes-agent.overrides.issueRefreshToken", false],
    ["B: a group instead of users", "privileges.groups-agent.subjectGroups", ["customers"]],
    ["B: no users beside the group", "privileges.groups-agent.subjects", []],
    [
      "B: custom scope values",
      "privileges.groups-agent.permissions",
      [{ type: "scopes", values: ["custom:value", "read-data"] }],
    ],
    ["C: an AI agent, name", "identities.approved-agent.name", "Approved Agent"],
    ["C: an AI agent, grant types", "agents.approved-agent.advanced.grantTypes", ["client_credentials", CIBA].sort()],
    ["C: an AI agent, scopes", "agents.approved-agent.core.scopes", ["address", "openid", "payment", "prices"]],
    ["C: an AI agent, key selector", "agents.approved-agent.signing.publicKeyLocation", "jwks"],
  ];
  let picture: Picture;
  beforeAll(async () => {
    const access = (entry: object) => [{ application: "digital-assistant-web-app", ...entry }];
    const stack = await addStack("choices", {
      ...development,
      agents: {
        "all-scopes-agent": {
          ...{ name: "All Scopes Agent", pattern: "autonomous", overrides: { issueRefreshToken: false } },
          access: access({ scopes: "all" }),
        },
        "groups-agent": {
          ...{ name: "Groups Agent", pattern: "on-behalf-of" },
          access: access({ scopes: ["read-data", "custom:value"], subjectGroups: ["customers"] }),
        },
        "approved-agent": {
          ...{ name: "Approved Agent", pattern: "approved", owners: ["demo.owner"] },
          ...{ scopes: ["openid", "prices", "address", "payment"], ciba: { keys: "generated" } },
        },
      },
    });
    await stack.up();
    picture = await pictureOf(tenant);
  });

  test.for([...chosen])("%s", ([, path, expected]) => {
    expect(sorted(at(picture, path)), path).toEqual(expected);
  });

  test("C: an AI agent, its signing key", async () => {
    await expectSigningKey(publishedKeys(picture, "agents", "approved-agent"));
  });
});
