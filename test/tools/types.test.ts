/** What `npm run schema` makes for TypeScript users, the types of the classes and their reference: it is what the sources make. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { temporaryFolder } from "./executables.ts";

test("classes and types are up to date; npm run schema makes them so", () => {
  const folder = temporaryFolder();
  execFileSync(process.execPath, [join(projectRoot, "tools", "types.ts"), folder]);
  for (const wing of ["aic", "pingone"]) {
    for (const file of ["types.ts", "resources.ts"]) {
      const committed = readFileSync(join(projectRoot, "src", "components", wing, file), "utf8");
      expect(readFileSync(join(folder, wing, file), "utf8")).toBe(committed);
    }
  }
});

test("docs/resources.md is up to date; npm run schema makes it so", () => {
  const file = join(temporaryFolder(), "resources.md");
  execFileSync(process.execPath, [join(projectRoot, "tools", "resources.ts"), file]);
  expect(readFileSync(file, "utf8")).toBe(readFileSync(join(projectRoot, "docs", "resources.md"), "utf8"));
});
