/** Trial. */
import { expect, test } from "vitest";
import { startCloud } from "./clouds.ts";
import { LocalStack } from "./local-stack.ts";
test.each(["aic", "pingone"] as const)("%s", async (name) => {
  const cloud = await startCloud(name);
  const before = await cloud.content();
  const stack = new LocalStack();
  let t = performance.now();
  const lap = (what: string) => { console.log(name, what, Math.round(performance.now() - t)); t = performance.now(); };
  const seen = await cloud.tenant.count(async () => { const r = await stack.up(cloud.connect(), cloud.plan); console.log(r.errors.map(String), r.changed, cloud.plan.length); });
  lap(`up ${seen.length}`);
  console.log((await stack.up(cloud.connect(), cloud.plan)));
  lap("again");
  const r2 = await stack.up(cloud.connect(), cloud.changed); console.log(r2.errors.map(String), r2.changed);
  lap("change");
  const seen2 = await cloud.tenant.count(async () => { const r3 = await stack.destroy(cloud.connect()); console.log(r3.errors.map(String), r3.changed);});
  lap(`destroy ${seen2.length}`);
  expect(await cloud.content()).toEqual(before);
  await cloud.tenant.stop();
});
