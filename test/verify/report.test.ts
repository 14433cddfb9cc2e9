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

test("the closing line counts cases once and verdicts each", () => {
  expect(summary(report({}, { agent: "other" }, { case: "C02", core: false, verdict: "fail" }))).toBe(
    "2 passed, 1 failed, 0 inconclusive; 2 cases, 1 of them core",
  );
});

describe("the formats", () => {
  const failing = report({}, { verdict: "fail", got: "200 token", cause: 'the "scope" <read> | was issued & more' });

  test("text: one line a case, the reason below, and what was not run", () => {
    const lines = render(failing, "text").split("\n");
    expect(lines.filter((line) => /^agent {2}exchange {2}X01/.test(line))).toHaveLength(2);
    expect(lines).toContain('  X01 agent (fail): the "scope" <read> | was issued & more');
    expect(lines).toContain("Not run: B18: it would wait");
    expect(lines.at(-2)).toBe(summary(failing));
  });

  test("json: the report itself", () => expect(JSON.parse(render(failing, "json"))).toEqual(failing));

  test("markdown: a table whose cells cannot break it", () => {
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
