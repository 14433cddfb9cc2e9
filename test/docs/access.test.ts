/** Every command of docs/access.md, typed as it stands there, and every answer that the page shows. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalAic, startAic } from "../support/aic.ts";
import { type Clone, makeClone } from "../support/clone.ts";
import { textsOf } from "../support/page.ts";

const blocks = textsOf("docs/access.md", ["sh", "text"]);
const [matrix = "", shownMatrix = "", change = "", shownChange = "", questions = "", tenant = ""] = blocks;

let clone: Clone;
let aic: LocalAic;
beforeAll(async () => {
  clone = makeClone();
  aic = await startAic();
});
afterAll(async () => {
  clone.remove();
  await aic.stop();
});

test("knows every block of the page", () => expect(blocks).toHaveLength(6));

/** Others move the lines with every edit of the example. */
const withoutLines = (text: string) => text.replaceAll(/:\d+\)/g, ":…)");

test("the matrix", async () => {
  expect(withoutLines((await clone.type(matrix)).output)).toBe(withoutLines(shownMatrix));
});

test("what a change does", async () => {
  const git = "git -c user.name=Test -c user.email=test@example.com";
  await clone.type(`${git} init --quiet && ${git} add stacks && ${git} commit --quiet --message before`);
  const file = join(clone.folder, "stacks", "dev.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("scopes: [read-data]", "scopes: [read-data, write-data]"));
  expect(withoutLines((await clone.type(change)).output)).toBe(withoutLines(shownChange));
});

test("questions, and the tenant", async () => {
  const asked = await clone.type(questions);
  expect(asked.code, asked.output).toBe(0);
  expect(asked.output).toContain("dev: 1 agent, 3 rows of access");
  expect(asked.output).toMatch(/dev: 2 agents, \d+ rows of access\n(?:.*\n)*Digital Assistant AI Agent .*\n/);
  // A tenant that is empty lacks what the declaration asserts.
  const [of = "", against = ""] = tenant.trim().split("\n");
  const { code, output } = await clone.type(`${of} || echo "exit code $?"; ${against}`, aic.variables());
  expect(code, output).toBe(3);
  expect(output).toMatch(/high allow: somebody relies on it\n(?:.*\n)*exit code 3\n/);
  expect(output).toContain("dev on the tenant: 0 agents, 0 rows of access");
  expect(output).toContain("dev on the tenant against stacks/dev.yaml: 3 agents less");
});
