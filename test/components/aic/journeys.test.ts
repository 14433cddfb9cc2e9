/** The journeys that the patterns stand for: whole graphs, every outcome connected. */

import { expect, test } from "vitest";
import { journeyPatterns } from "../../../src/components/aic/journey-patterns.ts";
import { journeysOf } from "../../../src/components/aic/static.ts";

/** Node types and where each outcome leads, as a table. */
function table({ nodes }: (typeof journeyPatterns)[keyof typeof journeyPatterns]) {
  return Object.entries(nodes).flatMap(([id, { type, outcomes }]) =>
    Object.entries(outcomes).map(([outcome, next]) => `${id} (${type}) ${outcome} -> ${next}`),
  );
}

test("push-approval is the documentation's minimum: username, push, and a wait that asks for the answer again", () => {
  const { entry, nodes } = journeyPatterns["push-approval"];
  expect(entry).toBe("username");
  expect(Object.values(nodes).map(({ displayName }) => displayName)).toEqual([
    "Platform Username",
    "Push Sender",
    "Polling Wait",
    "Push Result Verifier",
  ]);
  expect(table(journeyPatterns["push-approval"])).toEqual([
    "username (ValidatedUsernameNode) outcome -> push",
    "push (PushAuthenticationSenderNode) SENT -> wait",
    "push (PushAuthenticationSenderNode) NOT_REGISTERED -> failure",
    "wait (PollingWaitNode) DONE -> verify",
    "verify (PushResultVerifierNode) TRUE -> success",
    "verify (PushResultVerifierNode) FALSE -> failure",
    "verify (PushResultVerifierNode) EXPIRED -> failure",
    "verify (PushResultVerifierNode) WAITING -> wait",
  ]);
  expect(nodes.push?.properties).toEqual({ messageTimeout: 120_000, mandatory: true });
  expect(nodes.wait?.properties).toEqual({ secondsToWait: 5 });
});

test("push-registration proves who it is before a device is enrolled", () => {
  expect(journeyPatterns["push-registration"].entry).toBe("username");
  expect(table(journeyPatterns["push-registration"])).toEqual([
    "username (ValidatedUsernameNode) outcome -> password",
    "password (ValidatedPasswordNode) outcome -> decide",
    "decide (IdentityStoreDecisionNode) TRUE -> register",
    "decide (IdentityStoreDecisionNode) FALSE -> failure",
    "decide (IdentityStoreDecisionNode) LOCKED -> failure",
    "decide (IdentityStoreDecisionNode) CANCELLED -> failure",
    "decide (IdentityStoreDecisionNode) EXPIRED -> failure",
    "register (PushRegistrationNode) SUCCESS -> success",
    "register (PushRegistrationNode) FAILURE -> failure",
    "register (PushRegistrationNode) TIMEOUT -> failure",
  ]);
});

test("a declared journey is a pattern written out, with its own description, or the graph as it is", () => {
  const own = { entry: "a", nodes: { a: { type: "X", outcomes: { true: "success" } } } };
  const [pattern, described, graph] = journeysOf({
    ...{ platform: "aic", realm: "alpha", tier: "staging" },
    journeys: {
      P: { pattern: "push-approval" },
      D: { pattern: "push-approval", description: "Ours" },
      G: own,
    },
  });
  const place = { realm: "alpha", tier: "staging" };
  expect(pattern).toEqual({ ...place, name: "P", ...journeyPatterns["push-approval"] });
  expect(described).toEqual({ ...place, name: "D", ...journeyPatterns["push-approval"], description: "Ours" });
  expect(graph).toEqual({ ...place, name: "G", ...own, description: undefined });
});
