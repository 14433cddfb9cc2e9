/** The dev stack of PingOne, whose runs are killed. */

import { readFileSync } from "node:fs";
import { comparablePingOne, withoutStackIds } from "../../support/dump.ts";
import { startPingOne } from "../../support/pingone.ts";
import { describeKilledRuns } from "../killed-runs.ts";

const tenant = await startPingOne();
const declaration = readFileSync(new URL("../../../stacks/pingone-dev.yaml", import.meta.url), "utf8");

await describeKilledRuns({
  ...{ cloud: "pingone", tenant, declaration },
  content: async () => comparablePingOne(withoutStackIds(await tenant.content())),
  some: { provider: 1, cli: 1 },
});
