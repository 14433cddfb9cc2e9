/** Tokens that are exchanged onward: whose, through whom, for what, and what each of them says. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Access } from "../../src/access/access.ts";
import { brokenAssertions, unapproved } from "../../src/access/assertions.ts";
import { type Actor, chainsOf, type Delegations } from "../../src/access/chain.ts";
import { difference } from "../../src/access/difference.ts";
import type { Row, Target } from "../../src/access/row.ts";
import { tokensOf } from "../../src/access/token.ts";
import { answer, requireAgent } from "../../src/cli/access/questions.ts";
import * as published from "./published.ts";
import { sentences } from "./support.ts";

/** Rows of an exchange. @param forUsers those of users' tokens alone */
const exchanges = ({ rows }: Pick<Access, "rows">, forUsers = false) =>
  rows.filter(({ flow, subject }) => flow === "exchange" && !(forUsers && subject.is === "client"));

/** The tokens of a row. */
const told = (row: Row | undefined) =>
  row && tokensOf(row).map(({ holder, sub = "none", act = "none", aud }) => `${holder}: ${sub} | ${act} | ${aud}`);

describe("the published stacks", () => {
  test("an agent that signs users in exchanges their tokens", () => {
    const rows = exchanges(published.signsUsersIn());
    expect(sentences(rows)).toEqual([
      "MCP Tutorial may *test* on test for anyone signed in to agent, by exchange (not enforced)",
    ]);
    expect(told(rows[0])?.at(-1)).toBe("MCP Tutorial: any user | mcp-tutorial | audience of test");
  });

  test("an autonomous agent's token reaches a tool by the hand of a gateway", () => {
    const rows = exchanges(published.autonomousTool());
    expect(sentences(rows)).toEqual([
      "Gateway Extension may *supply-chain:restock* on Supply Chain MCP Tool with *CRM Agent*'s token for Agent Gateway, shown as acting",
    ]);
    expect(told(rows[0])).toEqual([
      "CRM Agent: none | none | audience of Agent Gateway",
      "Gateway Extension: crm-agent | extension | audience of Supply Chain MCP Tool",
    ]);
  });

  test("on behalf of a user: who acted before stays in act", () => {
    const rows = exchanges(published.onBehalfOf(), true);
    expect(sentences(rows)).toEqual([
      "Financial Agent may *stripe_mcp:invoke* on Agent Gateway for anyone signed in to Financial Agent API, by exchange",
      "Gateway Extension may *stripe_mcp:invoke* on Stripe MCP Server for anyone signed in to Financial Agent API, by exchange, through Financial Agent",
    ]);
    expect(told(rows[1])).toEqual([
      "the user's application: any user | none | audience of Financial Agent API",
      "Financial Agent: any user | agent | audience of Agent Gateway",
      "Gateway Extension: any user | extension after agent | audience of Stripe MCP Server",
    ]);
  });

  test("a chain passes the gateway twice, and its shortcut is told as well", () => {
    const server = exchanges(published.chain(), true).filter(({ target }) => target.id === "order-server");
    expect(sentences(server)).toEqual([
      "Gateway Extension may *order:read* on Order Status MCP Server for anyone signed in to Support Agent API, by exchange, through Support Agent",
      "Gateway Extension may *order:read* on Order Status MCP Server for anyone signed in to Support Agent API, by exchange, through Support Agent, then Gateway Extension, then Order Status Agent",
    ]);
    expect(told(server[1])).toEqual([
      "the user's application: any user | none | audience of Support Agent API",
      "Support Agent: any user | support | audience of Agent Gateway",
      "Gateway Extension: any user | extension after support | audience of Order Status Agent API",
      "Order Status Agent: any user | order after extension after support | audience of Agent Gateway",
      "Gateway Extension: any user | extension after order after extension after support | audience of Order Status MCP Server",
    ]);
  });

  test("a tenant, which knows no entries, shows the same rows", () => {
    expect(sentences(published.chain(false).rows)).toEqual(sentences(published.chain().rows));
  });

  test("on AIC an ordinary application exchanges what a may-act script lets it", () => {
    const rows = exchanges(published.aicAutonomousTool());
    expect(sentences(rows)).toEqual([
      "Gateway Extension may *supply-chain:restock* on supply-chain-mcp-tool with *CRM Agent*'s token for google-cloud-agent-gateway, shown as acting",
    ]);
    expect(told(rows[0])).toEqual([
      "CRM Agent: crm-agent | none | google-cloud-agent-gateway",
      "Gateway Extension: crm-agent | extension | extension, supply-chain-mcp-tool",
    ]);
  });
});

describe("sources and targets", () => {
  const to = (id: string, source?: string) => ({
    target: { is: "resource", id, name: id } as Target,
    ...{ scopes: ["use"], grantedBy: `grant/${id}`, with: source === undefined ? undefined : [source] },
  });
  const actor = (id: string, sources: readonly string[], ...exchanges: Actor["exchanges"]): Actor => ({
    ...{ id, name: id, sources, exchanges },
  });
  const own = (client: string, resource: string) => ({
    of: to(resource).target,
    ...{ subject: { is: "client" as const, id: client, name: client }, sub: "none" as const },
  });
  const said = (delegations: Omit<Delegations, "onwardBy">, onwardBy: Delegations["onwardBy"] = "target") =>
    [...chainsOf({ ...delegations, onwardBy }).rows.values()].flat().map((row) => {
      const { agent, target, subject, via, isCombined } = row;
      const whose = subject.is === "client" ? subject.id : subject.is;
      const through = [whose, ...via.map(({ id }) => id), agent.id].join(" > ");
      return `${through}: ${target.id}${isCombined ? ", combined" : ""}`;
    });

  test("every source goes with every target, and what no entry names is told apart", () => {
    const first = [own("job", "a"), own("bot", "b")];
    const actors = [actor("ext", ["a", "b"], to("x", "a"), to("y", "b"))];
    expect(said({ first, actors })).toEqual([
      "job > ext: x",
      "job > ext: y, combined",
      "bot > ext: x, combined",
      "bot > ext: y",
    ]);
  });

  test("what one entry names is not combined, whichever way comes first", () => {
    const first = [own("job", "a"), own("job", "b")];
    const actors = [actor("ext", ["a", "b"], to("y", "b"))];
    expect(said({ first, actors })).toEqual(["job > ext: y"]);
  });

  test("without entries nothing is combined", () => {
    const first = [own("job", "a"), own("bot", "b")];
    expect(said({ first, actors: [actor("ext", ["a", "b"], to("x"))] })).toEqual(["job > ext: x", "bot > ext: x"]);
  });

  test("everybody who can hand a token on stands in a row, also where others can", () => {
    const user = { of: to("a").target, subject: { is: "anyone" as const }, sub: "user" as const };
    const actors = [actor("one", ["a"], to("g")), actor("two", ["a"], to("g")), actor("ext", ["g"], to("x"))];
    expect(said({ first: [user], actors })).toEqual([
      "anyone > one: g",
      "anyone > two: g",
      "anyone > one > ext: x",
      "anyone > two > ext: x",
    ]);
  });

  test("what names whoever got the token lets nobody exchange one of another", () => {
    const first = [own("one", "a"), own("two", "a"), own("job", "a")];
    const actors = [actor("one", ["a"], to("x")), actor("two", ["a"], to("y"))];
    expect(said({ first, actors, forHolder: new Set(["a"]) })).toEqual(["one > one: x", "two > two: y"]);
    expect(said({ first, actors })).toHaveLength(6);
  });

  test("500 agents whose tokens one client exchanges for three targets are as many rows", () => {
    const first = Array.from({ length: 500 }, (_one, at) => own(`job-${at}`, "g"));
    const actors = [actor("ext", ["g"], to("x"), to("y"), to("z"))];
    expect(said({ first, actors })).toHaveLength(1500);
  });

  test("agents that name each other end, and so does one that names itself", () => {
    const first = [own("job", "a")];
    const actors = [actor("one", ["a"], to("b")), actor("two", ["b"], to("a"))];
    expect(said({ first, actors })).toEqual(["job > one: b", "job > one > two > one: b", "job > one > two: a"]);
    expect(said({ first, actors: [actor("one", ["a"], to("a"))] })).toEqual(["job > one: a"]);
  });

  test("where the client decides, and not what its token is for, the token of an exchange is that of who exchanged", () => {
    const actors = [actor("ext", ["job"], to("x")), actor("far", ["ext"], to("y"))];
    const first = [own("job", "job")];
    expect(said({ first, actors }, "actor")).toEqual(["job > ext: x", "job > ext > far: y"]);
    expect(said({ first, actors }, "target")).toEqual(["job > ext: x"]);
  });
});

describe("what is left out", () => {
  const NAMES = ["p", "q", "r", "s"];
  const party = (id: string) => ({ id, name: id });
  const resource = (id: string): Target => ({ is: "resource", ...party(id) });
  const some = (most: number) => fc.subarray(NAMES, { minLength: 1, maxLength: most });
  const exchange = fc.record({
    target: fc.constantFrom(...NAMES).map(resource),
    scopes: some(2),
    with: fc.option(some(2), { nil: undefined }),
  });
  const acting = fc.record({ sources: some(3), exchanges: fc.array(exchange, { minLength: 1, maxLength: 3 }) });
  const first = fc.record({
    of: fc.constantFrom(...NAMES).map(resource),
    who: fc.constantFrom("anyone", ...NAMES),
    by: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
  });
  const world = fc.record({
    acting: fc.tuple(acting, acting, acting, acting),
    first: fc.array(first, { minLength: 1, maxLength: 3 }),
    onwardBy: fc.constantFrom("target" as const, "actor" as const),
    forHolder: fc.subarray(NAMES, { maxLength: 2 }),
  });

  const delegationsOf = (drawn: typeof world extends fc.Arbitrary<infer World> ? World : never): Delegations => ({
    actors: drawn.acting.map(({ sources, exchanges }, at) => ({
      ...{ ...party(NAMES[at] ?? ""), sources },
      exchanges: exchanges.map((one) => ({ ...one, grantedBy: "grant" })),
    })),
    first: drawn.first.map(({ of, who, by }) => ({
      ...(who === "anyone"
        ? { of, subject: { is: "anyone" as const }, sub: "user" as const, by: by === undefined ? by : party(by) }
        : { of, subject: { is: "client" as const, ...party(who) }, sub: "none" as const }),
    })),
    ...{ onwardBy: drawn.onwardBy, forHolder: new Set(drawn.forHolder) },
  });

  /** What rows say, whichever of them says it; whose token it is has a hand in all of it. */
  const factsOf = (agent: string, hands: readonly string[], row: { scope: string; target: string; whose: string }) => [
    `acts ${agent} ${row.target} ${row.scope} ${row.whose}`,
    ...[agent, ...hands]
      .filter((id) => id !== row.whose)
      .map((id) => `hand ${id} ${row.target} ${row.scope} ${row.whose}`),
  ];

  /** Every way there is, by going on until neither holder nor hands are new. */
  function everything({ first, actors, onwardBy, forHolder }: Delegations): Set<string> {
    const facts = new Set<string>();
    const seen = new Set<string>();
    const open = first.map(({ of, subject, by }) => {
      const whose = subject.is === "client" ? subject.id : subject.is;
      const holder = by?.id ?? (subject.is === "client" ? subject.id : undefined);
      return { of: of.id, source: of.id, whose, holder, isFirst: true, hands: by ? [by.id] : ([] as string[]) };
    });
    for (const token of open) {
      const key = JSON.stringify([token, token.hands]);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const { id, sources, exchanges } of actors) {
        if (!sources.includes(token.source) || (forHolder?.has(token.source) && token.holder !== id)) continue;
        for (const { target, scopes } of exchanges) {
          if (token.holder === id && token.of === target.id) continue;
          const before = token.isFirst && token.holder === id ? [] : token.hands;
          for (const scope of scopes)
            for (const fact of factsOf(id, before, { scope, target: target.id, whose: token.whose })) facts.add(fact);
          const source = onwardBy === "target" ? target.id : id;
          const hands = [...new Set([...before, id])].sort();
          open.push({ of: target.id, source, whose: token.whose, holder: id, isFirst: false, hands });
        }
      }
    }
    return facts;
  }

  test("is no fact of who acts, has a hand in it, for whom, on what, with which scope", () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const delegations = delegationsOf(drawn);
        const told = [...chainsOf(delegations).rows.values()]
          .flat()
          .flatMap(({ agent, via, scope, target, subject }) => {
            const whose = subject.is === "client" ? subject.id : subject.is;
            return factsOf(
              agent.id,
              via.map(({ id }) => id),
              { scope, target: target.id, whose },
            );
          });
        expect(new Set(told)).toEqual(everything(delegations));
      }),
      { numRuns: 400 },
    );
  });

  test("is what makes rows of 16 agents that all exchange each other's tokens more than a few for each", () => {
    const all = Array.from({ length: 16 }, (_one, at) => `a${at}`);
    const actors = all.map((id) => ({
      ...{ ...party(id), sources: all },
      exchanges: all.map((one) => ({ target: resource(one), scopes: ["use"], grantedBy: "grant" })),
    }));
    const first = all.map((id) => ({
      of: resource(id),
      ...{ subject: { is: "client" as const, ...party(id) }, sub: "none" as const },
    }));
    const { rows } = chainsOf({ actors, first, onwardBy: "target" });
    expect([...rows.values()].flat().length).toBeLessThan(2 * 16 ** 3);
  });
});

describe("what is asked and asserted of an agent", () => {
  const access = published.autonomousTool();
  const restock = "supply-chain:restock";

  test("what an agent can has what others can with its token", () => {
    const asked = (whatCan: string) => sentences(exchanges(answer(access, { whatCan })));
    expect(asked("crm-agent")).toEqual(sentences(exchanges(access)));
    expect(asked("CRM Agent")).toEqual(asked("crm-agent"));
    const through = answer(published.chain(), { whatCan: "support" }).rows;
    expect(sentences(exchanges({ rows: through }, true))).toHaveLength(6);
  });

  test("whose token is exchanged can be asked for, also where it is no agent", () => {
    const agents = access.agents.filter(({ id }) => id !== "crm-agent");
    expect(() => requireAgent([{ ...access, agents }], { whatCan: "crm-agent" })).not.toThrow();
    expect(() => requireAgent([{ ...access, agents }], { whatCan: "nobody" })).toThrow(/no agent "nobody"/);
  });

  test("what it hands on never reaches, must be possible, and needs an approval", () => {
    const entry = { agent: "crm-agent", scope: restock, target: "tool" };
    const broken = (policy: Parameters<typeof brokenAssertions>[1]) =>
      brokenAssertions(access, policy, () => undefined).map(({ about, what }) => `${about.name}: ${what}`);
    const what = `Gateway Extension: may ${restock} on Supply Chain MCP Tool with CRM Agent's token for Agent Gateway, shown as acting`;
    expect(broken({ never: [entry] })).toEqual([what]);
    expect(broken({ never: [{ ...entry, target: "elsewhere" }] })).toEqual([]);
    expect(broken({ allow: [entry] })).toEqual([]);
    const critical = [{ ...entry, approvers: ["ann"] }];
    expect(unapproved(access.rows, critical, [], access.people)).toMatchObject([{ about: { id: "extension" } }]);
    expect(unapproved(access.rows, critical, ["ann"], access.people)).toEqual([]);
  });

  test("a handed-on token that is gained makes the actor more", () => {
    const after = access.rows;
    const before = after.filter(({ subject }) => subject.is !== "client");
    const [extension, crm] = difference(before, after, access.people);
    expect(extension).toMatchObject({ agent: { id: "extension" }, verdict: "more", gained: exchanges(access) });
    expect(crm).toMatchObject({ agent: { id: "crm-agent" }, verdict: "unchanged" });
  });
});
