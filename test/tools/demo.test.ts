/** The pull request of the demo: a change that is seen while somebody looks, and gone then; none without git. */

import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isDeclaration } from "../../src/stack-files.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { inShort, proposed } from "../../tools/demo/proposal.ts";
import { stories } from "../../tools/demo/stories.ts";
import { temporaryFolder } from "./executables.ts";

/** A project as the demo has it. @param PATH where git is looked for */
function project(PATH = process.env.PATH ?? "") {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "stacks"));
  for (const file of readdirSync(join(projectRoot, "stacks")).filter(isDeclaration))
    cpSync(join(projectRoot, "stacks", file), join(folder, "stacks", file));
  return { folder, environment: { PATH } };
}

test.each([
  ["aic", '        scopes: [read-data, "write-data"]'],
  ["pingone", '      - { resource: orders-api, scopes: ["orders:write", "orders:read"] }'],
] as const)("on %s one list of the declaration differs, as long as it is looked at", async (platform, line) => {
  const story = stories[platform];
  const made = project();
  const file = join(made.folder, "stacks", `${story.stack}.yaml`);
  const text = readFileSync(file, "utf8");
  let proposal = "";
  const isShown = await proposed(story, made, async () => {
    proposal = readFileSync(file, "utf8");
  });
  expect(isShown).toBe(true);
  expect(proposal.split("\n").filter((one, at) => one !== text.split("\n")[at])).toEqual([line]);
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("without git nothing is looked at, nor changed", async () => {
  const made = project(temporaryFolder());
  const isShown = await proposed(stories.aic, made, () => expect.unreachable());
  expect(isShown).toBe(false);
  const [mine, theirs] = [made.folder, projectRoot].map((root) =>
    readFileSync(join(root, "stacks", "dev.yaml"), "utf8"),
  );
  expect(mine).toBe(theirs);
});

test("the report is shown without what was there before", () => {
  const report = "dev: access\n\nReach:\n  a\n\nThe plan:\n  b\n\nstate\n";
  expect(inShort(report)).toBe(
    "dev: access\nThe plan:\n  b\nstate\nThe whole report also says who reaches how much, and what was found before.\n",
  );
});
