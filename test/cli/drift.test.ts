/** What `ping-agents drift` refuses before it asks a tenant; what it finds is told by test/engine/by-hand.ts. */

import { expect, test } from "vitest";
import { project } from "./command.ts";

const DEV = "platform: aic\nrealm: alpha\ntier: development\n";

test("a stack that has no state is not in sync", async () => {
  const { code, stdout, stderr } = await project({ dev: DEV }).run(["drift", "dev"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("ERR_NO_STATE: the stack dev has nothing to compare the tenant with");
  expect(stderr).toContain("Next: npx pulumi up --stack dev");
});

test.each([
  [["--fail-on", "everything"], "Allowed choices are widened, weakened, replaced, narrowed, cosmetic"],
  [["--write-ignore", "ann", "--expires", "soon"], "expected a day such as 2026-12-31"],
  [["--write-ignore", "ann", "--fix"], "cannot be used with option"],
  [["--accept", "--fix"], "cannot be used with option"],
  [["--accept", "--write-ignore", "ann"], "cannot be used with option"],
])("%j is refused", async (args, said) => {
  const { code, stderr } = await project({ dev: DEV }).run(["drift", "dev", ...args]);
  expect(code).toBe(1);
  expect(stderr).toContain(said);
});
