/** Every PingOne kind by example. */

import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import type { KindSample } from "../../support/kind-suite.ts";
import type { LocalPingOne } from "../../support/pingone.ts";

/** An expression over the user, in PingOne's own notation. */
const expression = (path: string) => `$\{${path}}`;
const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

const agent = {
  name: "support-agent",
  description: "Answers customer questions",
  grantTypes: ["client_credentials", EXCHANGE],
  authMethod: "client_secret_basic",
  userAccess: { groups: { match: "any", names: ["customers"] } },
};
const orders = {
  name: "Orders API",
  audience: "https://orders.example.com",
  accessTokenLifetime: 900,
  scopes: { "orders:read": "Read orders", "orders:write": "" },
  claims: { act: expression("user.id") },
};
const consent = {
  name: "Agent Consent",
  languages: { en: { title: "Consent", text: "The agent may act in your name." } },
};
const agentNeeded = { type: "pingone:AiAgent", inputs: agent };
const ordersNeeded = { type: "pingone:Resource", inputs: orders };

const named = async (rows: Promise<PingOneObject[]>, name: string) => {
  const row = (await rows).find((candidate) => candidate.name === name);
  if (!row) throw new Error(`no ${name}`);
  return row;
};
const agentId = async ({ admin }: LocalPingOne) => (await named(admin.applications.list(), agent.name)).id;
const below = async (
  tenant: LocalPingOne,
  what: "grants" | "signOnPolicyAssignments" | "flowPolicyAssignments" | "attributes",
) => tenant.admin.below(await agentId(tenant), what);

export const samples: readonly KindSample<LocalPingOne>[] = [
  {
    type: "pingone:AiAgent",
    calls: { create: 5, update: 6, delete: 4 },
    owner: "named",
    inputs: { ...agent, sponsor: "care@example.com", expires: "2026-12-31", onRemove: "delete" },
    changed: { name: "support-agent", grantTypes: ["client_credentials"], enabled: false, corsOrigins: "none" },
    byHand: {
      change: async ({ admin }) => {
        const live = await named(admin.applications.list(), agent.name);
        await admin.applications.replace(live.id, { ...live, description: "by hand", enabled: false });
        const { pingAgents, ...others } = await admin.metadata(live.id);
        const { sponsor: _gone, ...stamp } = pingAgents as Record<string, unknown>;
        await admin.setMetadata(live.id, { ...others, pingAgents: { ...stamp, expires: "never" } });
      },
      differs: ["description", "enabled", "sponsor", "expires"],
    },
    foreign: {
      make: async ({ admin }) => {
        await admin.applications.create({
          ...{ name: "support-agent", type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true },
          ...{ description: "of others", tokenEndpointAuthMethod: "CLIENT_SECRET_POST", assignActorRoles: false },
        });
      },
      differs: ["description", "authMethod", "grantTypes", "sponsor", "expires"],
    },
  },
  {
    type: "pingone:Application",
    calls: { create: 4, update: 4, delete: 4 },
    owner: "named",
    inputs: {
      name: "orders-portal",
      type: "web",
      grantTypes: ["authorization_code"],
      responseTypes: ["code"],
      redirectUris: ["https://portal.example.com/callback"],
      authMethod: "client_secret_post",
    },
    changed: {
      name: "Orders portal",
      type: "web",
      grantTypes: ["authorization_code"],
      authorization: { pkce: "required" },
    },
    byHand: {
      change: async ({ admin }) => {
        const live = await named(admin.applications.list(), "orders-portal");
        await admin.applications.replace(live.id, { ...live, redirectUris: ["https://evil.example.com/"] });
      },
      differs: ["redirectUris"],
    },
  },
  {
    type: "pingone:Resource",
    calls: { create: 7, update: 11, delete: 5 },
    owner: "named",
    inputs: orders,
    changed: {
      name: "Orders API",
      description: "Backend",
      scopes: { "orders:read": "Read" },
      claims: { may_act: { sub: "x" } },
    },
    byHand: {
      change: async ({ admin }) => {
        const { id } = await named(admin.resources.list(), orders.name);
        const scope = await named(admin.scopes(id).list(), "orders:read");
        await admin.scopes(id).delete(scope.id);
        await admin.scopes(id).create({ name: "orders:others", description: "not ours" });
      },
      differs: ["scopes"],
    },
    foreign: {
      make: async ({ admin }) => {
        await admin.resources.create({ name: "Orders API", audience: "https://elsewhere.example.com" });
      },
      differs: ["audience", "accessTokenLifetime", "scopes"],
    },
  },
  {
    type: "pingone:ScopeGrant",
    calls: { create: 7, update: 8, delete: 5 },
    owner: "named",
    needs: [agentNeeded, ordersNeeded],
    inputs: { application: "support-agent", resource: "Orders API", scopes: ["orders:read", "orders:write"] },
    changed: { application: "support-agent", resource: "Orders API", scopes: ["orders:read"] },
    byHand: {
      change: async (tenant) => {
        const grants = await below(tenant, "grants");
        for (const grant of await grants.list()) {
          const [first] = grant.scopes as { id: string }[];
          await grants.replace(grant.id, { resource: grant.resource, scopes: [first] });
        }
      },
      differs: ["scopes"],
    },
  },
  {
    type: "pingone:PolicyAssignments",
    calls: { create: 8, update: 9, delete: 6 },
    owner: "named",
    left: { application: "support-agent", policies: { kind: "sign-on", names: [] } },
    needs: [agentNeeded],
    inputs: { application: "support-agent", policies: { kind: "sign-on", names: ["Multi_Factor", "Single_Factor"] } },
    changed: { application: "support-agent", policies: { kind: "davinci", names: ["Agent Approval"] } },
    byHand: {
      change: async (tenant) => {
        const assignments = await below(tenant, "signOnPolicyAssignments");
        const [first] = await assignments.list();
        await assignments.delete(String(first?.id));
      },
      differs: ["policies"],
    },
  },
  {
    type: "pingone:AttributeMapping",
    calls: { create: 5, update: 5, delete: 4 },
    owner: "named",
    needs: [agentNeeded],
    inputs: { application: "support-agent", name: "email", value: expression("user.email"), userInfo: false },
    changed: { application: "support-agent", name: "email", value: expression("user.username"), required: true },
    byHand: {
      change: async (tenant) => {
        const mappings = await below(tenant, "attributes");
        const { id } = await named(mappings.list(), "email");
        await mappings.replace(id, { name: "email", value: "constant", required: false, userInfo: false });
      },
      differs: ["value"],
    },
  },
  {
    type: "pingone:Secret",
    calls: { create: 3, update: 4, delete: 0 },
    left: { application: "support-agent", output: true },
    needs: [agentNeeded],
    inputs: { application: "support-agent", output: true },
    changed: { application: "support-agent", output: true, rotation: "2026-11", overlap: 86_400 },
  },
  {
    type: "pingone:Owner",
    calls: { create: 7, update: 6, delete: 5 },
    owner: "named",
    needs: [agentNeeded],
    inputs: { application: "support-agent", user: "demo.owner" },
    changed: { application: "support-agent", user: "demo.owner" },
  },
  {
    type: "pingone:Group",
    calls: { create: 3, update: 3, delete: 0 },
    left: { name: "customers" },
    inputs: { name: "customers" },
    changed: { name: "customers" },
  },
  {
    type: "pingone:Population",
    calls: { create: 3, update: 3, delete: 0 },
    left: { name: "Default" },
    inputs: { name: "Default" },
    changed: { name: "Default" },
  },
  {
    type: "pingone:Agreement",
    calls: { create: 9, update: 16, delete: 10 },
    owner: "named",
    inputs: {
      name: "Agent Consent",
      description: "What agents may do",
      reconsentPeriodDays: 180,
      languages: { en: { title: "Consent", text: "The agent may act in your name." } },
    },
    changed: {
      name: "Consent to agents",
      enabled: false,
      languages: {
        en: { title: "Consent to agents", text: "<b>It may</b> act in your name.", format: "html" },
        fr: { title: "Accord", text: "L'agent peut agir en votre nom." },
      },
    },
    byHand: {
      change: async ({ admin }) => {
        const live = await named(admin.agreements.list(), "Agent Consent");
        await admin.agreements.replace(live.id, { ...live, reconsentPeriodDays: 7 });
        const languages = admin.collection(`agreements/${live.id}/languages`);
        const made = await languages.create({ displayName: "Accord", locale: "fr", enabled: false });
        const effectiveAt = new Date().toISOString();
        await admin
          .collection(`agreements/${live.id}/languages/${made.id}/revisions`)
          .create({ contentType: "text/plain", effectiveAt, requireReconsent: false, text: "Tout est permis." });
        await languages.replace(made.id, { displayName: "Accord", locale: "fr", enabled: true });
        await admin.agreements.replace(live.id, { ...live, reconsentPeriodDays: 7, enabled: false });
      },
      differs: ["enabled", "languages", "reconsentPeriodDays"],
    },
    foreign: {
      make: async ({ admin }) => {
        await admin.agreements.create({ name: "Agent Consent", description: "of others", enabled: false });
      },
      differs: ["description", "languages", "reconsentPeriodDays"],
    },
  },
  {
    type: "pingone:SignOnPolicy",
    calls: { create: 5, update: 5, delete: 4 },
    owner: "named",
    needs: [{ type: "pingone:Agreement", inputs: consent }],
    inputs: {
      name: "Consent-Login",
      description: "Asks for consent",
      actions: [{ type: "login" }, { type: "agreement", agreement: consent.name }],
    },
    changed: { name: "Consent-Login", actions: [{ type: "login" }] },
    byHand: {
      change: async ({ admin }) => {
        const { id } = await named(admin.signOnPolicies.list(), "Consent-Login");
        const actions = admin.collection(`signOnPolicies/${id}/actions`);
        const [login, agreement] = await actions.list();
        if (!login || !agreement) throw new Error("no actions");
        // The consent comes first now, is asked of nobody, and another login comes last.
        await actions.replace(login.id, { type: "LOGIN", priority: 9 });
        const { agreement: reference } = agreement;
        const never = { value: "x", equals: "y" };
        await actions.replace(agreement.id, { type: "AGREEMENT", agreement: reference, priority: 2, condition: never });
        await actions.create({ type: "LOGIN", priority: 12 });
      },
      differs: ["actions"],
    },
    foreign: {
      make: async ({ admin }) => {
        const { id } = await admin.signOnPolicies.create({ name: "Consent-Login", description: "of others" });
        await admin.collection(`signOnPolicies/${id}/actions`).create({ type: "LOGIN", priority: 5 });
      },
      differs: ["description", "actions"],
    },
  },
];
