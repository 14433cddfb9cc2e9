/** The report in its formats, its closing line and its exit code. */
import { describe, expect, test } from "vitest";
import { exitCode, type Report, type Row, render, summary } from "../../src/verify/index.ts";

const ROW: Row = {
  agent: "agent",
  flow: "exchange",
  case: "X01",
  title: "audience without a privilege",
  expected: "400 invalid_request",
  got: "400 invalid_request",
  verdict: "pass",
  evidence: "K",
  core: true,
  at: "2026-01-01T00:00:00.000Z",
};
const report = (...rows: Partial<Row>[]): Report => ({
  tenant: "https://tenant.example.com",
  place: "realm alpha",
  target: "tenant",
  findings: [],
  assertions: [],
  names: { agent: "The Agent", shop: "Shop App" },
  rows: rows.map((row) => ({ ...ROW, ...row })),
  notes: ["B18: it would wait"],
});

describe("the exit code", () => {
  test.each([
    [0, [{}, {}]],
    [1, [{}, { verdict: "fail" }, { verdict: "inconclusive" }]],
    [2, [{}, { verdict: "inconclusive" }]],
    [2, []],
  ] as const)("is %i for %j", (code, rows) => expect(exitCode(report(...rows))).toBe(code));
});

test("the line that sums up counts cases once and verdicts each", () => {
  expect(summary(report({}, { agent: "other" }, { case: "C02", core: false, verdict: "fail" }))).toBe(
    "2 passed, 1 failed, 0 inconclusive; 2 cases, 1 of them core",
  );
});

describe("the formats", () => {
  const failing = report({}, { verdict: "fail", got: "200 token", cause: 'the "scope" <read> | was issued & more' });

  test("json: the report itself", () => expect(JSON.parse(render(failing, "json"))).toEqual(failing));

  test("markdown: tables whose cells cannot break it", () => {
    const table = render(failing, "markdown")
      .split("\n")
      .filter((line) => line.startsWith("|"));
    expect(table).toHaveLength(4);
    for (const line of table) expect(line.match(/\|/g)).toHaveLength(9);
    expect(render(failing, "markdown")).not.toContain("<read>");
  });

  test("junit: escaped, with failures and skips counted", () => {
    const xml = render(
      report({}, { verdict: "fail", cause: 'a "b" <c> & \u0001' }, { verdict: "inconclusive" }),
      "junit",
    );
    expect(xml).toContain('<testsuites name="ping-agents verify tenant" tests="3" failures="1" skipped="1">');
    expect(xml).toContain("a &#34;b&#34; &#60;c&#62; &#38; ");
    expect(xml).not.toContain("\u0001");
    expect(xml.match(/<testcase /g)).toHaveLength(3);
  });
});

describe("what a person reads", () => {
  const NARROWED = "agent: the privilege for shop lacks read: run pulumi up --refresh";
  const flow = { how: "by exchange", scopes: ["write", "read"], on: "shop", for: "barbara.jensen" };
  const exchange = { case: "F03", title: "exchange for barbara.jensen to shop", expected: "token as declared" };
  const explained = { findings: [NARROWED], verdict: "fail", got: "400 invalid_scope" } as const;
  const good = report(
    { case: "F01", declared: { how: "without a user", scopes: ["log"], on: "its own scopes", for: "itself" } },
    { ...exchange, got: "200 token", claims: "sub=6dd0f1b0", declared: flow },
    {},
    { case: "B24", expected: "recorded", got: "400 unknown_user_id" },
  );
  const bad = report(
    { case: "preflight", title: "privilege-scope-missing", got: NARROWED, verdict: "fail", core: false },
    { ...exchange, ...explained, declared: flow, cause: `${NARROWED}; no token was issued` },
    { verdict: "fail", got: "200 token", cause: "issued" },
    { ...explained, case: "X02", verdict: "inconclusive", cause: `${NARROWED}; without the provocation: 400` },
    { ...explained, case: "X04", verdict: "inconclusive", cause: `${NARROWED}; without the provocation: 400` },
    { case: "C01", verdict: "inconclusive", cause: "no secret: set PING_AGENTS_SECRET_AGENT" },
    { case: "C02" },
  );

  test("text: the result, the declared flows by name, and how many refusals", () => {
    expect(render(good, "text")).toMatchInlineSnapshot(`
      "Token flows of https://tenant.example.com, realm alpha (tenant)
      4 passed, 0 failed, 0 inconclusive; 4 cases, 4 of them core

      Declared, and tried:
      AGENT      SCOPES       ON              FOR             HOW             VERDICT
      The Agent  log          its own scopes  itself          without a user  PASS
                 read, write  Shop App        barbara.jensen  by exchange     PASS

      1 refusal as expected, 1 answer recorded that nobody knew (--all lists them)

      Not run: B18: it would wait
      "
    `);
  });

  const never = { name: "never scope admin", place: "stacks/dev.yaml:9", reason: "nobody does", untried: 2 };
  const allow = { name: "allow scope read | *write*", place: "stacks/dev.yaml:11", untried: 0 };
  const asserted = {
    ...report(
      { case: "A02", expected: "refused", asserted: never, title: "never scope admin: may admin on Shop App" },
      {
        ...{ case: "A01", expected: "granted", got: "400 invalid_scope", verdict: "fail", asserted: allow },
        ...{
          title: "allow scope read | *write*: may read on Shop App",
          cause: "allow scope read | *write* does not hold",
        },
      },
      {},
    ),
    assertions: [never, allow, { ...allow, place: "stacks/dev.yaml:12" }],
  };

  test("text: a line for each assertion, and its requests are no refusals of everybody", () => {
    expect(render(asserted, "text")).toMatchInlineSnapshot(`
      "Token flows of https://tenant.example.com, realm alpha (tenant)
      2 passed, 1 failed, 0 inconclusive; 3 cases, 3 of them core

      Not as declared, or not proven:
        allow scope read | *write* does not hold (1 row)
          FAIL A01 The Agent: allow scope read | *write*: may read on Shop App: expected granted, got 400 invalid_scope

      3 assertions computed, 1 proven, 1 of them in part:
      VERDICT   PROVEN                      DECLARED            ASSERTION
      PASS      1 refused, 2 computed only  stacks/dev.yaml:9   never scope admin (nobody does)
      FAIL                                  stacks/dev.yaml:11  allow scope read | *write*
      COMPUTED                              stacks/dev.yaml:12  allow scope read | *write*

      1 refusal as expected (--all lists them)

      Not run: B18: it would wait
      "
    `);
  });

  test("markdown: the same as a table whose cells cannot break it", () => {
    const [, table = ""] = render(asserted, "markdown").split(
      "### 3 assertions computed, 1 proven, 1 of them in part\n\n",
    );
    expect(table.split("\n\n")[0]).toMatchInlineSnapshot(`
      "| verdict | proven | declared | assertion |
      | --- | --- | --- | --- |
      | ✅ pass | 1 refused, 2 computed only | stacks/dev.yaml:9 | never scope admin (nobody does) |
      | ❌ fail |  | stacks/dev.yaml:11 | allow scope read &#124; &#42;write&#42; |
      | computed only |  | stacks/dev.yaml:12 | allow scope read &#124; &#42;write&#42; |"
    `);
  });

  test("junit: a suite for each assertion", () => {
    const suites = [...render(asserted, "junit").matchAll(/<testsuite name="(.*?)" tests="1" failures="(\d)"/g)];
    expect(suites.map(([, name, failures]) => [name, failures])).toEqual([
      ["never scope admin (stacks/dev.yaml:9)", "0"],
      ["allow scope read | *write* (stacks/dev.yaml:11)", "1"],
      ["agent", "0"],
    ]);
  });

  test("text: each cause once, with what it hit, before the flows", () => {
    expect(render(bad, "text")).toMatchInlineSnapshot(`
      "Token flows of https://tenant.example.com, realm alpha (tenant)
      1 passed, 3 failed, 3 inconclusive; 6 cases, 6 of them core

      Not as declared, or not proven:
        agent: the privilege for shop lacks read: run pulumi up --refresh (3 rows)
          FAIL F03 The Agent: exchange for barbara.jensen to shop: expected token as declared, got 400 invalid_scope: no token was issued
          INCONCLUSIVE X02, X04
        issued (1 row)
          FAIL X01 The Agent: audience without a privilege: expected 400 invalid_request, got 200 token
        no secret: set PING_AGENTS_SECRET_AGENT (1 row)
          INCONCLUSIVE C01

      Declared, and tried:
      AGENT      SCOPES       ON        FOR             HOW          VERDICT
      The Agent  read, write  Shop App  barbara.jensen  by exchange  FAIL

      1 refusal as expected (--all lists them)

      Not run: B18: it would wait
      "
    `);
  });

  test("text with --all: every row, whole, and what the columns mean", () => {
    expect(render(good, "text", true)).toMatchInlineSnapshot(`
      "Token flows of https://tenant.example.com, realm alpha (tenant)
      4 passed, 0 failed, 0 inconclusive; 4 cases, 4 of them core

      Declared, and tried:
      AGENT      SCOPES       ON              FOR             HOW             VERDICT
      The Agent  log          its own scopes  itself          without a user  PASS
                 read, write  Shop App        barbara.jensen  by exchange     PASS

      All rows: 1 refusal as expected, 1 answer recorded that nobody knew
      CASE  VERDICT  AGENT  FLOW      EVIDENCE  EXPECTED             GOT                  WHAT
      F01   PASS     agent  exchange  K         400 invalid_request  400 invalid_request  audience without a privilege
      F03   PASS     agent  exchange  K         token as declared    200 token            exchange for barbara.jensen to shop
        sub=6dd0f1b0
      X01   PASS     agent  exchange  K         400 invalid_request  400 invalid_request  audience without a privilege
      B24   PASS     agent  exchange  K         recorded             400 unknown_user_id  audience without a privilege

      CASE      what is tried: one case runs on several agents, and in several ways
      VERDICT   pass: as expected; fail: not so; inconclusive: nothing is proven, the cause says why
      FLOW      the way to the token
      EXPECTED  of a local tenant its exact answer, of a real one what must not happen
      EVIDENCE  how that is known: K nobody knows

      Not run: B18: it would wait
      "
    `);
  });

  test("markdown: the result first, every row folded", () => {
    expect(render(bad, "markdown")).toMatchInlineSnapshot(`
      "## Token flows of https://tenant.example.com, realm alpha (tenant)

      **1 passed, 3 failed, 3 inconclusive; 6 cases, 6 of them core**, of them 1 refusal as expected

      ### Not as declared, or not proven

      - agent: the privilege for shop lacks read: run pulumi up --refresh
        - ❌ fail F03 The Agent: exchange for barbara.jensen to shop: expected token as declared, got 400 invalid_scope: no token was issued
        - ⚠️ inconclusive 2 rows: X02, X04
      - issued
        - ❌ fail X01 The Agent: audience without a privilege: expected 400 invalid_request, got 200 token
      - no secret: set PING_AGENTS_SECRET_AGENT
        - ⚠️ inconclusive 1 row: C01

      ### Declared, and tried

      | agent | scopes | on | for | how | verdict |
      | --- | --- | --- | --- | --- | --- |
      | The Agent | read, write | Shop App | barbara.jensen | by exchange | ❌ fail |

      - Not run: B18: it would wait

      <details><summary>All 7 rows, refusals included</summary>

      | case | verdict | agent | flow | evidence | expected | got | what |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | preflight | ❌ fail | agent | exchange | K | 400 invalid_request | agent: the privilege for shop lacks read: run pulumi up --refresh | privilege-scope-missing |
      | F03 | ❌ fail | agent | exchange | K | token as declared | 400 invalid_scope (agent: the privilege for shop lacks read: run pulumi up --refresh; no token was issued) | exchange for barbara.jensen to shop |
      | X01 | ❌ fail | agent | exchange | K | 400 invalid_request | 200 token (issued) | audience without a privilege |
      | X02 | ⚠️ inconclusive | agent | exchange | K | 400 invalid_request | 400 invalid_scope (agent: the privilege for shop lacks read: run pulumi up --refresh; without the provocation: 400) | audience without a privilege |
      | X04 | ⚠️ inconclusive | agent | exchange | K | 400 invalid_request | 400 invalid_scope (agent: the privilege for shop lacks read: run pulumi up --refresh; without the provocation: 400) | audience without a privilege |
      | C01 | ⚠️ inconclusive | agent | exchange | K | 400 invalid_request | 400 invalid_request (no secret: set PING_AGENTS_SECRET_AGENT) | audience without a privilege |
      | C02 | ✅ pass | agent | exchange | K | 400 invalid_request | 400 invalid_request | audience without a privilege |

      - case: what is tried: one case runs on several agents, and in several ways
      - verdict: pass: as expected; fail: not so; inconclusive: nothing is proven, the cause says why
      - flow: the way to the token
      - expected: of a local tenant its exact answer, of a real one what must not happen
      - evidence: how that is known: K nobody knows

      </details>
      "
    `);
  });

  test.each(["text", "markdown"] as const)("%s: whatever did not pass is told, however many there are", (format) => {
    const rows = Array.from({ length: 60 }, (_, index) => ({
      case: `Z${index}`,
      title: `provocation ${index}`,
      verdict: (["fail", "inconclusive"] as const)[index % 2] ?? "fail",
      cause: `cause ${index % 7}`,
    }));
    const [shown = ""] = render(report(...rows), format).split("<details>");
    for (const one of rows) expect(shown).toMatch(new RegExp(`\\b${one.case}\\b`));
    expect(shown.match(/cause \d/g)).toHaveLength(7);
  });
});
