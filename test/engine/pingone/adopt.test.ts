/** An environment that only raw calls have filled, taken into a declaration and a stack by `ping-agents adopt`, with the real engine. */

import { afterAll, expect, test } from "vitest";
import { fill, shapes } from "../../adoption/pingone/shapes.ts";
import { withoutMarks } from "../../support/dump.ts";
import { startPingOne } from "../../support/pingone.ts";
import { writes } from "../../support/tenant.ts";
import { summary } from "../cli.ts";
import { openProject } from "../project.ts";

const tenant = await startPingOne();
afterAll(() => tenant.stop());

const content = async () => withoutMarks(await tenant.content());
const agents = async () => (await tenant.admin.applications.list()).filter(({ type }) => type === "AI_AGENT");
const secrets = async () =>
  Promise.all((await agents()).map(async ({ id, name }) => [name, (await tenant.admin.secret(id))?.secret]));

test("15 agents of mixed shapes: marks and nothing else, then no change, no write, each secret stays, one can go", async () => {
  await fill(tenant);
  const [before, kept] = [await content(), await secrets()];
  const stack = await openProject(tenant)("adopted", { platform: "pingone" });
  const { stdout } = await stack.kit(["adopt", "adopted", "--yes"]);
  for (const { leftOut } of shapes) if (leftOut !== undefined) expect(stdout).toContain(leftOut);
  expect(await content()).toEqual(before);
  expect(await secrets()).toEqual(kept);

  await stack.preview({ args: ["--expect-no-changes"] });
  const seen = await tenant.count(async () => {
    expect(Object.keys(summary(await stack.up()))).toEqual(["unchanged"]);
  });
  expect(writes(seen)).toEqual([]);

  const agent = stack.resources.find(({ urn }) => urn.endsWith("AiAgent::reads")) ?? expect.unreachable();
  await stack.destroy({ args: ["--target", agent.urn, "--target-dependents"] });
  const left = (await agents()).map(({ name }) => name);
  expect(left.toSorted()).toEqual(shapes.flatMap(({ name }) => (name === "Reads" ? [] : [name])).toSorted());
});
