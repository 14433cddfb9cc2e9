/** Delegation that is declared, made in an environment, and read back: an adoption says it in the words of a declaration, and nothing changes. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import type { Asked } from "../../../src/adoption/candidate.ts";
import { adoptable } from "../../../src/adoption/clouds.ts";
import { type Proposal, proposed } from "../../../src/adoption/proposal.ts";
import type { PingOneDeclaration } from "../../../src/components/pingone/declaration.ts";
import { ACT_EXPRESSION } from "../../../src/components/pingone/delegation.ts";
import { parseDeclaration } from "../../../src/declaration/load.ts";
import { checkDeclaration, declaredAccess, inspectDeclaration } from "../../../src/platforms.ts";
import { expectInSync, provisioned } from "../../components/pingone/provisioned.ts";
import { withoutMarks } from "../../support/dump.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { disown } from "./disown.ts";

let tenant: LocalPingOne;
beforeAll(async () => {
  tenant = await startPingOne();
});
beforeEach(async () => {
  vi.spyOn(console, "warn").mockReturnValue();
  await tenant.reset();
});
afterAll(() => tenant.stop());

const parsed = (text: string) => parseDeclaration(text, "stack.yaml");
function checked(text: string): PingOneDeclaration {
  const declaration = checkDeclaration(parsed(text));
  return declaration.platform === "pingone" ? declaration : expect.unreachable();
}

/** What an adoption into a declaration that has nothing yet comes to. */
async function adopted(asked: Asked, before = "platform: pingone\n", id = "z9y8x7w6v5u4"): Promise<Proposal> {
  const stack = { stack: id, name: "shop/taker", tenant: "a-tenant" };
  const { found, ...row } = adoptable(checked(before), { env: tenant.variables() }, stack);
  return proposed({
    ...{ ...row, text: before, parse: parsed, asked, stack: stack.stack, recorded: new Set() },
    found: await found(asked.applications),
  });
}

/**
 * Who may do what, by names: the keys are each declaration's own.
 *
 * @param without fields of rows that do not count
 */
function rowsOf(text: string, without: readonly string[] = []): string[] {
  const of = parsed(text);
  const { applications, agents } = checked(text);
  const clients: Readonly<Record<string, { readonly name: string }>> = { ...applications, ...agents };
  const { rows } = declaredAccess(checkDeclaration(of), of.placeOf);
  const named = rows.map((row) =>
    JSON.stringify(row, (key, value) => {
      if (["id", "place", "grantedBy", ...without].includes(key)) return undefined;
      return key === "act" ? value.map((client: string) => clients[client]?.name) : value;
    }),
  );
  return [...new Set(named)].toSorted();
}

/**
 * Which tokens go with which grant is in no environment (decision 0015), and which of several ways to the same is told depends on it: what
 * counts is who gets what for whom.
 */
const TOLD = ["isCombined", "via", "claims", "tokensOf"];

/** A stack that takes an adopted declaration over writes marks, and then its program has nothing to do. */
async function expectNoChange({ text, marked }: Proposal): Promise<void> {
  const content = async () => withoutMarks(await tenant.content());
  const before = await content();
  const { made } = await provisioned(tenant, checked(text), "match");
  expect(await content()).toEqual(before);
  const ours = made.filter(({ type }) => !type.endsWith(":StackBinding"));
  expect(ours.map(({ name }) => name).toSorted()).toEqual(marked.map(({ resource }) => resource).toSorted());
  await expectInSync(tenant, made);
}

const example = (name: string) =>
  readFileSync(new URL(`../../../stacks/examples/${name}.yaml`, import.meta.url), "utf8");

/** Brings a declaration up as somebody else, and adopts what is asked for of it. */
async function readBack(text: string, asked: Asked, byHand: () => Promise<unknown> = async () => undefined) {
  await provisioned(tenant, checked(text));
  await disown(tenant);
  await byHand();
  return adopted(asked);
}

describe("a published stack", () => {
  test.each([
    ["pingone-autonomous-tool", {}],
    ["pingone-on-behalf-of", { applications: ["Chat UI"] }],
    ["pingone-chain", { applications: ["chat-ui"] }],
  ])("%s is said by delegates, and nothing changes", async (name, asked) => {
    const text = example(name);
    const proposal = await readBack(text, asked);
    expect(proposal).toMatchObject({ leftOut: [], named: [], spelledOut: [], different: [] });
    expect(proposal.text).not.toMatch(/may_act:|act:|sub:/);
    expect(rowsOf(proposal.text)).toEqual(rowsOf(text));
    await expectNoChange(proposal);
  });

  test("pingone-signs-users-in says by claims what no delegates makes, and adoption says so", async () => {
    const text = example("pingone-signs-users-in");
    const proposal = await readBack(text, {});
    const { resources } = checked(proposal.text);
    const { resources: before } = checked(text);
    expect([resources?.agent?.claims, resources?.test?.claims]).toEqual([before?.agent?.claims, before?.test?.claims]);
    expect(proposal.text).not.toContain("grantTypes:");
    expect(proposal.spelledOut).toEqual([
      { id: "resources/agent", reasons: ["claims.may_act: nothing that delegates makes"] },
      { id: "resources/test", reasons: ["claims.act, claims.sub: nothing that delegates makes"] },
    ]);
    expect(rowsOf(proposal.text)).toEqual(rowsOf(text));
    await expectNoChange(proposal);
  });
});

/** A client that acts, and nothing else. */
const actor = (name: string, delegates: readonly object[]) => ({
  ...{ name, type: "web", grantTypes: ["client_credentials", "token_exchange"], responseTypes: [], delegates },
});
/** One at which users sign in; it may act, too. */
const portal = (name: string, access: readonly object[], more: object = {}) => ({
  ...{ name, type: "web", redirectUris: [`https://${name}.example.com/callback`], access },
  ...more,
});
const use = (resource: string) => ({ resource, scopes: [`${resource}:use`] });
/** Resources with a scope each. */
const resources = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { name, scopes: { [`${name}:use`]: "" } }]));

/** Declarations whose keys are the names, so that they come back as they are. */
const declared: Readonly<Record<string, object>> = {
  "a chain of three, with an agent in its midst": {
    resources: resources("first", "second", "third", "fourth"),
    applications: {
      desk: portal("desk", [use("first")]),
      relay: actor("relay", [{ with: "first", ...use("second") }]),
      tail: actor("tail", [{ with: "third", ...use("fourth") }]),
    },
    agents: {
      midst: { name: "midst", pattern: "autonomous", delegates: [{ with: "second", ...use("third") }] },
    },
  },
  "tokens with which two clients act, each with those of its own users": {
    resources: resources("shared", "left-tool", "right-tool"),
    applications: {
      zebra: portal("zebra", [use("shared")], {
        delegates: [{ with: "shared", ...use("left-tool") }],
      }),
      ant: portal("ant", [use("shared")], {
        delegates: [{ with: "shared", ...use("right-tool") }],
      }),
    },
  },
  "an agent's own tokens and users' tokens, and an actor that nobody has to name": {
    resources: resources("gateway", "tool", "lax"),
    agents: { bot: { name: "bot", pattern: "autonomous", access: [use("gateway")] } },
    applications: {
      desk: portal("desk", [use("gateway")]),
      extension: actor("extension", [
        { with: "gateway", ...use("tool") },
        { with: "gateway", ...use("lax"), required: false },
      ]),
    },
  },
  "an agent on behalf of users, and one that acts with tokens of theirs": {
    resources: resources("portal-api", "tool", "inner", "last"),
    applications: { desk: portal("desk", [use("portal-api"), use("inner")]) },
    agents: {
      helper: { name: "helper", pattern: "on-behalf-of", actsForUsersOf: ["portal-api"], access: [use("tool")] },
      other: { name: "other", pattern: "autonomous", delegates: [{ with: "inner", ...use("last") }] },
    },
  },
};

const textOf = (declaration: object) =>
  stringify({ platform: "pingone", ...declaration }, { aliasDuplicateObjects: false });
/** All clients of a declaration, by name. */
const everything = (text: string): Asked => {
  const { agents = {}, applications = {} } = checked(text);
  const namesOf = (all: Readonly<Record<string, { readonly name: string }>>) =>
    Object.values(all).map(({ name }) => name);
  return { agents: namesOf(agents), applications: namesOf(applications) };
};
const inOrder = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(inOrder).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    : typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inOrder(inner)]))
      : value;

test.each(Object.entries(declared))("%s come back as they were declared", async (_what, declaration) => {
  const text = textOf(declaration);
  const proposal = await readBack(text, everything(text));
  expect(inOrder(checked(proposal.text))).toEqual(inOrder(checked(text)));
  expect(proposal).toMatchObject({ leftOut: [], named: [], spelledOut: [], different: [] });
  await expectNoChange(proposal);
});

/** Changes one claim by hand. */
async function alter(resource: string, claim: string, value: string): Promise<void> {
  const { id } = (await tenant.admin.resources.list()).find(({ name }) => name === resource) ?? expect.unreachable();
  const attributes = tenant.admin.resourceAttributes(id);
  const row = (await attributes.list()).find(({ name }) => name === claim) ?? expect.unreachable();
  await attributes.replace(row.id, { name: claim, value, required: row.required });
}

const MIDST = declared["a chain of three, with an agent in its midst"] ?? {};

describe("a claim that somebody changed stays as it is, what else follows is said by delegates still", () => {
  test.each([
    ["third", "sub", "somebody", 3],
    ["third", "act", ACT_EXPRESSION, 3],
    // Nobody is named in a way that delegates names anybody.
    ["second", "may_act", '{"sub":"somebody"}', 2],
  ])("%s: %s", async (resource, claim, value, entries) => {
    const text = textOf(MIDST);
    const proposal = await readBack(text, everything(text), () => alter(resource, claim, value));
    const { resources: all = {}, applications, agents } = checked(proposal.text);
    const acting = Object.values({ ...applications, ...agents }).flatMap(({ delegates = [] }) => delegates);
    expect(acting).toHaveLength(entries);
    expect(all[resource]?.claims).toHaveProperty([claim]);
    expect(proposal.spelledOut).toContainEqual({
      id: `resources/${resource}`,
      reasons: [expect.stringMatching(new RegExp(`claims\\.${claim}\\b.*: nothing that delegates makes`))],
    });
    expect(proposal.different).toEqual([]);
    await expectNoChange(proposal);
  });
});

test("a client that could not declare delegates, without the exchange, reaches what it reaches", async () => {
  const text = textOf(MIDST);
  const proposal = await readBack(text, everything(text), async () => {
    const { applications } = tenant.admin;
    const { id, ...body } = (await applications.list()).find(({ name }) => name === "tail") ?? expect.unreachable();
    await applications.replace(id, { ...body, grantTypes: ["CLIENT_CREDENTIALS"] });
  });
  const { tail } = checked(proposal.text).applications ?? {};
  expect([tail?.delegates, tail?.access]).toEqual([undefined, [use("fourth")]]);
  expect(proposal).toMatchObject({ leftOut: [], named: [], different: [] });
  expect(proposal.spelledOut.map(({ id }) => id).toSorted()).toEqual(["resources/fourth", "resources/third"]);
  await expectNoChange(proposal);
});

test("what is asked for brings who acts with its tokens, and names whoever else decides about them", async () => {
  const proposal = await readBack(textOf(MIDST), {});
  const { applications = {}, agents = {}, resources: all = {} } = checked(proposal.text);
  expect([Object.keys(agents), Object.keys(applications)]).toEqual([["midst"], ["tail"]]);
  expect(Object.keys(all)).toEqual(["fourth", "second", "third"]);
  const late = (claims: string, options: string) => [
    `${claims}: would follow from delegates, with ${options} beside the rest`,
  ];
  expect(proposal.spelledOut).toEqual([
    { id: "resources/third", reasons: late("claims.sub", "--application relay") },
    {
      id: "resources/second",
      reasons: late("claims.may_act, claims.act, claims.sub", "--application relay --application desk"),
    },
  ]);
  await expectNoChange(proposal);
});

test("a stack that has lost its file and its state finds its own under the keys that it had", async () => {
  const text = example("pingone-on-behalf-of");
  const { made } = await provisioned(tenant, checked(text));
  const { outs } = made.find(({ type }) => type === "pingone:StackBinding") ?? expect.unreachable();
  const proposal = await adopted({ applications: ["chat"] }, undefined, String(outs.stackId));
  const { resources: all = {}, applications = {} } = checked(text);
  expect(Object.keys(checked(proposal.text).resources ?? {}).toSorted()).toEqual(Object.keys(all).toSorted());
  expect(Object.keys(checked(proposal.text).applications ?? {}).toSorted()).toEqual(
    Object.keys(applications).toSorted(),
  );
  // A secret that was declared is known to the tenant alone.
  const ours = made.filter(({ type }) => !/:(StackBinding|Secret)$/.test(type));
  expect(proposal.marked.map(({ resource }) => resource).toSorted()).toEqual(ours.map(({ name }) => name).toSorted());
});

test("into a file that has a part of it: what that says counts, and not a character of it changes", async () => {
  const text = textOf(MIDST);
  const { applications: all = {}, resources: every = {} } = checked(text);
  const half = textOf({
    resources: { first: every.first, second: every.second },
    applications: { desk: all.desk, relay: all.relay },
  });
  await provisioned(tenant, checked(text));
  await disown(tenant);
  const proposal = await adopted({ agents: ["midst"] }, half);
  expect(proposal).toMatchObject({ leftOut: [], named: [], spelledOut: [], different: [] });
  const lines = proposal.text.split("\n");
  expect(half.split("\n").filter((line) => !lines.includes(line))).toEqual([]);
  expect(inOrder(checked(proposal.text))).toEqual(inOrder(checked(text)));
  await expectNoChange(proposal);
});

describe("whatever is delegated", () => {
  const NAMES = ["r0", "r1", "r2", "r3"] as const;
  /** Who acts with tokens of a resource, on which others, and whether these insist on it. */
  const chain = fc.record({
    actor: fc.constantFrom("a0", "a1", "a2"),
    targets: fc.subarray([...NAMES], { minLength: 1 }),
  });
  const worlds = fc.record({
    chains: fc.array(chain, { minLength: 1, maxLength: 3 }),
    agents: fc.subarray(["a0", "a1", "a2"]),
    access: fc.record({ desk: fc.subarray([...NAMES]), bot: fc.subarray([...NAMES]) }),
    lax: fc.subarray([...NAMES]),
    asked: fc.subarray(["desk", "bot", "a0", "a1", "a2"], { minLength: 1 }),
  });

  test("an adoption of all or of some changes nothing, and of all it has the same access", async () => {
    let said = 0;
    const property = fc.asyncProperty(worlds, async ({ chains, agents, access, lax, asked }) => {
      const delegatesOf = (one: string) =>
        chains.flatMap(({ actor: who, targets }, index) =>
          targets.flatMap((target) =>
            who === one && target !== NAMES[index]
              ? [{ with: NAMES[index], ...use(target), ...(lax.includes(target) && { required: false }) }]
              : [],
          ),
        );
      const acting = ["a0", "a1", "a2"].map((name) => [name, delegatesOf(name)] as const);
      const isAgent = (name: string) => agents.includes(name);
      const text = textOf({
        resources: resources(...NAMES),
        applications: {
          desk: portal("desk", access.desk.map(use)),
          ...Object.fromEntries(acting.flatMap(([name, all]) => (isAgent(name) ? [] : [[name, actor(name, all)]]))),
        },
        agents: {
          bot: { name: "bot", pattern: "autonomous", access: access.bot.map(use) },
          ...Object.fromEntries(
            acting.flatMap(([name, delegates]) =>
              isAgent(name) ? [[name, { name, pattern: "autonomous", delegates }]] : [],
            ),
          ),
        },
      });
      fc.pre(inspectDeclaration(parsed(text)).mistakes.length === 0);
      await tenant.reset();
      const all = everything(text);
      const some = {
        agents: all.agents?.filter((one) => asked.includes(one)),
        applications: all.applications?.filter((one) => asked.includes(one)),
      };
      await provisioned(tenant, checked(text));
      await disown(tenant);
      const part = await adopted(some);
      expect(part).toMatchObject({ leftOut: [], named: [], different: [] });
      const whole = await adopted(all);
      expect(whole).toMatchObject({ leftOut: [], named: [], different: [] });
      expect(rowsOf(whole.text, TOLD), text + whole.text).toEqual(rowsOf(text, TOLD));
      if (whole.text.includes("delegates:")) said += 1;
      await expectNoChange(part);
    });
    await fc.assert(property, { numRuns: 6 });
    expect(said).toBeGreaterThan(0);
  });
});
