/** Agents of many shapes, made in an environment by raw calls of its API, as people and other tools make them. */

import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import { ACT_EXPRESSION } from "../../../src/components/pingone/delegation.ts";
import type { LocalPingOne } from "../../support/pingone.ts";

/** An agent as it is made. */
export type Shape = {
  readonly name: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Scopes by the name of a resource. */
  readonly grants?: Readonly<Record<string, readonly string[]>>;
  /** Resources whose tokens name it in `may_act`. */
  readonly actsFor?: readonly string[];
  readonly claims?: readonly Readonly<Record<string, unknown>>[];
  readonly signOn?: readonly string[];
  readonly flows?: readonly string[];
  /** User names, or `group NAME`. */
  readonly owners?: readonly string[];
  /** What no declaration can say of it. @default it can be taken in */
  readonly leftOut?: string;
};

const own = { grantTypes: ["CLIENT_CREDENTIALS"] };
/** An expression over the user, in PingOne's own notation. */
const user = (path: string) => `$\{user.${path}}`;

/** Shapes of every sort. */
export const shapes: readonly Shape[] = [
  { name: "As PingOne makes it", body: { grantTypes: ["AUTHORIZATION_CODE"], responseTypes: ["CODE"] } },
  { name: "Own token", body: own },
  { name: "Reads", body: { ...own, description: "Reads orders" }, grants: { "Orders API": ["orders:read"] } },
  { name: "Reaches two", body: own, grants: { "Orders API": ["orders:read", "orders:write"], "Stock API": ["stock"] } },
  {
    ...{ name: "On behalf", body: { grantTypes: ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"] } },
    ...{ grants: { "Acting API": ["act"] }, actsFor: ["Portal API"] },
  },
  {
    ...{ name: "Exchanges untold", body: { grantTypes: ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"] } },
    ...{ grants: { "Stock API": ["stock"] }, actsFor: ["Shop API"] },
  },
  { name: "Approved", body: { grantTypes: ["CIBA"] }, grants: { openid: ["profile"] }, flows: ["Agent Approval"] },
  { name: "Signs on", body: own, signOn: ["Multi_Factor", "Single_Factor"] },
  {
    ...{ name: "Knows users", body: own },
    claims: [
      { name: "email", value: user("email"), required: true },
      { name: "groups", value: user("memberOf"), required: false, userInfo: false },
    ],
  },
  { name: "Owned by two", body: own, owners: ["demo.owner", "end.user"] },
  { name: "Switched off", body: { ...own, enabled: false } },
  {
    name: "With settings",
    body: {
      ...{ grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"], responseTypes: ["CODE"] },
      ...{ redirectUris: ["https://a.example.com/cb"], pkceEnforcement: "S256_REQUIRED", refreshTokenDuration: 86_400 },
    },
  },
  { name: "Posts its secret", body: { ...own, tokenEndpointAuthMethod: "CLIENT_SECRET_POST" } },
  { name: "Owned by a group", body: own, owners: ["group customers"], leftOut: "group customers has the role" },
  { name: "Ünïcode & more", body: own },
];

const refs = (ids: readonly string[]) => ids.map((id) => ({ id }));

async function named(rows: Promise<PingOneObject[]>, name: string): Promise<string> {
  const row = (await rows).find((one) => one.name === name || one.username === name);
  if (!row) throw new Error(`there is no ${name}`);
  return row.id;
}

/** Fills an environment, with the resources that the agents reach. */
export async function fill({ admin }: LocalPingOne): Promise<void> {
  const resource = async (name: string, scopes: readonly string[], more: object = {}, claims: object = {}) => {
    const { id } = await admin.resources.create({ name, ...more });
    for (const scope of scopes) await admin.scopes(id).create({ name: scope, description: `May ${scope}` });
    for (const [claim, value] of Object.entries(claims)) {
      await admin.resourceAttributes(id).create({ name: claim, value });
    }
  };
  const audience = (name: string) => ({ audience: `https://${name}.example.com` });
  await resource("Orders API", ["orders:read", "orders:write"], {
    ...audience("orders"),
    accessTokenValiditySeconds: 900,
  });
  await resource("Stock API", ["stock"], audience("stock"), { department: user("department") });
  await resource("Acting API", ["act"], audience("acting"), { act: ACT_EXPRESSION });
  await resource("Portal API", ["use"], audience("portal"));
  await resource("Shop API", ["shop"], { description: "The shop" });
  await resource("Unreached API", ["nothing"]);
  const role = await named(admin.roles.list(), "Application Owner");
  for (const shape of shapes) {
    const { id, clientId } = await admin.applications.create({
      ...{ name: shape.name, type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true },
      ...{ tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", ...shape.body },
    });
    for (const [target, scopes] of Object.entries(shape.grants ?? {})) {
      const resourceId = await named(admin.resources.list(), target);
      const ids = await Promise.all(scopes.map((scope) => named(admin.scopes(resourceId).list(), scope)));
      await admin.below(id, "grants").create({ resource: { id: resourceId }, scopes: refs(ids) });
    }
    for (const target of shape.actsFor ?? []) {
      const resourceId = await named(admin.resources.list(), target);
      const value = JSON.stringify({ sub: clientId });
      await admin.resourceAttributes(resourceId).create({ name: "may_act", value });
    }
    for (const claim of shape.claims ?? []) await admin.below(id, "attributes").create(claim);
    for (const [index, policy] of (shape.signOn ?? []).entries()) {
      const policyId = await named(admin.signOnPolicies.list(), policy);
      await admin.below(id, "signOnPolicyAssignments").create({ signOnPolicy: { id: policyId }, priority: index + 1 });
    }
    for (const [index, policy] of (shape.flows ?? []).entries()) {
      const policyId = await named(admin.flowPolicies.list(), policy);
      await admin.below(id, "flowPolicyAssignments").create({ flowPolicy: { id: policyId }, priority: index + 1 });
    }
    for (const owner of shape.owners ?? []) {
      const holder = owner.startsWith("group ") ? "groups" : "users";
      const holderId = await named(admin[holder].list(), owner.replace("group ", ""));
      const scope = { id, type: "APPLICATION" };
      await admin.roleAssignments(holder, holderId).create({ role: { id: role }, scope });
    }
  }
}
