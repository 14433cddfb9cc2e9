/** What the bench makes of what it measured: which stacks, which verdicts, which tables. */

import { describe, expect, test } from "vitest";
import { counted } from "../../tools/bench/engine/calls.ts";
import type { Case } from "../../tools/bench/engine/case.ts";
import { casesOf } from "../../tools/bench/plan.ts";
import type { Result } from "../../tools/bench/result.ts";
import { asMarkdown, comparison } from "../../tools/bench/tables.ts";
import { verdicts } from "../../tools/bench/targets.ts";

const usage = (memory: number) => ({ program: { memory, cpu: 1 }, provider: { memory, cpu: 1 } });
const called = (own: number) => ({ all: own + 1, tokens: 1, identity: 0, wide: 0, own, refused: 0, kinds: {} });
const took = (seconds: number, memory: number) => ({ seconds, usage: usage(memory) });

/** Thousand agents, whose creation takes so many seconds and calls, against one second of engine and of client. */
const caseWith = (seconds: number, calls: number, memory = 200): Case => ({
  ...{ cloud: "aic", agents: 1000, latency: 0, resources: 3000, stateBytes: 2000 },
  commands: { create: { ...took(seconds, memory), calls: called(calls), longestBlock: 1 } },
  baseline: { create: took(1, 200) },
  floor: { seconds: 1, calls: 1 },
});
const resultOf = (...cases: Case[]): Result => ({
  ...{ at: "2026-01-02T03:04:05Z", cases, lists: [], parts: [] },
  machine: { cores: 2, model: "a processor", memory: 8, node: "v24.0.0", pulumi: "3.255.0", load: [1, 2] },
});
const missed = (one: Case) => verdicts(resultOf(one)).flatMap(({ what, met }) => (met ? [] : [what.split(": ")[1]]));

test("a target is met up to its limit, and missed above", () => {
  expect(missed(caseWith(2.4, 7000))).toEqual([]);
  expect(missed(caseWith(2.5, 7000))).toEqual(["create, to baseline and plain client"]);
  expect(missed(caseWith(2.4, 7001))).toEqual(["an agent with an owner and 2 privileges"]);
  expect(missed(caseWith(2.4, 7000, 301))).toEqual([
    "peak memory of the program, to baseline",
    "peak memory of the provider",
  ]);
});

test("the tables are Markdown, and leave out what was not measured", () => {
  const text = asMarkdown(resultOf(caseWith(2.4, 7000)));
  expect(text).toContain("| AIC, 1,000 agents | 2.4 (2.40 ×) |");
  expect(text).toContain("2 cores (a processor), 8 GB, Node v24.0.0, Pulumi 3.255.0");
  expect(text).not.toContain("A page of a list");
});

test("a comparison says what has changed of what both have measured", () => {
  const text = comparison(resultOf(caseWith(3, 5000)), resultOf(caseWith(2, 5000)));
  expect(text).toMatch(/AIC, 1,000 agents +create +2\.0 → 3\.0 +2\.00 → 3\.00 +5,001 /);
});

describe("calls", () => {
  const seen = (method: string, path: string) => ({ method, path, status: 200 });
  const environment = "/v1/environments/11111111-2222-4333-8444-555555555555";
  const realm = "/am/json/realms/root/realms/alpha/realm-config";

  test("of tokens, of the tenant itself and of whole collections are told from those of an object", () => {
    expect(
      counted([
        ...[seen("POST", "/am/oauth2/access_token"), seen("GET", "/am/json/serverinfo/*")],
        ...[seen("GET", "/openidm/managed/alpha_user"), seen("GET", `${realm}/agents/AIAgent`)],
        ...[seen("GET", `${environment}/resources/11111111-2222-4333-8444-555555555555/scopes`)],
        ...[seen("GET", `${realm}/agents/AIAgent/agent-1`), seen("PUT", `${realm}/agents/AIAgent/agent-2`)],
        ...[seen("POST", `${environment}/applications`)],
      ]),
    ).toEqual({
      ...{ all: 8, tokens: 1, identity: 1, wide: 3, own: 3, refused: 0 },
      kinds: {
        "POST /am/oauth2/access_token": 1,
        "GET /am/json/serverinfo/*": 1,
        "GET /openidm/managed/alpha_user": 1,
        "GET alpha/realm-config/agents/AIAgent": 1,
        "GET resources/*/scopes": 1,
        "GET alpha/realm-config/agents/AIAgent/*": 1,
        "PUT alpha/realm-config/agents/AIAgent/*": 1,
        "POST applications": 1,
      },
    });
  });
});

test("everything is measured at every distance on both clouds, and one stack of each with a rate", () => {
  const all = casesOf({ platform: ["aic", "pingone"] });
  expect(all).toHaveLength(2 * (3 * 3 + 1));
  expect(all.filter(({ rate }) => rate !== undefined)).toHaveLength(2);
  const chosen = casesOf({ platform: ["aic"], agents: [7], latency: [20], commands: ["create"] });
  expect(chosen).toEqual([{ cloud: "aic", agents: 7, latency: 20, rate: undefined, commands: ["create"] }]);
});
