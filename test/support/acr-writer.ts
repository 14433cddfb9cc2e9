/** A process that declares acr mappings one after the other, as a run of a stack does: reads `{prefix, count}`, ends with 0. */

import { text } from "node:stream/consumers";
import { connectAic } from "../../src/admin-api/aic/tenant.ts";
import { provider } from "../../src/providers/entry.ts";

const { prefix, count } = JSON.parse(await text(process.stdin)) as { prefix: string; count: number };
const tenant = await connectAic().identity();
const __owner = { stack: prefix.padEnd(12, "0"), name: `shop/${prefix}`, resource: "acr", tenant };
const { check, create } = provider("aic:AcrMapping");
for (let number = 1; number <= count; number += 1) {
  const declared = {
    realm: "alpha",
    acr: `${prefix}${number}`,
    journey: "Login",
    baseline: {},
    tier: "development",
    __owner,
  };
  const { inputs } = await check(undefined, declared);
  await create({ ...inputs, __provider: "test" });
}
