/** Every AIC kind that can be declared, in a stack whose runs are killed. */

import { startAic } from "../support/aic.ts";
import { withoutStackIds } from "../support/dump.ts";
import { everything, everythingEnv } from "./declarations.ts";
import { describeKilledRuns } from "./killed-runs.ts";

const tenant = await startAic();

await describeKilledRuns({
  ...{ cloud: "aic", tenant, declaration: everything, env: everythingEnv },
  async content() {
    const hide = (key: string, value: unknown) => (key === "jwkSet" ? "a key" : value);
    return JSON.parse(JSON.stringify(withoutStackIds(await tenant.content()), hide));
  },
  some: { provider: 2, cli: 1 },
});
