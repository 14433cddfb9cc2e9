/**
 * `npm run acceptance -- --env NAME`: lives every kind through on the tenant of an environment, compares it with the local one, and
 * says which facts of docs/contracts were confirmed and which contradicted. Without `--yes` it says what it would do.
 */

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { aicSettings } from "../src/admin-api/aic/settings.ts";
import { pingOneSettings } from "../src/admin-api/pingone/settings.ts";
import { introduced, stackOf } from "../src/cli/access/tenant.ts";
import { declarationOf } from "../src/cli/stacks.ts";
import { PingAgentsError } from "../src/errors.ts";
import { declaredAddress } from "../src/tenants.ts";
import { aicWing } from "./acceptance/aic/wing.ts";
import { pingOneWing } from "./acceptance/pingone/wing.ts";
import { summaryOf } from "./acceptance/report.ts";
import { accept, clean, leftIn, type Run } from "./acceptance/run.ts";
import type { Wing } from "./acceptance/wing.ts";

const { values } = parseArgs({
  options: {
    env: { type: "string" },
    yes: { type: "boolean", default: false },
    clean: { type: "boolean", default: false },
    out: { type: "string", default: join(".ping-agents", "acceptance") },
  },
});

async function main(): Promise<number> {
  const { env, yes, clean: isCleaning } = values;
  if (env === undefined)
    throw new PingAgentsError("ERR_TARGET", "no environment is named", { hint: "npm run acceptance -- --env NAME" });
  const of = { ...declarationOf(env), name: env };
  const { declaration } = of;
  if (declaration.platform === "aic" && declaration.tier === "production") {
    throw new PingAgentsError("ERR_TARGET", `${env} is a production tenant; nothing was called`, {
      where: of.placeOf(["tier"]),
      hint: "name an environment of tier development or staging",
    });
  }
  const { said } = await (yes || isCleaning ? introduced(of) : stackOf(of));
  return declaration.platform === "aic"
    ? carryOut(aicWing(aicSettings(said.env, said.config, declaredAddress(said)), declaration), env)
    : carryOut(pingOneWing(pingOneSettings(said.env, said.config), declaration.environment), env);
}

async function carryOut<Context>(wing: Wing<Context>, env: string): Promise<number> {
  const folder = join(values.out, env);
  console.log(`Tenant ${wing.tenant.origin}, ${wing.place}`);
  if (values.clean) return cleaned(wing, folder);
  if (leftIn(folder) > 0) {
    const what = `a run before has left ${leftIn(folder)} objects on the tenant`;
    throw new PingAgentsError("ERR_UNFINISHED", what, { hint: `npm run acceptance -- --env ${env} --clean` });
  }
  const prefix = `ping-acceptance-${randomBytes(3).toString("hex")}-`;
  if (!values.yes) return planned(wing, prefix, env);
  return run(wing, { prefix, folder, progress: console.error });
}

/** @returns 0 when nothing was contradicted, 2 when something was @throws ERR_INTERRUPTED */
async function run<Context>(wing: Wing<Context>, how: Run): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new PingAgentsError("ERR_INTERRUPTED", "interrupted"));
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, interrupt);
  try {
    const found = await accept(wing, { ...how, signal: interruption.signal });
    for (const { cite, says, differences } of found)
      for (const one of differences) console.log(`${cite} (${says}): ${one}`);
    console.log(`\n${summaryOf(found)}; ${join(how.folder, "report.md")}`);
    return found.some(({ verdict }) => verdict === "contradicted") ? 2 : 0;
  } finally {
    const left = leftIn(how.folder);
    if (left > 0) console.error(`${left} objects are left; remove them: the same with --clean in place of --yes`);
  }
}

/** What a run would do. */
function planned<Context>(wing: Wing<Context>, prefix: string, env: string): number {
  console.log(`Would make, change and remove, each under the prefix ${prefix}:`);
  for (const { type, inputs } of wing.samples(prefix)) {
    const own = Object.values(inputs).find((value) => String(value).includes(prefix));
    console.log(`  ${type} ${String(own)}`);
  }
  console.log("and run the token flows of agents of its own. Entries of what a realm shares are taken out again.");
  console.log(`Nothing was called. To run it: npm run acceptance -- --env ${env} --yes`);
  return 0;
}

async function cleaned<Context>(wing: Wing<Context>, folder: string): Promise<number> {
  console.log(`${await clean(wing, { prefix: "", folder })} objects of a run that was cut off were removed.`);
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof PingAgentsError ? error.message : error);
  return 1;
});
