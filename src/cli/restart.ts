/** `ping-agents restart`: restarts the tenant's services where changed ESVs wait for it, after saying which (aic §8.3). */

import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import type { Environment } from "../admin-api/aic/esv.ts";
import { connectAic } from "../admin-api/aic/tenant.ts";
import { AdminApiError } from "../admin-api/http/errors.ts";
import { PingAgentsError } from "../errors.ts";
import { confirmTenant } from "./prompts.ts";

/** Seconds: the longest pause between two looks, and after which waiting ends. */
const PAUSE = 5;
const PATIENCE = 20 * 60;

/** @returns the command; exit code 1 when it was not confirmed, or the tenant is not ready in time */
export function restartCommand(): Command {
  return new Command("restart")
    .description("restart the tenant's services so that changed ESVs take effect; other calls may fail for minutes")
    .option("--yes", "do not ask", false)
    .action(async (options: { yes: boolean }) => {
      const { origin, environment } = connectAic();
      console.error(`Tenant ${origin}, all realms`);
      const waiting = await pending(environment);
      if (waiting.length === 0) return console.log(`${origin} needs no restart: all ESVs are in effect.`);
      console.log(`${origin} will restart; other calls may fail for minutes. What waits for it:`);
      for (const esv of waiting) console.log(`  ${esv}`);
      await confirmTenant(origin, options);
      await environment.restart();
      console.log(`${origin} is restarting.`);
      await untilReady(origin, environment);
      console.log("Ready: changed ESVs are in effect.");
    });
}

/** The ESVs whose value is not in effect yet, as a person reads them. */
async function pending(environment: Environment): Promise<string[]> {
  const [secrets, variables] = await Promise.all([environment.listSecrets(), environment.listVariables()]);
  return [
    ...secrets
      .filter(({ loaded }) => !loaded)
      .map(({ _id, activeVersion, loadedVersion }) => {
        const inEffect = loadedVersion ? `version ${loadedVersion}` : "none";
        return `secret ${_id}: version ${activeVersion}; in effect is ${inEffect}`;
      }),
    ...variables.filter(({ loaded }) => !loaded).map(({ _id }) => `variable ${_id}`),
  ];
}

/** @throws ERR_RESTART_TIMEOUT */
async function untilReady(origin: string, environment: Environment): Promise<void> {
  for (let waited = 0; waited < PATIENCE; ) {
    if ((await status(environment)) === "ready") return;
    const pause = Math.min(PAUSE, waited + 1);
    await sleep(pause * 1000);
    waited += pause;
  }
  throw new PingAgentsError("ERR_RESTART_TIMEOUT", `${origin} is not ready after ${PATIENCE / 60} minutes`, {
    hint: "look at the tenant in the admin console",
  });
}

/** Outages are part of a restart. */
async function status(environment: Environment): Promise<string | undefined> {
  try {
    return await environment.startupStatus();
  } catch (error) {
    if (error instanceof AdminApiError && ["ERR_API_OUTAGE", "ERR_API_UNREACHABLE"].includes(error.code))
      return undefined;
    throw error;
  }
}
