/**
 * The main job on the real engine, each command once with the processes that it starts: declare, provision, nothing to do, drift by property,
 * repair, removal, tenant as before.
 */

import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { hands, part } from "../support/hands.ts";
import { calls, tokenCalls, writes } from "../support/tenant.ts";
import { CHANGES, summary } from "./cli.ts";
import { devDeclaration, openProject } from "./project.ts";

const AGENT = "digital-assistant-ai-agent";
const CORE = "coreOAuth2ClientConfig";

const tenant = await startAic({ people: false });
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
const processes = true;
const stack = await addStack("dev", readFileSync(devDeclaration, "utf8"), {}, tenant.passwords);
const before = await tenant.dump();
const byHand = hands(tenant);

test("up provisions what dev.yaml declares", async () => {
  expect(summary(await stack.up({ processes }))).toEqual({ created: 27 });
});

test("a second up has nothing to do and asks for nothing but the identity of the tenant", async () => {
  const seen = await tenant.count(async () => {
    expect(summary(await stack.up({ processes }))).toEqual({ unchanged: 27 });
  });
  expect(calls(seen).map(({ path }) => path)).toEqual(["/am/json/serverinfo/*"]);
});

test("a preview writes nothing and asks for one token at most", async () => {
  const seen = await tenant.count(() => stack.preview({ args: ["--expect-no-changes"], processes }));
  expect(writes(seen)).toEqual([]);
  expect(tokenCalls(seen).length).toBeLessThanOrEqual(1);
});

test("the tenant does not differ from the state; a refresh writes nothing and asks for one token", async () => {
  const provisioned = await tenant.dump();
  const seen = await tenant.count(async () => {
    expect(summary(await stack.drift({ processes }))).toEqual({ unchanged: 27 });
  });
  expect(await tenant.dump()).toEqual(provisioned);
  expect(writes(seen)).toEqual([]);
  expect(tokenCalls(seen)).toHaveLength(1);
});

test("what was changed by hand is drift by property, is repaired, and nothing else is touched", async () => {
  const provisioned = await tenant.content();
  await byHand.agent("AIAgent", "bot-traffic-analyzer-agent", CORE, { scopes: ["monitor-system", "admin"] });
  await byHand.managed("aiagentprivilege", "agentOAuth2ClientId", AGENT, {
    permissions: [{ type: "scopes", values: ["read-data", "write-data"] }],
  });
  await byHand.managed("aiagent", "oauth2ClientId", AGENT, { owners: [] });
  await byHand.provider((document) => {
    const section = part(document, "advancedOAuth2Config");
    section.grantTypes = (section.grantTypes as string[]).filter((type) => !type.endsWith("token-exchange"));
  });
  await byHand.node("Agent Push Sender", "PushAuthenticationSenderNode", { messageTimeout: 300_000 });
  const drifted = await tenant.content();

  expect(await stack.driftedProperties()).toEqual({
    "aic:AiAgent bot-traffic-analyzer-agent": ["scopes[0]", "scopes[1]"],
    [`aic:AgentPrivilege ${AGENT}/digital-assistant-web-app`]: ["scopes[1]"],
    [`aic:AiAgent ${AGENT}`]: ["owners[0]"],
    "aic:GrantTypes alpha": ["grantTypes[2]", "grantTypes[3]"],
    "aic:Journey alpha/Agent Push Sender": ["nodes.push.properties.messageTimeout"],
  });
  const { stdout } = await stack.drift({ exit: CHANGES });
  expect(stdout).toContain("messageTimeout: 120000 => 300000");
  expect(await tenant.content()).toEqual(drifted);

  expect(summary(await stack.up({ args: ["--refresh"], processes }))).toEqual({ updated: 5, unchanged: 22 });
  expect(await tenant.content()).toEqual(provisioned);
  expect(summary(await stack.drift())).toEqual({ unchanged: 27 });
});

test("metadata that nobody declared stays as it was set by hand", async () => {
  const metadata = { contacts: ["desk@example.com"] };
  await byHand.agent("AIAgent", AGENT, "advancedOAuth2ClientConfig", metadata);
  expect(summary(await stack.drift())).toEqual({ unchanged: 27 });
  await byHand.managed("aiagent", "oauth2ClientId", AGENT, { owners: [] });
  await stack.up({ args: ["--refresh"] });
  const document = await tenant.admin.am("alpha").get("AIAgent", AGENT);
  expect(document).toMatchObject({ advancedOAuth2ClientConfig: { contacts: { value: metadata.contacts } } });
});

test("destroy leaves the tenant as it was", async () => {
  expect(summary(await stack.destroy({ processes }))).toEqual({ deleted: 27 });
  expect(await tenant.dump()).toStrictEqual(before);
});
