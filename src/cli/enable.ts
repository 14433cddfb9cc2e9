/** `ping-agents enable`: switches the tenant's AI-agent feature on, after saying that it cannot be undone. */

import { Command } from "commander";
import { connectAic } from "../admin-api/aic/tenant.ts";
import { confirmTenant } from "./prompts.ts";

/** @returns the command; exit code 1 when it was not confirmed or the tenant refused */
export function enableCommand(): Command {
  return new Command("enable")
    .description("switch on AI agents in the tenant that AIC_TENANT_URL names; cannot be undone")
    .option("--yes", "do not ask", false)
    .action(async (options: { yes: boolean }) => {
      const { origin, environment } = connectAic();
      console.error(`Tenant ${origin}, all realms`);
      console.log(`AI agents will be switched on in ${origin}. This cannot be undone, and may take ten minutes.`);
      await confirmTenant(origin, options);
      await environment.enableAiAgents();
      console.log("AI agents are on.");
    });
}
