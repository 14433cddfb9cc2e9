/** The engine's events read into a plan: previews, runs, what a refresh found, runs that broke off. */

import { describe, expect, test } from "vitest";
import { planOf } from "../../../src/cli/plan/events.ts";
import { countsOf, type Plan, SECRET, UNKNOWN } from "../../../src/reports/plan/plan.ts";
import { recorded, recordedPlan } from "../../reports/preview/pull-requests.ts";

const URN = "urn:pulumi:dev::ping-agents::Parent$pulumi-nodejs:dynamic/aic:AiAgent::bot";
const state = (inputs: object) => ({ custom: true, inputs: { __owner: {}, ...inputs } });
const event = (name: string, op: string, more: object = {}) => ({
  [name]: { metadata: { op, urn: URN, type: "pulumi-nodejs:dynamic/aic:AiAgent", ...more } },
});
const lines = (...events: object[]) =>
  [{ preludeEvent: { config: {} } }, ...events].map((one) => JSON.stringify(one)).join("\n");
const read = (...events: object[]) => planOf(lines(...events)) as Plan;
const ended = (isPreview: boolean, result = "succeeded") => ({ summaryEvent: { isPreview, result } });

test("a preview: operations, and inputs without what is the kit's own", () => {
  const { steps, ...plan } = recordedPlan("gain");
  expect(Object.fromEntries(countsOf(steps))).toEqual({ update: 3, same: 7 });
  expect(plan).toMatchObject({ drift: [], isPreview: true, isWhole: true });
  const privilege = steps.find(({ kind, operation }) => kind === "aic:AgentPrivilege" && operation === "update");
  expect(privilege).toMatchObject({
    name: "assistant/shop",
    outcome: "planned",
    before: { scopes: ["read"] },
    after: { scopes: ["read", "write"], agentIdentityId: UNKNOWN },
  });
  expect(Object.keys(privilege?.after ?? {}).filter((key) => key.startsWith("__"))).toEqual([]);
});

test("a run after a refresh: what was found, and what was done", () => {
  const { steps, drift, isPreview, isWhole } = recordedPlan("repaired");
  expect({ isPreview, isWhole }).toEqual({ isPreview: false, isWhole: true });
  expect(steps.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual(Array(3).fill("update done"));
  expect(Object.fromEntries(countsOf(drift))).toEqual({ update: 3, same: 5 });
  const [grants] = drift.filter(({ kind }) => kind === "aic:GrantTypes");
  expect(grants?.before?.grantTypes).toHaveLength(4);
  expect(grants?.after?.grantTypes).toHaveLength(3);
});

test("the three steps of a replacement are one", () => {
  const { steps } = read(
    event("resourcePreEvent", "delete-replaced", { old: state({ clientId: "a" }) }),
    event("resourcePreEvent", "replace", {
      ...{ old: state({ clientId: "a" }), new: state({ clientId: "b" }) },
      ...{ keys: ["clientId"], detailedDiff: { clientId: {} } },
    }),
    event("resourcePreEvent", "create-replacement", { new: state({ clientId: "b" }), keys: ["clientId"] }),
    ended(true),
  );
  expect(steps).toMatchObject([
    { operation: "replace", before: { clientId: "a" }, after: { clientId: "b" }, replacedFor: ["clientId"] },
  ]);
});

test("a secret and what is not known have no value", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "canary" };
  const inputs = { clientSecret: secret, nested: [{ id: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", secret }] };
  const plan = read(event("resourcePreEvent", "create", { new: state(inputs) }), ended(true));
  expect(plan.steps[0]?.after).toEqual({ clientSecret: SECRET, nested: [{ id: UNKNOWN, secret: SECRET }] });
  expect(JSON.stringify(plan)).not.toContain("canary");
});

test("what a refresh does not find any more is a deletion", () => {
  expect(read(event("resOutputsEvent", "refresh", { old: state({}), new: null }), ended(true)).drift).toMatchObject([
    { operation: "delete" },
  ]);
});

describe("a run that did not get to its end", () => {
  const created = event("resourcePreEvent", "create", { new: state({}) });

  test("one that failed says what it did and what it did not", () => {
    const failed = event("resOpFailedEvent", "create", { new: state({}) });
    const error = { severity: "error", urn: URN, message: "error: Preview failed: <{%reset%}>ERR_X: no<{%reset%}>\n" };
    const plan = read(created, failed, { diagnosticEvent: error }, ended(false, "failed"));
    expect(plan).toMatchObject({
      isWhole: false,
      steps: [{ outcome: "failed" }],
      messages: [{ severity: "error", text: "ERR_X: no", resource: { kind: "aic:AiAgent", name: "bot" } }],
    });
  });

  test("one that was cut off keeps what was said before", () => {
    const text = recorded("gain");
    const plan = planOf(text.slice(0, text.indexOf('"summaryEvent"') - 200)) as Plan;
    expect(plan.isWhole).toBe(false);
    expect(plan.steps.length).toBeGreaterThan(5);
  });

  test("of two runs the last one counts", () => {
    const text = `${lines(created, ended(true))}\n${lines(ended(false))}`;
    expect(planOf(text)).toMatchObject({ steps: [], isPreview: false, isWhole: true });
  });

  test.each(["", "error: no stack\n", "{}\n"])("%j is no run", (text) => expect(planOf(text)).toBeUndefined());
});
