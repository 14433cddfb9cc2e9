/** What somebody changes by hand in a PingOne environment, setting by setting: drift, a finding where it is access, and taken back. */

import { afterAll, expect, test } from "vitest";
import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import { pingOnePlanOf } from "../../../src/cli/verify/pingone-plan.ts";
import { pingOneDeclarationSchema } from "../../../src/components/pingone/schema.ts";
import { verifyPingOne } from "../../../src/verify/pingone/index.ts";
import { startPingOne } from "../../support/pingone.ts";
import { type ByHand, findings, tellByHand } from "../by-hand.ts";
import { openProject } from "../project.ts";

const URI = "https://somebody.example/callback";
const declaration = {
  platform: "pingone",
  resources: {
    funds: {
      ...{ name: "Funds API", audience: "https://funds.example.com", accessTokenLifetime: 900 },
      scopes: { "funds:read": "Read", "funds:pay": "Pay" },
    },
    safe: { name: "Safe API", scopes: { "safe:open": "Open" } },
    portal: { name: "Portal API", scopes: { "portal:use": "Use" } },
  },
  applications: {
    site: {
      ...{ name: "Site", type: "web", owners: ["demo.owner"], redirectUris: ["https://site.example/callback"] },
      authorization: { pkce: "s256_required" },
      access: [{ resource: "portal", scopes: ["portal:use"] }],
    },
  },
  agents: {
    "fund-bot": {
      ...{ name: "Fund Bot", pattern: "autonomous", owners: ["demo.owner"], secret: { output: true } },
      ...{ sponsor: "care@example.com", expires: "2099-12-31" },
      access: [{ resource: "funds", scopes: ["funds:read"] }],
    },
    "desk-bot": {
      ...{ name: "Desk Bot", pattern: "on-behalf-of", actsForUsersOf: ["portal"] },
      access: [{ resource: "safe", scopes: ["safe:open"] }],
      claims: { team: { value: "one" } },
    },
    "ask-bot": {
      ...{ name: "Ask Bot", pattern: "approved", policies: { kind: "davinci", names: ["Agent Approval"] } },
      access: [
        { resource: "openid", scopes: ["openid", "profile"] },
        { resource: "funds", scopes: ["funds:pay"] },
      ],
      authorization: { multipleResources: true },
    },
  },
};
const NAMES = { "fund-bot": "Fund Bot", "desk-bot": "Desk Bot", "ask-bot": "Ask Bot", site: "Site" } as const;
type Client = keyof typeof NAMES;
const APIS = { funds: "Funds API", safe: "Safe API", portal: "Portal API" } as const;
type Api = keyof typeof APIS;

const tenant = await startPingOne();
afterAll(() => tenant.stop());
const stack = await openProject(tenant)("by-hand", declaration);
const { admin } = tenant;

const named = async (rows: Promise<PingOneObject[]>, name: string) =>
  (await rows).find((row) => row.name === name || row.username === name) ?? expect.unreachable(name);
const client = (key: Client) => named(admin.applications.list(), NAMES[key]);
const api = (key: Api) => named(admin.resources.list(), APIS[key]);
const scopesOf = async (key: Api) => (await admin.scopes((await api(key)).id).list()).map(({ id }) => ({ id }));
const kindOf = (key: Client) => `pingone:${key === "site" ? "Application" : "AiAgent"} ${key}`;

/** A property of an application; without a finding it is no access. */
const setting = (key: Client, property: string, values: object, finding?: string): ByHand => ({
  ...{ title: `${Object.keys(values)} of ${key}`, resource: kindOf(key), property },
  change: async () => {
    const live = await client(key);
    await admin.applications.replace(live.id, { ...live, ...values });
  },
  finding,
});
/** What stands of an agent's life. */
const life = (key: Client, property: string, value: string): ByHand => ({
  ...{ title: `${property} of ${key}`, resource: kindOf(key), property },
  change: async () => {
    const { id } = await client(key);
    const { pingAgents, ...others } = await admin.metadata(id);
    await admin.setMetadata(id, { ...others, pingAgents: { ...(pingAgents as object), [property]: value } });
  },
});
const ofResource = (key: Api, property: string, values: object, finding?: string): ByHand => ({
  ...{ title: `${Object.keys(values)} of ${APIS[key]}`, resource: `pingone:Resource ${key}`, property },
  change: async () => {
    const live = await api(key);
    await admin.resources.replace(live.id, { ...live, ...values });
  },
  finding,
});
/** Access below an application that nobody declared. */
const below = (key: Client, access: string, finding: string, add: (id: string) => Promise<unknown>): ByHand => ({
  ...{ title: `${access} of ${key}`, resource: kindOf(key), property: "undeclared" },
  change: async () => {
    await add((await client(key)).id);
    return access;
  },
  finding: `${key}: ${finding}`,
});
const grant = (key: Client, to: Api) =>
  below(key, `grant/${APIS[to]}`, `it may ask for scopes of ${APIS[to]}`, async (id) =>
    admin.below(id, "grants").create({ resource: { id: (await api(to)).id }, scopes: await scopesOf(to) }),
  );
const owner = (key: Client, user: string) =>
  below(key, `owner/${user}`, `${user} may manage it`, async (id) => {
    const role = await named(admin.roles.list(), "Application Owner");
    const holder = await named(admin.users.list(), user);
    const scope = { id, type: "APPLICATION" };
    await admin.roleAssignments("users", holder.id).create({ role: { id: role.id }, scope });
  });
const policy = (key: Client, name: string) =>
  below(key, `policy/${name}`, `users sign on by the policy ${name}`, async (id) => {
    const signOnPolicy = { id: (await named(admin.signOnPolicies.list(), name)).id };
    await admin.below(id, "signOnPolicyAssignments").create({ signOnPolicy, priority: 1 });
  });
const claim = (key: Client, name: string) =>
  below(key, `claim/${name}`, `its tokens have the claim ${name}`, (id) =>
    admin.below(id, "attributes").create({ name, value: "all", required: false }),
  );
/** A claim of a resource, changed. */
const claimOf = (key: Api, name: string, value: string, finding?: string): ByHand => ({
  ...{ title: `${name} of ${APIS[key]}`, resource: `pingone:Resource ${key}`, property: `claims.${name}` },
  change: async () => {
    const claims = admin.resourceAttributes((await api(key)).id);
    await claims.replace((await named(claims.list(), name)).id, { name, value });
  },
  finding,
});

const rows: ByHand[] = [
  life("fund-bot", "sponsor", "somebody"),
  life("fund-bot", "expires", "2999-12-31"),
  grant("fund-bot", "safe"),
  claim("fund-bot", "team"),
  policy("fund-bot", "Single_Factor"),
  owner("fund-bot", "end.user"),
  grant("site", "funds"),
  owner("site", "end.user"),
  policy("site", "Single_Factor"),
  claim("desk-bot", "rank"),
  {
    ...{ title: "a scope more", resource: "pingone:ScopeGrant fund-bot/funds", property: "undeclared" },
    change: async () => {
      const { id } = await client("fund-bot");
      const funds = await api("funds");
      const grants = admin.below(id, "grants");
      const isFunds = ({ resource }: PingOneObject) => (resource as { id?: string }).id === funds.id;
      const own = (await grants.list()).find(isFunds) ?? expect.unreachable();
      await grants.replace(own.id, { resource: own.resource, scopes: await scopesOf("funds") });
      return "scope/funds:pay";
    },
    finding: "fund-bot: Funds API grants it funds:pay",
  },
  {
    ...{ title: "policies taken away", resource: "pingone:PolicyAssignments ask-bot/policies", property: "policies" },
    change: async () => {
      const policies = admin.below((await client("ask-bot")).id, "flowPolicyAssignments");
      for (const { id } of await policies.list()) await policies.delete(id);
    },
  },
  {
    ...{ title: "the value of a claim", resource: "pingone:AttributeMapping desk-bot/team", property: "value" },
    change: async () => {
      const claims = admin.below((await client("desk-bot")).id, "attributes");
      const live = await named(claims.list(), "team");
      await claims.replace(live.id, { ...live, value: "all" });
    },
    finding: "desk-bot: the claim team of its tokens is",
  },
  {
    ...{ title: "a secret", resource: "pingone:Secret fund-bot/secret", property: "rotation" },
    change: async () => void (await admin.rotateSecret((await client("fund-bot")).id)),
  },

  setting("fund-bot", "redirectUris", { redirectUris: [URI] }, "fund-bot: redirectUris has"),
  setting(
    "fund-bot",
    "grantTypes",
    { grantTypes: ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"] },
    "fund-bot: grantTypes has",
  ),
  setting("fund-bot", "keys.jwksUri", { jwksUrl: "https://somebody.example/keys" }, "fund-bot: keys.jwksUri is"),
  setting(
    "fund-bot",
    "authorization.multipleResources",
    { requestScopesForMultipleResourcesEnabled: true },
    "fund-bot: authorization.multipleResources is true",
  ),
  setting("desk-bot", "enabled", { enabled: false }, "desk-bot"),
  setting("site", "authorization.pkce", { pkceEnforcement: "OPTIONAL" }, "site: authorization.pkce is optional"),
  setting(
    "site",
    "authorization.allowRedirectUriPatterns",
    { allowWildcardInRedirectUris: true },
    "site: authorization.allowRedirectUriPatterns is true",
  ),
  setting(
    "site",
    "tokens.refreshTokenLifetime",
    { refreshTokenDuration: 15_000_000 },
    "site: tokens.refreshTokenLifetime is 15000000",
  ),
  setting("site", "authMethod", { tokenEndpointAuthMethod: "NONE" }, "site: authMethod is none"),
  setting(
    "site",
    "logout.postLogoutRedirectUris",
    { postLogoutRedirectUris: [URI] },
    "site: logout.postLogoutRedirectUris has",
  ),
  setting("site", "corsOrigins", { corsSettings: { behavior: "ALLOW_NO_ORIGINS" } }),
  setting("site", "userAccess.adminOnly", { accessControl: { role: { type: "ADMIN_USERS_ONLY" } } }),

  {
    ...{ title: "a scope", resource: "pingone:Resource funds", property: "undeclared" },
    change: async () => {
      await admin.scopes((await api("funds")).id).create({ name: "funds:close" });
      return "scope/funds:close";
    },
    finding: "Funds API: it has the scope funds:close",
  },
  {
    ...{ title: "a claim of access tokens", resource: "pingone:Resource funds", property: "undeclared" },
    change: async () => {
      await admin.resourceAttributes((await api("funds")).id).create({ name: "role", value: "all" });
      return "claim/role";
    },
    finding: "Funds API: its tokens have the claim role",
  },
  claimOf("portal", "may_act", '{"sub":"somebody-else"}'),
  claimOf("safe", "act", '{"sub":"somebody-else"}', "Safe API: the claim act of its tokens is"),
  ofResource(
    "funds",
    "accessTokenLifetime",
    { accessTokenValiditySeconds: 2_592_000 },
    "Funds API: accessTokenLifetime is 2592000",
  ),
  ofResource("safe", "audience", { audience: "https://somebody.example" }, "Safe API: audience is"),
  ofResource(
    "safe",
    "introspectionAuthMethod",
    { introspectEndpointAuthMethod: "NONE" },
    "Safe API: introspectionAuthMethod is none",
  ),
];

/** What is declared, as the verifier proves it; before it logs in anybody. */
async function proven(declared: object) {
  const { environmentId, workerClientId: id, workerClientSecret: secret } = tenant.sandbox.pingone;
  const unknown = async () => undefined;
  return verifyPingOne(pingOnePlanOf(pingOneDeclarationSchema.parse(declared)), {
    ...{ target: "sandbox", authUrl: tenant.url, controlToken: tenant.sandbox.controlToken, cases: ["P01"] },
    worker: {
      ...{ apiUrl: `${tenant.url}/v1`, environmentId, issuer: `${tenant.url}/${environmentId}/as` },
      client: { clientId: id, secret, authMethod: "client_secret_basic" },
    },
    credentials: {
      clientId: async (key) => (await client(key as Client)).id,
      ...{ clientSecret: unknown, password: unknown, privateKey: unknown },
    },
  });
}

await tellByHand({
  ...{ cloud: "pingone", tenant, stack, rows, content: () => tenant.dump(), verify: () => proven(declaration) },
  // The assignments that are made again, the secret, and the ids below an application, which only a refresh learns.
  renewed: /^(assignmentIds|accessIds|fingerprint|secrets?)$/,
  outside: [
    ["a description", async () => replaced("fund-bot", { description: "by hand" })],
    ["whether the portal shows an application", async () => replaced("site", { hiddenFromAppPortal: true })],
    ["a header of access tokens", async () => replaced("desk-bot", { includeX5t: true })],
  ],
});
async function replaced(key: Client, values: object) {
  const live = await client(key);
  await admin.applications.replace(live.id, { ...live, ...values });
}

test("what is allowed is no drift and no finding, and a repair leaves it", async () => {
  const why = { reason: "a trial", owner: "ann" };
  for (const { change } of [grant("fund-bot", "safe"), owner("fund-bot", "end.user")]) await change();
  const content = await tenant.dump();
  const allow = ["grant/Safe API", "owner/end.user"].map((access) => ({ access, ...why }));
  const { agents } = declaration;
  const allowing = { ...declaration, agents: { ...agents, "fund-bot": { ...agents["fund-bot"], allow } } };
  expect(findings(await proven(declaration))).toHaveLength(2);
  await stack.declare(allowing).up({ args: ["--refresh"] });
  expect(await tenant.dump()).toEqual(content);
  expect(await stack.driftedProperties()).toEqual({});
  expect(findings(await proven(allowing))).toEqual([]);
});
