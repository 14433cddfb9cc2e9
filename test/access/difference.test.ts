/** Verdicts about two sets of rows: the order behind them, by property and by example. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { difference, type Verdict } from "../../src/access/difference.ts";
import { membersOf, type People } from "../../src/access/people.ts";
import { distinct, EVERY_SCOPE, type Hop, type Row, type Subject } from "../../src/access/row.ts";

const agent = { id: "bot", name: "Bot" };
const people: People = new Map([
  ["staff", membersOf(["ann", "bob"])],
  ["partners", { size: 7 }],
]);

const row = (scope: string, subject: Subject, more: Partial<Row> = {}): Row => ({
  ...{ agent, flow: "exchange", scope, subject, via: [], grantedBy: "privilege/1" },
  target: { is: "application", id: "shop", name: "Shop" },
  ...more,
});

const tokensOf = { id: "portal", name: "Portal" };
const hop: Hop = { ...tokensOf, target: { is: "resource", ...tokensOf }, claims: { sub: "user", act: ["portal"] } };
const rows = fc
  .array(
    fc
      .record({
        scope: fc.constantFrom("read", "write", EVERY_SCOPE),
        flow: fc.constantFrom("exchange" as const, "ciba" as const),
        subject: fc.constantFrom<Subject>(
          { is: "itself" },
          { is: "user", name: "ann" },
          { is: "user", name: "eve" },
          { is: "group", name: "staff" },
          { is: "group", name: "partners" },
          { is: "group", name: "staff", tokensOf },
          { is: "anyone", tokensOf },
          { is: "anyone" },
          { is: "client", id: "other", name: "Other" },
        ),
      })
      .map(({ scope, subject, flow }) => row(scope, subject, { flow })),
    { maxLength: 5 },
  )
  .map(distinct);

function verdict(before: readonly Row[], after: readonly Row[]): Verdict {
  const [change] = difference(before, after, people);
  return change?.verdict ?? "unchanged";
}

const keys = (set: readonly Row[]) =>
  set.map(({ scope, flow, subject }) => JSON.stringify([scope, flow, subject])).toSorted();

describe("for all sets of rows", () => {
  const opposite: Record<Verdict, Verdict> = {
    more: "less",
    less: "more",
    incomparable: "incomparable",
    unchanged: "unchanged",
  };
  test("the way back is the opposite", () => {
    fc.assert(fc.property(rows, rows, (a, b) => void expect(verdict(b, a)).toBe(opposite[verdict(a, b)])));
  });

  test("unchanged is said of equal sets alone", () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        expect(verdict(a, a)).toBe("unchanged");
        expect(verdict(a, b) === "unchanged").toBe(keys(a).join() === keys(b).join());
      }),
    );
  });

  test("rows that come beside the old ones are more, never less or incomparable", () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const both = distinct([...a, ...b]);
        expect(verdict(a, both)).toBe(both.length === a.length ? "unchanged" : "more");
      }),
    );
  });

  test("more than what is more is more", () => {
    let tried = 0;
    fc.assert(
      fc.property(rows, rows, rows, (a, b, c) => {
        if (verdict(a, b) !== "more" || verdict(b, c) !== "more") return;
        tried += 1;
        expect(verdict(a, c)).toBe("more");
      }),
      { numRuns: 5_000 },
    );
    expect(tried).toBeGreaterThan(0);
  });

  test("what was gained and lost makes the one set of the other", () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [{ gained, lost } = { gained: [], lost: [] }] = difference(a, b, people);
        const kept = a.filter((one) => !keys(lost).includes(keys([one]).join()));
        expect(keys([...kept, ...gained])).toEqual(keys(b));
      }),
    );
  });
});

describe("by example", () => {
  const ann: Subject = { is: "user", name: "ann" };
  const eve: Subject = { is: "user", name: "eve" };
  const staff: Subject = { is: "group", name: "staff" };
  const partners: Subject = { is: "group", name: "partners" };

  test.each<[Verdict, string, Row[], Row[]]>([
    ["more", "a scope more", [row("read", staff)], [row("read", staff), row("write", staff)]],
    ["incomparable", "a scope more, a group less", [row("read", staff), row("read", partners)], [row("write", staff)]],
    ["more", "a group instead of a member", [row("read", ann)], [row("read", staff)]],
    ["incomparable", "a group instead of a stranger", [row("read", eve)], [row("read", staff)]],
    ["incomparable", "a group nobody knows the members of", [row("read", ann)], [row("read", partners)]],
    ["more", "anyone instead of a group", [row("read", partners)], [row("read", { is: "anyone" })]],
    ["less", "one scope instead of every one", [row(EVERY_SCOPE, ann)], [row("read", ann)]],
    ["less", "a member beside the group goes", [row("read", ann), row("read", staff)], [row("read", staff)]],
    [
      "incomparable",
      "anyone instead of the agent itself",
      [row("read", { is: "itself" })],
      [row("read", { is: "anyone" })],
    ],
    ["incomparable", "an approval instead of an exchange", [row("read", ann)], [row("read", ann, { flow: "ciba" })]],
    ["incomparable", "through another agent", [row("read", ann)], [row("read", ann, { via: [hop] })]],
    ["more", "a new agent", [], [row("read", ann)]],
    ["less", "an agent that goes", [row("read", ann)], []],
  ])("%s: %s", (expected, _what, before, after) => expect(verdict(before, after)).toBe(expected));

  test("reach counts people once, and never takes unknown for none", () => {
    const reach = (after: Row[], known = people) => difference([], after, known)[0]?.after;
    expect(reach([row("read", ann), row("write", staff)])).toEqual({ people: 2, scopes: 2, targets: 1 });
    expect(reach([row("read", eve), row("read", staff)])).toMatchObject({ people: 3 });
    expect(reach([row("read", partners)])).toMatchObject({ people: 7 });
    expect(reach([row("read", partners), row("read", ann)])).toMatchObject({ people: "unknown" });
    expect(reach([row("read", staff)], new Map())).toMatchObject({ people: "unknown" });
    expect(reach([row(EVERY_SCOPE, { is: "anyone" })])).toEqual({ people: "anyone", scopes: "unknown", targets: 1 });
    expect(reach([row("read", { is: "itself" })])).toMatchObject({ people: "itself" });
  });

  test("those that gain stand first, and what stayed last", () => {
    const of = (id: string, scope: string) => row(scope, ann, { agent: { id, name: id } });
    const changes = difference(
      [of("same", "read"), of("lost", "read"), of("swapped", "read")],
      [of("same", "read"), of("swapped", "write"), of("new", "read")],
      people,
    );
    expect(changes.map(({ agent: { id }, verdict: said }) => [id, said])).toEqual([
      ["new", "more"],
      ["swapped", "incomparable"],
      ["lost", "less"],
      ["same", "unchanged"],
    ]);
  });
});
