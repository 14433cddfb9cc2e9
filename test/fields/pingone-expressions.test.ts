/** PingOne's expressions: the grammar of delegation §3 as laws, and each row of its table of semantics. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Expression,
  evaluate,
  parseExpression,
  Unknown,
  unknownRoot,
} from "../../src/fields/pingone-expressions.ts";
import { expression } from "../sandbox/pingone/environment.ts";

const variables = {
  user: { id: "u-1", username: "barbara", mayAct: { sub: "agent" } },
  requestData: {
    grantType: "client_credentials",
    scope: "orders:read",
    subjectToken: { sub: "u-1", may_act: { sub: "agent" } },
    actorToken: null,
  },
  appConfig: { clientId: "agent", tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", envId: "env", orgId: "org" },
};
const value = (inner: string, change: Partial<typeof variables> | { user: null } = {}) =>
  evaluate(expression(inner), { ...variables, ...change });

const RD = "#root.context.requestData";

describe("an expression", () => {
  test.each<[string, string, unknown]>([
    ["a text in either quotes", `"a"`, "a"],
    ["a text in either quotes", "'a'", "a"],
    ["a quote that is doubled", `"say ""hi"""`, `say "hi"`],
    ["a path", "user.username", "barbara"],
    ["the user by the root", "#root.user.username", "barbara"],
    ["the grant type", `${RD}.grantType`, "client_credentials"],
    ["the requested scope", `${RD}.scope`, "orders:read"],
    ["the client that asks", "#root.context.appConfig.clientId", "agent"],
    ["how it authenticates", "#root.context.appConfig.tokenEndpointAuthMethod", "CLIENT_SECRET_BASIC"],
    ["its environment", "#root.context.appConfig.envId", "env"],
    ["a member that is an object", "user.mayAct", { sub: "agent" }],
    ["a missing member, which is null", "user.nothing", undefined],
    ["null", "null", undefined],
    ["a map, in which null stays", `{"sub": user.id, "act": user.nothing}`, { sub: "u-1", act: null }],
    ["a map in parentheses", `( {"a":{"b":'c'}} )`, { a: { b: "c" } }],
    ["a comparison", `${RD}.grantType == "client_credentials"`, true],
    ["a comparison with null", `${RD}.actorToken != null`, false],
    ["an object, which is not null", `${RD}.subjectToken == null`, false],
    ["and before or", "null == null or null == null and null != null", true],
    ["a choice", `(${RD}.grantType == "x") ? "then" : "else"`, "else"],
    ["a choice in a choice", `null != null ? "a" : null == null ? "b" : "c"`, "b"],
    ["only the branch that is taken", `(null == null) ? "no-subject" : ${RD}.actorToken.client_id`, "no-subject"],
    ["no further than a condition needs", `null != null and ${RD}.actorToken.client_id == "x"`, false],
    ["no further than a condition needs", `null == null or ${RD}.actorToken.client_id == "x"`, true],
    ["nothing when it looks into null", `{"sub": ${RD}.actorToken.client_id}`, undefined],
    ["nothing when null decides", `user.nothing ? "a" : "b"`, undefined],
  ])("gives %s: %s", (_what, inner, expected) => {
    expect(value(inner)).toEqual(expected);
  });

  test("fails as a whole where nobody is signed on", () => {
    expect(value(`{"id": user.id}`, { user: null })).toBeUndefined();
    expect(value(`{"id": #root.user.id}`, { user: null })).toBeUndefined();
  });

  test.each([
    ["user.id + 'x'", "user?.id", "user['id']", "user.id.length()", "T(java.lang.Runtime)", "1", "true", "not null"],
    ["!user.id", "{:}", "{}", "{1,2}", '{a: "b"}', '"a\\"', '"a', "a b", "", "user.id == 'x' == 'y'", "user.", "#x"],
    [
      `${RD}.subjectToken.sub.length`,
      `${RD}.unseen`,
      "#root.other",
      "#root.context",
      "user.id lt 'x'",
      "user.id AND null",
    ],
    ["user.id ? 'a' : 'b'", "user.mayAct == user.mayAct", "actor.client_id", "(".repeat(400) + ")".repeat(400)],
  ])("beyond the grammar or what is known is unknown", (...inners) => {
    for (const inner of inners) expect(() => value(inner), inner).toThrow(Unknown);
  });

  test("is looked for nowhere else than in its braces", () => {
    for (const text of [`(${RD}.grantType == "x")?"a":"b"`, "#root.user.id", "#{user.id}", "plain", '["a"]', "7"]) {
      expect(evaluate(text, variables)).toBe(text);
    }
    expect(evaluate(' {"sub": "x", "act": null} ', variables)).toEqual({ sub: "x", act: null });
    for (const text of [
      `id: ${expression("user.id")}`,
      `{"sub": "${expression("user.id")}"}`,
      `${expression("user.id")} `,
    ]) {
      expect(() => evaluate(text, variables), text).toThrow(Unknown);
    }
  });

  test("names a root that nobody knows, wherever it stands", () => {
    expect(unknownRoot(expression("actor.client_id"))).toBe("actor");
    expect(unknownRoot(expression('user.id == null ? {"a": ("x" == subject.id)} : null'))).toBe("subject");
    const known = ["user.id", "#root.user.id", "actor.length()", ""].map(expression);
    for (const text of [...known, "actor.client_id", `a ${expression("actor.id")}`]) {
      expect(unknownRoot(text)).toBeUndefined();
    }
  });
});

// An expression is written with blanks and parentheses as they come, and read as it was meant.
const WORDS = ["user", "mayAct", "sub", "context", "a1", "_b"] as const;
const expressions = fc.letrec<{ any: Expression; leaf: Expression }>((tie) => ({
  leaf: fc.oneof(
    fc.record({ kind: fc.constant("text" as const), text: fc.stringMatching(/^[^\\]{0,8}$/) }),
    fc.record({ kind: fc.constant("null" as const) }),
    fc
      .tuple(fc.constantFrom("#root", ...WORDS), fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }))
      .map(([root, names]) => ({ kind: "path" as const, names: [root, ...names] })),
  ),
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    fc.record({
      kind: fc.constant("map" as const),
      entries: fc.array(fc.tuple(fc.stringMatching(/^[^\\]{0,4}$/), tie("any")), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constantFrom("equal" as const, "unequal" as const, "and" as const, "or" as const),
      left: tie("any"),
      right: tie("any"),
    }),
    fc.record({ kind: fc.constant("choice" as const), condition: tie("any"), met: tie("any"), unmet: tie("any") }),
  ),
}));

const SIGNS = { equal: "==", unequal: "!=", and: "and", or: "or" } as const;
/** Parts of a whole are in parentheses; `blank` says what stands between. */
function written(it: Expression, blank: () => string): string {
  const join = (...parts: string[]) => parts.join(blank());
  const part = (inner: Expression) => join("(", written(inner, blank), ")");
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  switch (it.kind) {
    case "text":
      return quoted(it.text);
    case "null":
      return "null";
    case "path":
      return it.names.join(`${blank()}.${blank()}`);
    case "map":
      return `{${it.entries.map(([key, inner]) => join(quoted(key), ":", written(inner, blank))).join(",")}}`;
    case "choice":
      return join(part(it.condition), "?", written(it.met, blank), ":", part(it.unmet));
    default:
      return join(part(it.left), SIGNS[it.kind], part(it.right));
  }
}

test("what is written is what is read, whatever the blanks", () => {
  fc.assert(
    fc.property(expressions.any, fc.infiniteStream(fc.constantFrom("", " ", "\n ")), (one, blanks) => {
      const blank = () => blanks.next().value;
      expect(parseExpression(`${blank()}${written(one, blank)}${blank()}`)).toEqual(one);
    }),
  );
});

test("any text has a value or is unknown", () => {
  const pieces = fc.constantFrom(
    "user",
    "#root",
    ".",
    " ",
    "?",
    ":",
    "(",
    ")",
    "{",
    "}",
    '"a"',
    "==",
    "and",
    "null",
    ",",
    "$",
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 30 }).map((parts) => expression(parts.join(""))),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const outcome = () => {
        try {
          return evaluate(text, variables);
        } catch (error) {
          expect(error).toBeInstanceOf(Unknown);
          return undefined;
        }
      };
      expect(outcome).not.toThrow();
    }),
  );
});

test("of a choice the branch that is not taken is not looked at", () => {
  fc.assert(
    fc.property(expressions.any, (other) => {
      const unseen = written(other, () => " ");
      expect(value(`(null == null) ? "taken" : (${unseen})`)).toBe("taken");
      expect(value(`(null != null) ? (${unseen}) : "taken"`)).toBe("taken");
    }),
  );
});
