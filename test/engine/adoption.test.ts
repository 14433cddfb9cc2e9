/**
 * Objects that exist already and that nobody declared (decision 0007): refused with their differences, taken over when equal,
 * changed when that is wanted; per resource and per stack. Every kind that can meet such an object is in the table.
 */

import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { hands, part } from "../support/hands.ts";
import { summary } from "./cli.ts";
import { development, everything, everythingCount, everythingEnv } from "./declarations.ts";
import { openProject } from "./project.ts";

const LABEL = "am.applications.oauth2.client.demo.app.secret";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
const byHand = hands(tenant);
const { idm, environment } = tenant.admin;
const am = tenant.admin.am("alpha");
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** An agent whose identity has an id that is not ours. */
function theirAgent(id: string, sections: object, name = "Theirs") {
  const _id = randomUUID();
  const identity = { aiAgentIdentityUid: _id, aiAgentIdentityAttributes: { _id, oauth2ClientId: id, name } };
  return am.put("AIAgent", id, { ...sections, ...identity });
}

type Foreign = {
  /** Kind and natural key, as errors name the resource. */
  readonly resource: string;
  readonly make: () => Promise<unknown>;
  /** Rows of one wave can be refused in one run: none of them needs another. */
  readonly wave: 1 | 2 | 3 | 4;
  /** One of the differences that the refusal must list. */
  readonly difference: string;
};

const foreign: readonly Foreign[] = [
  {
    resource: "aic:AiAgent alpha/demo-agent",
    wave: 2,
    make: () => theirAgent("demo-agent", { coreOAuth2ClientConfig: { scopes: ["theirs"] } }),
    difference: 'scopes: declared ["openid","own"], found ["theirs"]',
  },
  {
    resource: "aic:OAuth2Client alpha/demo-app",
    wave: 2,
    make: () => am.put("OAuth2Client", "demo-app", { coreOAuth2ClientConfig: { scopes: ["theirs"] } }),
    difference: 'scopes: declared ["read","write"], found ["theirs"]',
  },
  {
    resource: "aic:Application alpha/demo-app",
    wave: 3,
    make: () => {
      const id = randomUUID();
      const body = { _id: id, name: "Demo App", templateName: "web", templateVersion: "1.0" };
      return idm.create("managed/alpha_application", id, { ...body, ssoEntities: { oidcId: "theirs" } });
    },
    difference: 'clientId: declared "demo-app", found "theirs"',
  },
  {
    resource: "aic:Group alpha/demo-group",
    wave: 1,
    make: () => idm.create("managed/alpha_group", "demo-group", { name: "demo-group", description: "Theirs" }),
    difference: 'description: declared "Demo", found "Theirs"',
  },
  {
    resource: "aic:EsvSecret esv-demo-secret",
    wave: 1,
    make: () => {
      const body = { valueBase64: base64("their secret"), description: "Theirs", encoding: "generic" as const };
      return environment.createSecret("esv-demo-secret", { ...body, useInPlaceholders: false });
    },
    difference: 'description: declared "Demo", found "Theirs"',
  },
  {
    resource: "aic:EsvVariable esv-demo-variable",
    wave: 1,
    make: () =>
      environment.putVariable("esv-demo-variable", { valueBase64: base64("theirs"), expressionType: "string" }),
    difference: 'value: declared "one", found "theirs"',
  },
  {
    resource: `aic:SecretLabel alpha/${LABEL}`,
    wave: 2,
    make: () => am.secretMappings.put(LABEL, { _id: LABEL, secretId: LABEL, aliases: ["esv-theirs"] }),
    difference: 'secretId: declared "esv-demo-secret", found "esv-theirs"',
  },
  {
    resource: "aic:Journey alpha/Demo Approval",
    wave: 1,
    make: async () => {
      const { _id, _rev, ...login } = (await am.trees.get("Login")) ?? {};
      await am.trees.put("Demo Approval", login);
    },
    difference: 'description: declared "Asks the user on a registered device to approve what an agent wants to do"',
  },
  {
    resource: "aic:AcrMapping alpha/demo",
    wave: 4,
    make: () =>
      byHand.provider((document) => {
        part(document, "advancedOIDCConfig").loaMapping = { demo: "Login" };
      }),
    difference: 'journey: declared "Demo Approval", found "Login"',
  },
];

test.for([1, 2, 3, 4])("never: each is refused with what differs, and stays as it is, wave %i", async (number) => {
  await tenant.reset();
  const wave = foreign.filter((row) => row.wave === number);
  for (const { make } of wave) await make();
  const theirs = await tenant.content();
  const stack = await addStack(`never-${number}`, everything, {}, everythingEnv);
  const { stdout } = await stack.up({ args: ["--continue-on-error"], exit: 1, processes: true });
  for (const { resource, difference } of wave) {
    expect(stdout).toMatch(new RegExp(`at .+declaration\\.yaml:\\d+:\\d+, .+, ${resource}, tenant`));
    expect(stdout).toContain(difference);
  }
  expect(stdout.split("Diagnostics:")[1]?.match(/ERR_\w+/g)).toEqual(wave.map(() => "ERR_OBJECT_EXISTS"));
  expect(stdout).toContain('"adopt: overwrite" changes it');
  await stack.destroy();
  expect(await tenant.content()).toEqual(theirs);
});

test("overwrite for the whole stack: all become what is declared, and are the stack's from then on", async () => {
  await tenant.reset();
  for (const { make } of foreign) await make();
  const stack = await addStack("overwrite", everything, { "ping-agents:adopt": "overwrite" }, everythingEnv);
  expect(summary(await stack.up())).toEqual({ created: everythingCount });
  expect(summary(await stack.drift())).toEqual({ unchanged: everythingCount });
  await stack.destroy();
  const left = await Promise.all([
    ...[am.get("AIAgent", "demo-agent"), am.get("OAuth2Client", "demo-app"), am.trees.get("Demo Approval")],
    ...[environment.getSecret("esv-demo-secret"), environment.getVariable("esv-demo-variable")],
    ...[am.secretMappings.get(LABEL), byHand.find("group", "name", "demo-group")],
    byHand.find("application", "name", "Demo App"),
  ]);
  expect(left.filter(Boolean)).toEqual([]);
  // An entry that was there before the stack goes back to what it was.
  const document = await am.getOAuth2Provider();
  expect(document?.advancedOIDCConfig).toMatchObject({ loaMapping: { demo: "Login" } });
});

test("match and overwrite on single resources: equal is taken over without a write, different is changed", async () => {
  await tenant.reset();
  const agent = (name: string, adopt: string) => ({
    ...{ name, adopt, pattern: "autonomous", scopes: ["declared"] },
  });
  const declaration = (adopt: { equal: string; other: string }) => ({
    ...development,
    agents: { equal: agent("Equal", adopt.equal), other: agent("Other", adopt.other) },
  });
  const maker = await addStack("maker", declaration({ equal: "never", other: "never" }));
  await maker.up();
  // The same agents, but with identities that are not ours.
  for (const id of ["equal", "other"]) {
    const { _rev, ...document } = { ...(await am.get("AIAgent", id)) };
    await am.delete("AIAgent", id);
    await theirAgent(id, document, id === "equal" ? "Equal" : "Theirs");
  }
  const stack = await addStack("single", declaration({ equal: "match", other: "match" }));
  const { stdout } = await stack.up({ args: ["--continue-on-error"], exit: 1, processes: true });
  expect(stdout).toContain('name: declared "Other", found "Theirs"');
  expect(stack.resources.map(({ id }) => id)).toEqual(["alpha/equal"]);

  stack.declare(declaration({ equal: "match", other: "overwrite" }));
  expect(summary(await stack.up())).toEqual({ created: 1, unchanged: 5 });
  expect(await byHand.find("aiagent", "oauth2ClientId", "other")).toMatchObject({ name: "Other" });
});
