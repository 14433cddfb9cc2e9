/** Every AIC kind by example, under the prefix of a run. */

import { generateKeyPairSync } from "node:crypto";
import { secretText } from "../flows.ts";
import type { Declared, Sample } from "../lives.ts";

/** Of a declaration (decision 0006). */
export type Tier = "development" | "staging" | "production";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

/** The same for all tenants of a run, so that it is no difference. */
const publicJwk = () => {
  const { x, y } = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
  return { kty: "EC", crv: "P-256", x, y, use: "sig", alg: "ES256", kid: "key-1" };
};
const KEY = publicJwk();

/**
 * A kind that lives in the state alone, and one that reads what the others do: neither makes a call of its own. And one whose values hold for
 * every client of the realm at once, while an entry of a list is nobody's but its adder's.
 */
export const LEFT_OUT = ["aic:CibaKey", "aic:ProviderBaseline", "aic:ProviderSetting"] as const;

/** @param tier people, journeys and the realm's provider are written in development only (decision 0006) */
export function aicSamples(prefix: string, realm: string, tier: Tier): Sample[] {
  const user: Declared = {
    type: "aic:User",
    inputs: {
      realm,
      userName: `${prefix}user`,
      givenName: "Acceptance",
      sn: "Run",
      mail: "acceptance@example.com",
      password: secretText(),
    },
  };
  const owner = tier === "development" ? { owners: [`${prefix}user`] } : {};
  const people = tier === "development" ? [user] : [];
  const agent: Declared = {
    type: "aic:AiAgent",
    inputs: { realm, clientId: `${prefix}agent`, name: `${prefix}agent` },
  };
  const client: Declared = {
    type: "aic:OAuth2Client",
    inputs: { realm, clientId: `${prefix}api`, scopes: ["read", "write"] },
  };
  const application: Declared = {
    type: "aic:Application",
    inputs: { realm, clientId: `${prefix}api`, name: `${prefix}api`, template: "service" },
  };
  const secret: Declared = {
    type: "aic:EsvSecret",
    inputs: {
      secretId: `esv-${prefix}secret`,
      value: secretText(),
      description: "Of an acceptance run",
      useInPlaceholders: false,
    },
  };
  const label = `am.applications.oauth2.client.${prefix.replaceAll("-", "")}.secret`;
  const samples: Sample[] = [
    {
      ...agent,
      needs: people,
      inputs: {
        ...{ ...agent.inputs, ...owner, description: "Of an acceptance run", scopes: ["a", "b"] },
        ...{ grantTypes: ["client_credentials", TOKEN_EXCHANGE], authMethod: "client_secret_post" },
        ...{ tokens: { accessTokenLifetime: 600 }, keys: { location: "jwks", jwks: { keys: [KEY] } } },
        overrides: {
          enabled: true,
          statelessTokensEnabled: true,
          acceptAudienceParametersInTokenExchangeRequests: true,
        },
      },
      changed: { ...agent.inputs, enabled: false, scopes: [], overrides: { enabled: false } },
    },
    {
      ...client,
      inputs: { ...client.inputs, grantTypes: ["client_credentials"], metadata: { clientNames: [`${prefix}api`] } },
      changed: { ...client.inputs, scopes: ["read"], authMethod: "client_secret_post" },
    },
    {
      ...application,
      needs: [...people, client],
      inputs: { ...application.inputs, ...owner, description: "Of an acceptance run" },
      changed: { ...application.inputs, url: "https://acceptance.example.com" },
    },
    {
      type: "aic:AgentPrivilege",
      needs: [...people, client, application, agent],
      inputs: { realm, agent: `${prefix}agent`, application: `${prefix}api`, scopes: ["read", "write"] },
      changed: { realm, agent: `${prefix}agent`, application: `${prefix}api`, scopes: "all" },
    },
    {
      type: "aic:Script",
      inputs: {
        realm,
        name: `${prefix}script`,
        context: "OAUTH2_MAY_ACT_NEXT_GEN",
        script: "// of an acceptance run\n",
      },
      changed: { realm, name: `${prefix}script`, context: "OAUTH2_MAY_ACT_NEXT_GEN", script: "// changed\n" },
    },
    { ...secret, changed: { ...secret.inputs, value: secretText() } },
    {
      type: "aic:EsvVariable",
      inputs: { variableId: `esv-${prefix}variable`, value: "one", description: "Of an acceptance run" },
      changed: { variableId: `esv-${prefix}variable`, value: "two" },
    },
    {
      type: "aic:SecretLabel",
      needs: [secret, { ...secret, inputs: { ...secret.inputs, secretId: `esv-${prefix}other` } }],
      inputs: { realm, label, secretId: `esv-${prefix}secret` },
      changed: { realm, label, secretId: `esv-${prefix}other` },
    },
  ];
  return tier === "development" ? [...samples, ...writtenInDevelopment(prefix, realm, user)] : samples;
}

/** What stands in for people, and what the whole realm shares: entries of its own are added and taken out again. */
function writtenInDevelopment(prefix: string, realm: string, user: Declared): Sample[] {
  const journey = {
    type: "aic:Journey",
    inputs: {
      ...{ realm, name: `${prefix}journey`, description: "Of an acceptance run", entry: "username" },
      nodes: {
        username: { type: "ValidatedUsernameNode", displayName: "Platform Username", outcomes: { outcome: "success" } },
      },
    },
  };
  const group = { realm, name: `${prefix}group` };
  return [
    { ...user, changed: { ...user.inputs, givenName: "Changed" } },
    {
      type: "aic:Group",
      needs: [user],
      inputs: { ...group, description: "Of an acceptance run", members: [`${prefix}user`] },
      changed: group,
    },
    { ...journey, changed: { ...journey.inputs, description: "Changed" } },
    {
      type: "aic:AcrMapping",
      needs: [journey],
      inputs: { realm, acr: `${prefix}acr`, journey: `${prefix}journey`, baseline: {} },
      changed: { realm, acr: `${prefix}acr`, journey: `${prefix}journey`, baseline: {} },
    },
    {
      type: "aic:GrantTypes",
      inputs: { realm, grantTypes: [`urn:${prefix}grant`], baseline: [] },
      changed: { realm, grantTypes: [`urn:${prefix}other`], baseline: [] },
    },
  ];
}
