/** The rules of both clouds on one control plane: each id says one rule, and a switch reaches no other. */
import { expect, test } from "vitest";
import { Rules, rule, Switches } from "../../src/sandbox/refusals.ts";
import { testTenant } from "./tenant.ts";

test("the control plane lists all rules, and no id twice", async () => {
  const { body } = await (await testTenant()).control("rules");
  const { off, ...tables } = body as Record<string, object>;
  expect(off).toEqual([]);
  expect(Object.keys(tables)).toEqual(["rules", "delegation", "login", "idm", "pingone"]);
  const ids = Object.values(tables).flatMap(Object.keys);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("a refusal says the rule, its evidence and the detail, which may look like a pattern", () => {
  const table = {
    missing: rule("P", "invalid_request", "Missing '%s'"),
    gone: rule("I", "not_found", undefined, { status: 404 }),
  };
  const switches = new Switches({ table });
  const rules = new Rules(table, switches);
  expect(rules.refusal("missing", "$&")).toMatchObject({
    ...{ message: "Missing '$&'", error: "invalid_request", status: 400 },
    headers: { "x-sandbox-rule": "missing", "x-sandbox-evidence": "P" },
  });
  expect(() => rules.require("gone", false)).toThrow(expect.objectContaining({ status: 404, message: "" }));
  expect(() => rules.require("gone", false, "", 410)).toThrow(expect.objectContaining({ status: 410 }));
  switches.switchOff(["gone"]);
  rules.require("gone", false);
  expect(() => rules.require("missing", false, "x")).toThrow("Missing 'x'");
});
