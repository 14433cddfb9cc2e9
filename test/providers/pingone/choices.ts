/** What the fields of the PingOne kinds are drawn from where a schema cannot know. */

import fc from "fast-check";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import type { Choices } from "../../support/arbitrary.ts";
import { httpsUrl, webUrl } from "../../support/urls.ts";

const oneOf = (...words: string[]) => fc.constantFrom(...words);
const someOf = (...words: string[]) => fc.subarray(words);
const jwk = fc.record({
  kid: fc.stringMatching(/^[a-z]{4,8}$/),
  kty: fc.constant("EC"),
  x: fc.base64String({ minLength: 4 }),
});

/** A text of an agreement. */
const content = fc.record(
  {
    title: fc.stringMatching(/^[A-Z][a-z ]{2,9}$/),
    text: fc.stringMatching(/^[A-Z][a-z .\n<>&]{2,40}$/),
    format: oneOf("plain", "html"),
  },
  { requiredKeys: ["title", "text"] },
);

/** Fields that must name something which is there, or a word that PingOne knows. */
export const choices: Record<string, Choices> = {
  "*": {
    environmentId: undefined,
    applicationId: undefined,
    resourceId: undefined,
    icon: undefined,
    stopped: undefined, // only a refresh sets it
    onRemove: fc.constant("delete"), // the others leave it to the next run
    extra: undefined, // what PingOne makes of properties it does not know is not recorded
    application: fc.constant("support-agent"),
    undeclared: fc.constant({}),
    authMethod: oneOf("client_secret_basic", "client_secret_post", "client_secret_jwt", "PRIVATE_KEY_JWT"),
    grantTypes: someOf(
      "authorization_code",
      "client_credentials",
      "implicit",
      "token_exchange",
      "urn:openid:params:grant-type:ciba",
    ),
    responseTypes: someOf("code", "token", "ID_TOKEN"),
    refreshTokenFormat: oneOf("opaque_token", "json_web_token"),
    refreshTokenLifetime: fc.integer({ min: 60, max: 1_000 }),
    refreshTokenRollingLifetime: fc.integer({ min: 1_000, max: 10_000 }),
    refreshTokenGracePeriod: fc.integer({ min: 0, max: 86_400 }),
    pkce: oneOf("optional", "required", "s256_required"),
    pushedAuthorizationRequestLifetime: fc.integer({ min: 1, max: 600 }),
    codeLifetime: fc.integer({ min: 1, max: 3_600 }),
    pollingInterval: fc.integer({ min: 1, max: 60 }),
    initiateLoginUri: httpsUrl,
    redirectUris: fc.array(
      webUrl.map((url) => url.replaceAll("*", "-")),
      { maxLength: 3 },
    ), // a wildcard needs a switch
    postLogoutRedirectUris: fc.array(webUrl, { maxLength: 3 }),
    keyRotationPolicy: fc.uuid(),
    corsOrigins: fc.oneof(oneOf("any", "none"), someOf("https://b.example.com", "http://a.example.com")),
    jwksUri: httpsUrl,
    jwks: fc.record({ keys: fc.uniqueArray(jwk, { maxLength: 2, selector: ({ kid }) => kid }) }),
    groups: fc.record({ match: oneOf("any", "all"), names: fc.constant(["customers"]) }),
  },
  "pingone:AiAgent": { name: fc.constant("another agent") },
  "pingone:Application": { name: fc.constant("an application") },
  "pingone:Resource": {
    name: fc.constant("an API"),
    accessTokenLifetime: fc.integer({ min: 300, max: 2_592_000 }),
    claims: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.oneof(
        webUrl,
        fc.record({ sub: fc.uuid() }),
        fc.record({ value: fc.oneof(webUrl, fc.record({ sub: fc.uuid() })), required: fc.boolean() }),
      ),
    ),
  },
  "pingone:ScopeGrant": {
    resource: oneOf("Orders API", "openid"),
    scopes: someOf("read", "write", "openid", "profile"),
  },
  "pingone:PolicyAssignments": {
    policies: fc.oneof(
      fc.record({ kind: fc.constant("sign-on"), names: fc.shuffledSubarray(["Single_Factor", "Multi_Factor"]) }),
      fc.record({ kind: fc.constant("davinci"), names: fc.shuffledSubarray(["Agent Sign On", "Agent Approval"]) }),
    ),
  },
  "pingone:AttributeMapping": { name: fc.stringMatching(/^[a-z_]{4,9}$/), scopes: undefined },
  "pingone:Owner": {
    user: oneOf("demo.owner", "end.user"),
    group: oneOf("customers"),
    role: oneOf("Application Owner"),
  },
  "pingone:Agreement": {
    name: fc.constant("an agreement"),
    languages: fc.record(
      { en: content, fr: content },
      { requiredKeys: ["en"] }, // the default language of the environment has to be there
    ),
  },
  "pingone:SignOnPolicy": {
    name: fc.constant("a policy"),
    actions: fc.constantFrom([{ type: "login" }], [{ type: "login" }, { type: "agreement", agreement: "Consent" }]),
  },
  "pingone:Group": { name: fc.constant("customers") },
  "pingone:Population": { name: fc.constant("Default") },
};

/** What must be there before. */
export const needs = [
  { type: "pingone:AiAgent", inputs: { name: "support-agent" } },
  { type: "pingone:Resource", inputs: { name: "Orders API", scopes: { read: "", write: "" } } },
  { type: "pingone:Agreement", inputs: { name: "Consent", languages: { en: { title: "Consent", text: "I agree." } } } },
];

/** What PingOne alone can judge: a resource without the scopes, and a response type whose grant was never given. */
export function isPossible(type: string, { resource, scopes, responseTypes = [], grantTypes }: Properties): boolean {
  if (type !== "pingone:ScopeGrant") return grantTypes !== undefined || !(responseTypes as string[]).includes("code");
  const known = resource === "openid" ? ["openid", "profile"] : ["read", "write"];
  return (scopes as string[]).every((scope) => known.includes(scope));
}
