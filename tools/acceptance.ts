/**
 * `npm run acceptance -- --env NAME`: lives every kind through on the tenant of an environment, compares it with the local one, and
 * says which facts of docs/contracts were confirmed and which contradicted. Without `--yes` it says what it would do.
 */

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { aicSettings } from "../src/admin-api/aic/settings.ts";
import { declarationOf } from "../src/cli/stacks.ts";
import { PingAgentsError } from "../src/errors.ts";
import { declaredAddress } from "../src/tenants.ts";
import { aicWing } from "./acceptance/aic/wing.ts";
import { summaryOf } from "./acceptance/report.ts";
import { accept, clean, leftIn } from "./acceptance/run.ts";
import type { Wing } from "./acceptance/wing.ts";

const { values } = parseArgs({
  options: {
    env: { type: "string" },
    yes: { type: "boolean", default: false },
    clean: { type: "boolean", default: false },
    out: { type: "string", default: join(".ping-agents", "acceptance") },
  },
});

/** @throws ERR_TARGET for production, where no environment is named or its cloud has no acceptance; what the settings throw */
function wingOf(environment: string) {
  const { declaration, placeOf } = declarationOf(environment);
  if (declaration.platform !== "aic") {
    throw new PingAgentsError("ERR_TARGET", "acceptance knows tenants of AIC only", {
      hint: "name an environment of AIC",
    });
  }
  const { realm, tier } = declaration;
  const declared = { ...declaration, file: placeOf(["tenant"]).file };
  const settings = aicSettings(process.env, undefined, declaredAddress({ declared }));
  if (tier === "production") {
    throw new PingAgentsError("ERR_TARGET", `${environment} is a production tenant; nothing was called`, {
      where: { tenant: new URL(settings.tenantUrl).origin },
      hint: "name an environment of tier development or staging",
    });
  }
  return aicWing(settings, { realm, tier });
}

async function main(): Promise<number> {
  const { env, yes, clean: isCleaning, out } = values;
  if (env === undefined)
    throw new PingAgentsError("ERR_TARGET", "no environment is named", { hint: "npm run acceptance -- --env NAME" });
  const wing = wingOf(env);
  const folder = join(out, env);
  console.log(`Tenant ${wing.tenant.origin}, ${wing.place}`);
  if (isCleaning) return cleaned(wing, folder);
  if (leftIn(folder) > 0) {
    const what = `a run before has left ${leftIn(folder)} objects on the tenant`;
    throw new PingAgentsError("ERR_UNFINISHED", what, { hint: `npm run acceptance -- --env ${env} --clean` });
  }
  const prefix = `ping-acceptance-${randomBytes(3).toString("hex")}-`;
  if (!yes) return planned(wing, prefix, env);
  const interruption = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interruption.abort());
  const found = await accept(wing, { prefix, folder, signal: interruption.signal, progress: console.error });
  for (const { cite, says, differences } of found)
    for (const one of differences) console.log(`${cite} (${says}): ${one}`);
  console.log(`\n${summaryOf(found)}; ${join(folder, "report.md")}`);
  return found.some(({ verdict }) => verdict === "contradicted") ? 2 : 0;
}

/** What a run would do. */
function planned<Context>(wing: Wing<Context>, prefix: string, env: string): number {
  console.log(`Would make, change and remove, each under the prefix ${prefix}:`);
  for (const { type, inputs } of wing.samples(prefix)) {
    const own = Object.values(inputs).find((value) => String(value).includes(prefix));
    console.log(`  ${type} ${String(own)}`);
  }
  console.log("and run the token flows of an agent of its own. Entries of what a realm shares are taken out again.");
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
