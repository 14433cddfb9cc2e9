/** The types of the Pulumi classes: they are those that the sources make. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { temporaryFolder } from "./executables.ts";

test("are up to date; npm run schema makes them so", () => {
  const folder = temporaryFolder();
  execFileSync(process.execPath, [join(projectRoot, "tools", "types.ts"), folder]);
  for (const wing of ["aic", "pingone"]) {
    const committed = readFileSync(join(projectRoot, "src", "components", wing, "types.ts"), "utf8");
    expect(readFileSync(join(folder, wing, "types.ts"), "utf8")).toBe(committed);
  }
});
