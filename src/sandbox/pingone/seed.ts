/** What a PingOne environment holds from the start: built-in resources and roles, and in a demonstration people and policies. */
import { randomUUID } from "node:crypto";
import type { Seed } from "../cloud.ts";
import { PEOPLE } from "../identity.ts";
import type { JsonObject } from "../json.ts";
import type { Store } from "../store.ts";
import { DEFAULT_KEY_POLICY, SUB } from "./application-properties.ts";
import { collectionOf } from "./documents.ts";
import { pingOneIdentity } from "./environment-settings.ts";

/** The scopes of OpenID Connect that every environment has. */
const OIDC_SCOPES = ["openid", "profile", "email", "address", "phone", "offline_access"];
const EPOCH = "2026-01-01T00:00:00.000Z";

/** Puts in what every environment has. */
export function setUpPingOne(store: Store): void {
  const put = putter(store);
  const openid = put("resources", { name: "openid", type: "OPENID_CONNECT", audience: "openid" });
  for (const name of OIDC_SCOPES) put(`resources/${openid}/scopes`, { name, resource: { id: openid } });
  const api = put("resources", { name: "PingOne API", type: "PINGONE_API", audience: "https://api.pingone.com" });
  put(`resources/${api}/scopes`, { name: "p1:read:user", resource: { id: api } });
  for (const name of ["Application Owner", "Client Application Developer", "Environment Admin"]) put("roles", { name });
  put("populations", { name: "Default", default: true });
  put("languages", { name: "English", locale: "en", default: true, enabled: true });
  put("languages", { name: "French", locale: "fr", default: false, enabled: true });
}

/** Puts in people, a group, policies, and an application that nobody declared. */
export function seedPingOne(store: Store, { users }: Pick<Seed, "users">): void {
  const put = putter(store);
  const population = { id: store.list(collectionOf("populations"))[0]?.id };
  for (const { userName: username, givenName: given, familyName: family, mail: email } of PEOPLE) {
    const id = put("users", { username, email, name: { given, family }, population, enabled: true });
    store.put("pingone-passwords", id, { secret: users[username]?.password });
  }
  put("groups", { name: "customers", description: "Customers", directMemberCounts: { users: 2, groups: 0 } });
  const policies = { Single_Factor: ["LOGIN"], Multi_Factor: ["LOGIN", "MULTI_FACTOR_AUTHENTICATION"] };
  for (const [name, types] of Object.entries(policies)) {
    const signOnPolicy = { id: put("signOnPolicies", { name, default: name === "Single_Factor" }) };
    for (const [index, type] of types.entries())
      put(`signOnPolicies/${signOnPolicy.id}/actions`, { signOnPolicy, type, priority: index + 1 });
  }
  put("flowPolicies", { name: "Agent Sign On", trigger: { type: "AUTHENTICATION" } }, hexId());
  put("flowPolicies", { name: "Agent Approval", trigger: { type: "CIBA" } }, hexId());
  const legacy = put("applications", {
    ...{ name: "Legacy Portal", enabled: true, type: "WEB_APP", protocol: "OPENID_CONNECT" },
    ...{ grantTypes: ["AUTHORIZATION_CODE"], responseTypes: ["CODE"], signing: DEFAULT_KEY_POLICY },
    ...{ tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", redirectUris: ["https://portal.example.com/callback"] },
  });
  put(`applications/${legacy}/attributes`, SUB);
}

/** Ids of flow policies are no UUIDs (pingone §5.4). */
const hexId = () => randomUUID().replaceAll("-", "");

function putter(store: Store): (path: string, body: JsonObject, id?: string) => string {
  const environment = { id: pingOneIdentity(store).environmentId };
  return (path, body, id = randomUUID()) => {
    const clientId = path === "applications" ? { clientId: id } : {};
    store.put(collectionOf(path), id, { id, environment, ...body, ...clientId, createdAt: EPOCH, updatedAt: EPOCH });
    return id;
  };
}
