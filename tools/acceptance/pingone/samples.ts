/** Every PingOne kind by example, under the prefix of a run. */

import { GRANT } from "../../../src/verify/grants.ts";
import type { Declared, Sample } from "../lives.ts";

/**
 * Look-ups, which write nothing; and what needs people or policies of the environment, which the kit does not make: a run would
 * give a role to somebody.
 */
export const LEFT_OUT = ["pingone:Group", "pingone:Population", "pingone:Owner", "pingone:PolicyAssignments"] as const;

export function pingOneSamples(prefix: string): Sample[] {
  const [name, resource, portal] = [`${prefix}agent`, `${prefix}api`, `${prefix}portal`];
  const description = "Of an acceptance run";
  const agent: Declared = {
    type: "pingone:AiAgent",
    inputs: {
      ...{ name, description, authMethod: "client_secret_basic", onRemove: "delete" },
      grantTypes: [GRANT.clientCredentials, GRANT.tokenExchange],
    },
  };
  const api: Declared = {
    type: "pingone:Resource",
    inputs: {
      ...{ name: resource, audience: `https://${prefix}api.example.com`, accessTokenLifetime: 900 },
      ...{ scopes: { [`${prefix}read`]: "Read", [`${prefix}write`]: "" }, claims: { act: userOf("id") } },
    },
  };
  const web = {
    ...{ name: portal, type: "web", grantTypes: ["authorization_code"], responseTypes: ["code"] },
    redirectUris: ["https://acceptance.example.com/callback"],
  };
  const languages = { en: { title: "Acceptance", text: "Nobody is asked to consent to this." } };
  const consent = { name: `${prefix}agreement`, description, reconsentPeriodDays: 180, languages };
  const policy = { name: `${prefix}policy` };
  const grant = { application: name, resource };
  const mapping = { application: name, name: "email" };
  return [
    {
      ...agent,
      changed: { name, grantTypes: [GRANT.clientCredentials], enabled: false, corsOrigins: "none", onRemove: "delete" },
    },
    {
      ...{ type: "pingone:Application", inputs: { ...web, authMethod: "client_secret_post" } },
      changed: { ...web, authorization: { pkce: "required" } },
    },
    {
      ...api,
      changed: { name: resource, description, scopes: { [`${prefix}read`]: "" }, claims: { may_act: { sub: name } } },
    },
    {
      ...{ type: "pingone:ScopeGrant", needs: [agent, api] },
      inputs: { ...grant, scopes: [`${prefix}read`, `${prefix}write`] },
      changed: { ...grant, scopes: [`${prefix}read`] },
    },
    {
      ...{ type: "pingone:AttributeMapping", needs: [agent] },
      inputs: { ...mapping, value: userOf("email"), userInfo: false },
      changed: { ...mapping, value: userOf("username"), required: true },
    },
    {
      ...{ type: "pingone:Secret", needs: [agent] },
      inputs: { application: name },
      changed: { application: name, rotation: "again", overlap: 86_400 },
    },
    {
      ...{ type: "pingone:SignOnPolicy", needs: [{ type: "pingone:Agreement", inputs: consent }] },
      inputs: { ...policy, actions: [{ type: "login" }, { type: "agreement", agreement: consent.name }] },
      changed: { ...policy, description, actions: [{ type: "login" }] },
    },
    { type: "pingone:Agreement", inputs: consent, changed: { name: consent.name, languages } },
  ];
}

/** An expression over the user, in PingOne's own notation. */
const userOf = (path: string) => `$\{user.${path}}`;
