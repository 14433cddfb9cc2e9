/** A report about drift in its formats: the JSON keeps to its schema, and neither names nor values do anything in it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Finding } from "../../../src/drift/finding.ts";
import { driftSchema } from "../../../src/reports/drift/json.ts";
import { render } from "../../../src/reports/drift/render.ts";
import { type DriftReport, outcomeOf } from "../../../src/reports/drift/report.ts";
import { projectRoot } from "../../../tools/bootstrap/paths.mjs";

const HOSTILE = "<b>@bot</b>\u202e | `x`\n# y";
const SECRET = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
const agent = { type: "aic:AiAgent", name: "bot" };
const finding: Finding = {
  ...agent,
  class: "widened",
  means: "it may do more",
  path: ["scopes"],
  entry: "agents.bot.scopes",
  access: "agents.bot.scopes#00000000",
  at: ["agents", "bot"],
  field: [],
};
const report: DriftReport = {
  title: "dev",
  findings: [
    { ...finding, values: { was: ["read"], is: ["read", HOSTILE] } },
    {
      ...finding,
      path: ["undeclared", "claim/x"],
      access: HOSTILE,
      isUndeclared: true,
      means: `access that nobody declared: ${SECRET}`,
    },
    { ...finding, class: "weakened", path: ["extra", "x"], values: { was: undefined, is: { password: "hunter22" } } },
    { ...finding, class: "replaced", lastChange: { at: "2026-11-27T05:03:59.19Z", by: HOSTILE }, path: ["value"] },
    { ...finding, class: "narrowed", path: [], isMissing: true, means: "the agent is gone" },
  ],
  allowed: [{ ...finding, class: "cosmetic", allowed: { access: finding.access, reason: HOSTILE, owner: "ann" } }],
  unreadable: [1, 2, 3].map((one) => ({
    ...agent,
    name: `bot-${one}`,
    code: "ERR_API_FORBIDDEN",
    reason: "GET x answered 403",
  })),
  compared: 3,
  strangers: [{ is: "agent", id: "1", name: HOSTILE, whose: "of-stack", stack: "shop/other", can: ["password"] }],
  declared: { pending: [{ operation: "create", entry: `agents.${HOSTILE}` }] },
};
/** The same where the engine made no plan. */
const unplanned: DriftReport = { ...report, declared: { unchecked: `ERR_X: ${HOSTILE} ${SECRET}` } };

test("the committed schema is that of the sources; npm run schema makes it so", () => {
  const committed = JSON.parse(readFileSync(join(projectRoot, "schema", "drift.schema.json"), "utf8"));
  expect(committed).toEqual(z.toJSONSchema(driftSchema));
});

test.each([report, unplanned, { ...report, declared: undefined }])("the JSON keeps to the schema", (report) => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const isReport = ajv.compile(z.toJSONSchema(driftSchema));
  const printed = JSON.parse(render(report, "differs", "json"));
  expect(isReport(printed), ajv.errorsText(isReport.errors)).toBe(true);
  expect(printed).toMatchObject({
    coverage: { managed: 3, missing: 1, undeclared: 0, unreadable: 3 },
    findings: [
      { added: [HOSTILE], removed: [] },
      {},
      { was: null },
      { lastChange: { by: HOSTILE } },
      { isMissing: true },
    ],
  });
  expect("pending" in printed).toBe(report.declared !== undefined && "pending" in report.declared);
});

test.each(["text", "markdown", "json"] as const)("as %s it shows no secret, also where nobody marked it", (format) => {
  const shown = [report, unplanned].map((one) => render(one, "differs", format)).join("");
  for (const secret of [SECRET, "hunter22"]) expect(shown).not.toContain(secret);
});

describe.each(["text", "markdown"] as const)("as %s", (format) => {
  const shown = render(report, "differs", format);
  const without = render(unplanned, "differs", format);

  test("a name that somebody chose stays one, on its line", () => {
    for (const one of [shown, without])
      expect(one).not.toMatch(format === "markdown" ? /^# y|<b>|@bot|\u202e/m : /^# y|\u202e/m);
  });

  test("what is not brought up has a section of its own, and so has a plan that was not made", () => {
    expect(shown).toMatch(/\n(### )?Declared, and not brought up yet:?\n+(- | {2})create agents\./);
    expect(without).toMatch(/\n(### )?Declared, and not brought up yet:?\n+(- | {2})not checked: ERR/);
    expect(render({ ...report, declared: { pending: [] } }, "differs", format)).not.toContain("not brought up");
  });

  test("who changed an object, and when, as far as the tenant says", () => {
    expect(shown.match(/last changed 2026-11-27 05:03 UTC by \S/g)).toHaveLength(1);
  });

  test("what is unreadable for one reason is one line", () => {
    expect(shown.match(/answered 403/g)).toHaveLength(1);
    expect(shown).toContain("and 2 more");
  });
});

test.each([
  ["cosmetic", "differs"],
  ["widened", "unknown"],
] as const)("with --fail-on %s a weaker stack that is partly unreadable is %s", (failOn, outcome) => {
  const weaker = { ...report, findings: report.findings.filter((one) => one.class !== "widened") };
  expect(outcomeOf(weaker, failOn)).toBe(outcome);
  expect(outcomeOf({ ...weaker, unreadable: [] }, failOn)).toBe(failOn === "widened" ? "in-sync" : "differs");
});
