/** What holds everything together: whatever a kind accepts comes back unchanged, so a refresh never shows false drift. */

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aicKinds } from "../../../src/providers/aic/platform.ts";
import { type Properties, revealSecret } from "../../../src/providers/values.ts";
import { type LocalAic, startAic } from "../../support/aic.ts";
import { arbitraryOf, type Choices } from "../../support/arbitrary.ts";

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

/** Fields that must name something which is there, or that belong together. */
const choices: Record<string, Choices> = {
  "*": {
    realm: fc.constant("alpha"),
    tier: fc.constant("development"),
    owners: users,
    members: users,
    jwks: fc.record({ keys: fc.uniqueArray(jwk, { maxLength: 2, selector: ({ kid }) => kid }) }),
    extra: undefined, // what a tenant makes of attributes it does not know is not recorded
    softwareId: undefined, // the mark of a client that this kit made
    updateAccessToken: undefined,
    mail: fc.emailAddress(),
    ...Object.fromEntries(SCRIPTS.map((name) => [`${name}Script`, noScript])),
  },
  "aic:AgentPrivilege": {
    agent: fc.constant("support-agent"),
    application: fc.constant("billing-api"),
    subjects: users,
    subjectGroups: fc.array(fc.constant("customers"), { maxLength: 1 }),
    agentIdentityId: undefined,
    applicationId: undefined,
  },
  "aic:AcrMapping": { journey: fc.constant("Login"), baseline: fc.constant({}) },
  "aic:GrantTypes": { baseline: fc.constant([]) },
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
  "aic:SecretLabel": { label: fc.constant("am.applications.oauth2.client.support.secret") },
  "aic:User": { userName: fc.stringMatching(/^[a-z]{2,9}$/), password: fc.constant("Passw0rd-of-somebody") },
};

const plain = (properties: Properties | undefined) => {
  const entries = Object.entries(properties ?? {}).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, value]) => [key, revealSecret(value)]));
};
const sent = (properties: Properties | undefined) => ({ ...plain(properties), __provider: "test" });

describe("read(create(x)).inputs equals check(x)", () => {
  let tenant: LocalAic;
  beforeAll(async () => {
    vi.spyOn(console, "warn").mockReturnValue();
    tenant = await startAic();
    const needs: [string, Properties][] = [
      ["aic:OAuth2Client", { realm: "alpha", clientId: "billing-api" }],
      ["aic:Application", { realm: "alpha", clientId: "billing-api", name: "Billing API", template: "service" }],
      ["aic:AiAgent", { realm: "alpha", clientId: "support-agent", name: "Support agent" }],
    ];
    for (const [type, inputs] of needs) {
      const { inputs: checked } = await tenant.provider(type).check(undefined, inputs);
      await tenant.provider(type).create(sent(checked));
    }
  });
  afterAll(() => tenant.stop());

  test.each(aicKinds.map(({ type, schema }) => [type, schema] as const))("%s", async (type, schema) => {
    const arbitrary = arbitraryOf(schema, { ...choices["*"], ...choices[type] }) as fc.Arbitrary<Properties>;
    const property = fc.asyncProperty(arbitrary, async (inputs) => {
      const wanted = await tenant.provider(type).check(undefined, sent(inputs));
      fc.pre(wanted.failures.length === 0);
      expect((await tenant.provider(type).check(undefined, sent(wanted.inputs))).inputs).toEqual(wanted.inputs);
      const { id, outs } = await tenant.provider(type).create(sent(wanted.inputs));
      try {
        const { inputs: seen } = await tenant.provider(type).read(id, sent(outs));
        expect(plain(seen)).toEqual(plain(wanted.inputs));
      } finally {
        await tenant.provider(type).delete(id, sent(outs));
      }
    });
    await fc.assert(property, { numRuns: 25 });
  });
});
