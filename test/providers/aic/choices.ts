/** What the fields of the AIC kinds are drawn from where a schema cannot know. */

import fc from "fast-check";
import { CIBA } from "../../../src/fields/grant-types.ts";
import type { Choices } from "../../support/arbitrary.ts";

const user = fc.constantFrom("barbara.jensen", "demo.owner", "end.user");
const users = fc.array(user, { maxLength: 3 });
const jwk = fc.record({
  kid: fc.stringMatching(/^[a-z]{4,8}$/),
  kty: fc.constant("EC"),
  x: fc.base64String({ minLength: 4 }),
});

/** AM refuses scripts that are not there. */
const noScript = fc.constant("[Empty]");
const SCRIPTS = [
  ...["accessTokenMayAct", "accessTokenModification", "authorizeEndpointDataProvider", "evaluateScope"],
  ...["oidcClaims", "oidcMayAct", "validateScope"],
];

/** Names of groups, which are their ids, that a reference encodes (aic §15). */
const ENCODED = ["a/b", "50%41", "all of them"];

/** Fields that must name something which is there, or that belong together. */
export const choices: Record<string, Choices> = {
  "*": {
    realm: fc.constant("alpha"),
    tier: fc.constant("development"),
    grantTypes: fc.subarray(["client_credentials", "token_exchange", CIBA, "urn:example:grant"], { minLength: 1 }),
    owners: users,
    members: users,
    jwks: fc.record({ keys: fc.uniqueArray(jwk, { maxLength: 2, selector: ({ kid }) => kid }) }),
    stopped: undefined, // only a refresh sets it
    onRemove: fc.constant("delete"), // the others leave it to the next run
    extra: undefined, // what a tenant makes of attributes it does not know is not recorded
    softwareId: undefined, // the mark of a client that this kit made
    updateAccessToken: undefined,
    mail: fc.emailAddress(),
    ...Object.fromEntries(SCRIPTS.map((name) => [`${name}Script`, noScript])),
  },
  "aic:AiAgent": {
    privileges: fc.record({
      "support-agent/billing-api": fc.record(
        { application: fc.constant("billing-api"), scopes: fc.constantFrom("all", ["write", "read"]), subjects: users },
        { requiredKeys: ["application", "scopes"] },
      ),
    }),
    undeclared: fc.constant({}),
    allow: fc.subarray(
      ["b", "a"].map((access) => ({ access, reason: "a trial", owner: "ann", expires: "2026-12-31" })),
    ),
  },
  "aic:AgentPrivilege": {
    agent: fc.constant("support-agent"),
    application: fc.constant("billing-api"),
    subjects: users,
    subjectGroups: fc.array(fc.constantFrom("customers", ...ENCODED), { maxLength: 3 }),
    agentIdentityId: undefined,
    applicationId: undefined,
  },
  "aic:AcrMapping": { journey: fc.constant("Login"), baseline: fc.constant({}) },
  "aic:GrantTypes": { baseline: fc.constant([]) },
  "aic:ProviderSetting": { value: fc.constantFrom(true, false, "RS256", "ES512"), baseline: fc.constant({}) },
  "aic:Journey": {
    entry: fc.constant("a"),
    nodes: fc.record({
      a: fc.record({ type: fc.constant("ValidatedUsernameNode"), outcomes: fc.constant({ outcome: "b" }) }),
      b: fc.record({
        type: fc.constant("PollingWaitNode"),
        properties: fc.record({ secondsToWait: fc.integer({ min: 1, max: 60 }) }),
        outcomes: fc.constantFrom({ DONE: "success" }, { DONE: "a" }),
      }),
    }),
  },
  "aic:Script": {
    // What is said as values needs one of the first two.
    context: fc.constantFrom("OAUTH2_MAY_ACT_NEXT_GEN", "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN", "OIDC_CLAIMS"),
  },
  "aic:SecretLabel": { label: fc.constant("am.applications.oauth2.client.support.secret") },
  "aic:User": { userName: fc.stringMatching(/^[a-z]{2,9}$/), password: fc.constant("Passw0rd-of-somebody") },
};

/** What must be there before. */
export const needs = [
  { type: "aic:OAuth2Client", inputs: { realm: "alpha", clientId: "billing-api" } },
  {
    type: "aic:Application",
    inputs: { realm: "alpha", clientId: "billing-api", name: "Billing API", template: "service" },
  },
  { type: "aic:AiAgent", inputs: { realm: "alpha", clientId: "support-agent", name: "Support agent" } },
  ...ENCODED.map((name) => ({ type: "aic:Group", inputs: { realm: "alpha", tier: "development", name } })),
];
