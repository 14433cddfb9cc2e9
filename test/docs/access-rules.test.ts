/** The rules and examples of docs/access.md: they are those of the sources, and can be declared. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { brokenAssertions } from "../../src/access/assertions.ts";
import { rules } from "../../src/access/rules/all.ts";
import { parseDeclaration } from "../../src/declaration/load.ts";
import { RULES } from "../../src/fields/access-policy.ts";
import { checkDeclaration, declaredAccess } from "../../src/platforms.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { withoutPolicy } from "../access/support.ts";
import { textsOf } from "../support/page.ts";

const page = readFileSync(join(projectRoot, "docs", "access.md"), "utf8");

test("the table has every rule, in its own words", () => {
  const lines = rules.map(
    ({ id, severity, fix, source }) => `| \`${id}\` | ${severity} | ${RULES[id]} | ${fix} | ${source} |`,
  );
  const [, table = ""] = page.match(/<!-- rules -->\n(.*)<!-- \/rules -->/s) ?? [];
  expect(table).toBe(
    ["", "| Rule | Severity | Finds | What to do | Source |", "| --- | --- | --- | --- | --- |", ...lines, "", ""].join(
      "\n",
    ),
  );
});

test("the examples hold of the declaration that the page is about", () => {
  const examples = textsOf("docs/access.md", ["yaml"]);
  expect(examples).toHaveLength(2);
  for (const policy of examples) {
    const parsed = parseDeclaration(withoutPolicy("dev") + policy, "stacks/dev.yaml");
    const declaration = checkDeclaration(parsed);
    const access = declaredAccess(declaration, parsed.placeOf);
    expect(brokenAssertions(access, declaration.accessPolicy, parsed.placeOf)).toEqual([]);
  }
});
