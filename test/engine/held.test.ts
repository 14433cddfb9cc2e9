/** A program of one's own whose access breaks an assertion: the run ends before the first write, with one message and no stack. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { startAic } from "../support/aic.ts";
import { writes } from "../support/tenant.ts";
import { openProject } from "./project.ts";

const program = `
import { accessPolicy, aic } from ${JSON.stringify(pathToFileURL(join(projectRoot, "src", "index.ts")).href)};

new aic.DeclaredAgent("bot", { realm: "alpha", clientId: "bot", name: "Bot", pattern: "autonomous", scopes: ["delete-all"] });
accessPolicy({ never: [{ scope: "delete*", reason: "agents delete nothing" }] });
`;

test("writes nothing", async () => {
  const tenant = await startAic();
  afterAll(() => tenant.stop());
  const stack = await openProject(tenant, { program })("own", "");
  let said = "";
  const seen = await tenant.count(async () => {
    const { stdout, stderr } = await stack.up({ exit: 1 });
    said = (stdout + stderr).replace(/^.*^Diagnostics:$/ms, ""); // it is shown while the run lasts, too
  });
  expect(said.match(/ERR_\w+/g)).toEqual(["ERR_ACCESS_POLICY"]);
  expect(said).toMatch(/high never: Bot: may delete-all .*\n\s+agents delete nothing\n\s+Next: /);
  expect(said).not.toMatch(/^\s+at .*\.(ts|js):\d+/m);
  expect(writes(seen)).toEqual([]);
  expect(stack.resources).toEqual([]);
});
