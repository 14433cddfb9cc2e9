/** What an adoption writes of agreements and sign-on policies: what an agent's policy prompts for, and nothing else of the environment. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { pingOneCandidates } from "../../../src/adoption/pingone/candidates.ts";
import { policyResources } from "../../../src/adoption/pingone/entries.ts";
import { foundIn } from "../../../src/adoption/pingone/live.ts";
import { pingOneDeclarationSchema } from "../../../src/components/pingone/schema.ts";
import { pingOneContexts } from "../../../src/providers/pingone/context.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";

const WORDS = { en: { title: "Consent", text: "The agent may act in your name." } };
let tenant: LocalPingOne;

beforeAll(async () => {
  tenant = await startPingOne();
  const { admin } = tenant;
  const { id } = await admin.agreements.create({ name: "Agent Consent", enabled: false, reconsentPeriodDays: 30 });
  const languages = admin.collection(`agreements/${id}/languages`);
  const english = { displayName: WORDS.en.title, locale: "en" };
  const language = await languages.create({ ...english, enabled: false });
  await admin.collection(`agreements/${id}/languages/${language.id}/revisions`).create({
    ...{ contentType: "text/plain", effectiveAt: new Date().toISOString() },
    ...{ requireReconsent: true, text: WORDS.en.text },
  });
  await languages.replace(language.id, { ...english, enabled: true });
  await admin.agreements.replace(id, { name: "Agent Consent", enabled: true, reconsentPeriodDays: 30 });
  await admin.agreements.create({ name: "Of nobody here", enabled: false });
  const policy = async (name: string, condition?: object) => {
    const made = await admin.signOnPolicies.create({ name });
    const actions = admin.collection(`signOnPolicies/${made.id}/actions`);
    await actions.create({ type: "LOGIN", priority: 3 });
    await actions.create({ type: "AGREEMENT", priority: 7, agreement: { id }, ...(condition && { condition }) });
    return made.id;
  };
  const assigned = [await policy("Consent-Login"), await policy("Sometimes", { value: "x", equals: "y" })];
  const others = await admin.signOnPolicies.list();
  assigned.push(others.find(({ name }) => name === "Single_Factor")?.id ?? expect.unreachable());
  const agent = await admin.applications.create({
    ...{ name: "Guide", type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true, assignActorRoles: false },
    ...{ tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", grantTypes: ["CLIENT_CREDENTIALS"] },
  });
  for (const [index, one] of assigned.entries())
    await admin.below(agent.id, "signOnPolicyAssignments").create({ signOnPolicy: { id: one }, priority: index + 1 });
});
afterAll(() => tenant.stop());

const found = async () => {
  const { coalesced } = pingOneContexts(tenant.connection);
  return pingOneCandidates(await foundIn(coalesced, undefined)).candidates;
};

test("the agreement and the policy of an agent are written as one writes them, and come out as they are", async () => {
  const candidates = await found();
  const entry = (section: string, key: string) => {
    const one = candidates.find((other) => other.section === section && other.key === key) ?? expect.unreachable(key);
    return one.entries(() => true)[0];
  };
  const agreements = { "agent-consent": entry("agreements", "agent-consent") };
  const signOnPolicies = { "consent-login": entry("signOnPolicies", "consent-login") };
  expect(agreements["agent-consent"]).toEqual({ name: "Agent Consent", reconsentPeriodDays: 30, languages: WORDS });
  expect(signOnPolicies["consent-login"]).toEqual({
    name: "Consent-Login",
    actions: [{ type: "login" }, { type: "agreement", agreement: "agent-consent" }],
  });
  const declaration = pingOneDeclarationSchema.parse({ platform: "pingone", agreements, signOnPolicies });
  expect(policyResources(declaration, "signOnPolicies/consent-login")).toMatchObject([
    {
      type: "pingone:SignOnPolicy",
      props: { actions: [{ type: "login" }, { type: "agreement", agreement: "Agent Consent" }] },
    },
  ]);
  expect(candidates.find(({ key }) => key === "guide")?.needs).toEqual(
    expect.arrayContaining(["signOnPolicies/consent-login", "agreements/agent-consent"]),
  );
});

test("a policy that no entry can say is left out and told why; the default one and what no agent needs are nobody's business", async () => {
  const candidates = await found();
  const policies = candidates.filter(({ section }) => section === "signOnPolicies");
  expect(policies.map(({ name }) => name).sort()).toEqual(["Consent-Login", "Sometimes"]);
  expect(policies.find(({ name }) => name === "Sometimes")?.problems).toEqual([
    expect.stringContaining("its actions are not to be declared"),
  ]);
  expect(candidates.filter(({ section }) => section === "agreements").map(({ name }) => name)).toEqual([
    "Agent Consent",
  ]);
});
