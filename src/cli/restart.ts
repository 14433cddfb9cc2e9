/** `ping-agents restart`: restarts the tenant's services, so that changed ESVs take effect (aic §8.3). */

import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { type AicTenant, connectAic } from "../admin-api/aic/tenant.ts";
import { AdminApiError } from "../admin-api/http/errors.ts";
import { PingAgentsError } from "../errors.ts";

/** Seconds: the longest pause between two looks, and after which waiting ends. */
const PAUSE = 5;
const PATIENCE = 20 * 60;

/** @returns the command; exit code 1 when the tenant is not ready in time */
export function restartCommand(): Command {
  return new Command("restart")
    .description("restart the tenant's services so that changed ESVs take effect; other calls may fail for minutes")
    .action(async () => {
      const { origin, environment } = connectAic();
      await environment.restart();
      console.log(`${origin} is restarting.`);
      for (let waited = 0; waited < PATIENCE; ) {
        if ((await status(environment)) === "ready") return console.log("Ready: changed ESVs are in effect.");
        const pause = Math.min(PAUSE, waited + 1);
        await sleep(pause * 1000);
        waited += pause;
      }
      throw new PingAgentsError("ERR_RESTART_TIMEOUT", `${origin} is not ready after ${PATIENCE / 60} minutes`, {
        hint: "look at the tenant in the admin console",
      });
    });
}

/** Outages are part of a restart. */
async function status(environment: AicTenant["environment"]): Promise<string | undefined> {
  try {
    return await environment.startupStatus();
  } catch (error) {
    if (error instanceof AdminApiError && ["ERR_API_OUTAGE", "ERR_API_UNREACHABLE"].includes(error.code))
      return undefined;
    throw error;
  }
}
