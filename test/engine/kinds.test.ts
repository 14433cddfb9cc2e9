/**
 * The whole life of every AIC kind that can be declared, on the real engine: create, nothing to do, update, change by hand
 * found and repaired, delete. One stack has all of them and goes through the steps; the table says what each step means for a
 * kind. A kind needs no row: what is its own goes through the same steps in test/providers.
 */

import { afterAll, expect, test } from "vitest";
import { aicDeclarationSchema } from "../../src/components/aic/declaration.ts";
import { withoutMark } from "../../src/providers/owner.ts";
import { startAic } from "../support/aic.ts";
import { hands, part } from "../support/hands.ts";
import { summary } from "./cli.ts";
import { declaredTypes, everything, everythingCount, everythingEnv } from "./declarations.ts";
import { openProject } from "./project.ts";

type Json = Record<string, unknown>;
type Row = {
  /** Kind and name, as the plan names the resource. */
  readonly resource: string;
  /** What to look at in the tenant; undefined when it is not there. */
  readonly live: () => Promise<unknown>;
  readonly created: unknown;
  /** The change of the declaration, and what it leads to. */
  readonly change?: (declaration: typeof everything) => void;
  readonly changed: unknown;
  /** The change by hand, and the properties in which it is seen. */
  readonly byHand?: () => Promise<unknown>;
  readonly drift?: readonly string[];
};

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
const LABEL = "am.applications.oauth2.client.demo.app.secret";
const CORE = "coreOAuth2ClientConfig";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
const byHand = hands(tenant);
const { environment } = tenant.admin;
const am = tenant.admin.am("alpha");

const unwrapped = (section: unknown, name: string) => ((section as Json)?.[name] as { value?: unknown })?.value;
const core = async (type: "AIAgent" | "OAuth2Client", id: string) => (await am.get(type, id))?.[CORE];
const provider = async (section: string) => (await am.getOAuth2Provider())?.[section] as Json;

const scripts = am.collection("scripts", "protocol=2.0,resource=1.0");
const scriptText = async (name: string) => {
  const [live] = await scripts.query(`name eq "${name}"`);
  return live && atob(String(live.script));
};

const rows: readonly Row[] = [
  {
    resource: "aic:User alpha/demo.user",
    live: async () => (await byHand.find("user", "userName", "demo.user"))?.givenName,
    created: "Demo",
    change: ({ users }) => Object.assign(users["demo.user"], { givenName: "Demonstration" }),
    changed: "Demonstration",
    byHand: () => byHand.managed("user", "userName", "demo.user", { givenName: "Hand" }),
    drift: ["givenName"],
  },
  {
    resource: "aic:Group alpha/demo-group",
    live: async () => withoutMark((await byHand.find("group", "name", "demo-group"))?.description),
    created: "Demo",
    change: ({ groups }) => Object.assign(groups["demo-group"], { description: "Changed" }),
    changed: "Changed",
    byHand: () => byHand.managed("group", "name", "demo-group", { members: [] }),
    drift: ["members[0]"],
  },
  {
    resource: "aic:EsvSecret esv-demo-secret",
    live: async () => (await environment.getSecret("esv-demo-secret"))?.activeVersion,
    created: "1",
    change: ({ esvSecrets }) => Object.assign(esvSecrets["esv-demo-secret"], { value: { env: "DEMO_PASSWORD" } }),
    changed: "2",
    byHand: async () => {
      const { description = "" } = (await environment.getSecret("esv-demo-secret")) ?? {};
      await environment.setSecretDescription("esv-demo-secret", `Hand ${description}`);
    },
    drift: ["description"],
  },
  {
    resource: "aic:EsvVariable esv-demo-variable",
    live: async () => {
      const found = await environment.getVariable("esv-demo-variable");
      return found && Buffer.from(found.valueBase64, "base64").toString();
    },
    created: "one",
    change: ({ esvVariables }) => Object.assign(esvVariables["esv-demo-variable"], { value: "two" }),
    changed: "two",
    byHand: async () => {
      const valueBase64 = Buffer.from("hand").toString("base64");
      const { description = "" } = (await environment.getVariable("esv-demo-variable")) ?? {};
      await environment.putVariable("esv-demo-variable", { valueBase64, description, expressionType: "string" });
    },
    drift: ["value"],
  },
  {
    resource: "aic:Journey alpha/Demo Approval",
    live: async () => withoutMark((await am.trees.get("Demo Approval"))?.description),
    created: "Asks the user on a registered device to approve what an agent wants to do",
    change: ({ journeys }) => Object.assign(journeys["Demo Approval"], { description: "Asks" }),
    changed: "Asks",
    byHand: () => byHand.node("Demo Approval", "PollingWaitNode", { secondsToWait: 30 }),
    drift: ["nodes.wait.properties.secondsToWait"],
  },
  {
    resource: "aic:ProviderBaseline alpha",
    live: async () => (await provider("coreOAuth2Config")).codeLifetime,
    created: 120,
    changed: 120,
  },
  {
    resource: "aic:GrantTypes alpha",
    live: async () => ((await provider("advancedOAuth2Config")).grantTypes as string[]).includes(TOKEN_EXCHANGE),
    created: true,
    change: ({ provider }) => provider.grantTypes.push("device_code"),
    changed: true,
    byHand: () =>
      byHand.provider((document) => {
        const section = part(document, "advancedOAuth2Config");
        section.grantTypes = (section.grantTypes as string[]).filter((type) => type !== TOKEN_EXCHANGE);
      }),
    drift: ["grantTypes[1]", "grantTypes[2]"],
  },
  {
    resource: "aic:ProviderSetting alpha/acceptAudienceParametersInTokenExchangeRequests",
    live: async () => (await provider("advancedOAuth2Config")).acceptAudienceParametersInTokenExchangeRequests,
    created: true,
    changed: true,
    byHand: () =>
      byHand.provider((document) => {
        part(document, "advancedOAuth2Config").acceptAudienceParametersInTokenExchangeRequests = false;
      }),
    drift: ["value"],
  },
  {
    resource: "aic:Script demo-agent/may-act",
    live: async () => scriptText("demo-agent may act"),
    created: 'token.setMayAct({"client_id":"demo-app","sub":"demo-app"});\n',
    changed: 'token.setMayAct({"client_id":"demo-app","sub":"demo-app"});\n',
    byHand: async () => {
      const [live] = await scripts.query('name eq "demo-agent may act"');
      await scripts.put(String(live?._id), { ...live, script: btoa("token.setMayAct({});") });
    },
    drift: ["script"],
  },
  {
    resource: "aic:AcrMapping alpha/demo",
    live: async () => ((await provider("advancedOIDCConfig")).loaMapping as Json).demo,
    created: "Demo Approval",
    change: ({ provider }) => Object.assign(provider.acr, { demo: "Login" }),
    changed: "Login",
    byHand: () =>
      byHand.provider((document) => {
        part(document, "advancedOIDCConfig").loaMapping = { demo: "Demo Approval", other: "Login" };
      }),
    drift: ["journey"],
  },
  {
    resource: "aic:SecretLabel demo-app",
    live: async () => (await am.secretMappings.get(LABEL))?.aliases,
    created: ["esv-demo-secret"],
    change: ({ applications, esvSecrets }) => {
      Object.assign(esvSecrets, { "esv-demo-other": { ...esvSecrets["esv-demo-secret"] } });
      Object.assign(applications["demo-app"], { secret: { esv: "esv-demo-other" } });
    },
    changed: ["esv-demo-other"],
    byHand: () => am.secretMappings.put(LABEL, { _id: LABEL, secretId: LABEL, aliases: ["esv-demo-secret"] }),
    drift: ["secretId"],
  },
  {
    resource: "aic:OAuth2Client demo-app",
    live: async () => unwrapped(await core("OAuth2Client", "demo-app"), "scopes"),
    created: ["read", "write"],
    change: ({ applications }) => Object.assign(applications["demo-app"], { scopes: ["read"] }),
    changed: ["read"],
    byHand: () => byHand.agent("OAuth2Client", "demo-app", CORE, { scopes: ["read", "admin"] }),
    drift: ["scopes[0]", "scopes[1]"],
  },
  {
    resource: "aic:Application demo-app",
    live: async () => withoutMark((await byHand.find("application", "name", "Demo App"))?.description),
    created: "Demo",
    change: ({ applications }) => Object.assign(applications["demo-app"], { description: "Changed" }),
    changed: "Changed",
    byHand: () => byHand.managed("application", "name", "Demo App", { owners: [] }),
    drift: ["owners[0]"],
  },
  {
    resource: "aic:CibaKey demo-agent",
    live: async () => {
      const document = await am.get("AIAgent", "demo-agent");
      const text = unwrapped(document?.signEncOAuth2ClientConfig, "jwkSet");
      return document && (JSON.parse(String(text)) as { keys: unknown[] }).keys.length;
    },
    created: 1,
    change: ({ agents }) => Object.assign(agents["demo-agent"].ciba, { rotation: "second" }),
    changed: 2, // the key before stays beside it
  },
  {
    resource: "aic:AiAgent demo-agent",
    live: async () => (await byHand.find("aiagent", "oauth2ClientId", "demo-agent"))?.name,
    created: "Demo Agent",
    change: ({ agents }) => Object.assign(agents["demo-agent"], { name: "Changed Agent" }),
    changed: "Changed Agent",
    byHand: () => byHand.agent("AIAgent", "demo-agent", CORE, { status: "Inactive" }),
    drift: ["enabled"],
  },
  {
    resource: "aic:AgentPrivilege demo-agent/demo-app",
    live: async () => (await byHand.find("aiagentprivilege", "agentOAuth2ClientId", "demo-agent"))?.permissions,
    created: [{ type: "scopes", values: ["read"] }],
    change: ({ agents }) => Object.assign(agents["demo-agent"].access[0] ?? {}, { scopes: "all" }),
    changed: [],
    byHand: () => byHand.managed("aiagentprivilege", "agentOAuth2ClientId", "demo-agent", { subjects: [] }),
    drift: ["subjects[0]"],
  },
];

const look = async () =>
  Object.fromEntries(await Promise.all(rows.map(async ({ resource, live }) => [resource, await live()])));
const expected = (column: "created" | "changed") => Object.fromEntries(rows.map((row) => [row.resource, row[column]]));

const stack = await addStack("kinds", everything, {}, everythingEnv);
const before = await tenant.dump();

test("the declaration says all that one can say", () => {
  const place = "a row in `everything` of test/engine/declarations.ts";
  // Its tenant is the one of the test, whose address nobody can declare before.
  const { tenant: _tenant, ...declarable } = aicDeclarationSchema.shape;
  expect(Object.keys(everything).toSorted(), place).toEqual(Object.keys(declarable).toSorted());
});

test("create", async () => {
  expect(summary(await stack.up())).toEqual({ created: everythingCount });
  expect(await look()).toEqual(expected("created"));
  const types = stack.resources.map(({ type }) => type.replace("pulumi-nodejs:dynamic/", ""));
  expect([...new Set(types)].sort(), "a row in `everything`").toEqual(declaredTypes.toSorted());
});

test("nothing to do", async () => {
  const made = await tenant.dump();
  expect(summary(await stack.up({ args: ["--refresh"] }))).toEqual({ unchanged: everythingCount });
  expect(await tenant.dump()).toEqual(made);
});

test("update", async () => {
  const declaration = structuredClone(everything);
  for (const { change } of rows) change?.(declaration);
  const run = await stack.declare(declaration).up();
  const updated = rows.filter(({ change }) => change).length;
  expect(summary(run)).toEqual({ created: 1, updated, unchanged: everythingCount - updated });
  expect(await look()).toEqual(expected("changed"));
  expect((await provider("advancedOAuth2Config")).grantTypes).toContain(DEVICE_CODE);
  expect(summary(await stack.drift())).toEqual({ unchanged: everythingCount + 1 });
});

test("changed by hand, found and repaired", async () => {
  const declared = await tenant.content();
  for (const { byHand } of rows) await byHand?.();
  const drifted = rows.filter(({ drift }) => drift);
  expect(await stack.driftedProperties()).toEqual(Object.fromEntries(drifted.map((row) => [row.resource, row.drift])));
  await stack.up({ args: ["--refresh"] });
  expect(await look()).toEqual(expected("changed"));
  await byHand.provider((document) => {
    const { other, ...mapping } = part(document, "advancedOIDCConfig").loaMapping as Json;
    expect(other).toBe("Login"); // nobody declared it, so it was left alone
    part(document, "advancedOIDCConfig").loaMapping = mapping;
  });
  expect(await tenant.content()).toEqual(declared);
});

test("delete", async () => {
  expect(summary(await stack.destroy())).toEqual({ deleted: everythingCount + 1 });
  expect(await tenant.dump()).toStrictEqual(before);
});
