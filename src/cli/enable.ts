/** `ping-agents enable`: switches the tenant's AI-agent feature on, after saying that it cannot be undone. */

import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { connectAic } from "../admin-api/aic/tenant.ts";
import { PingAgentsError } from "../errors.ts";

/** @returns the command; exit code 1 when it was not confirmed or the tenant refused */
export function enableCommand(): Command {
  return new Command("enable")
    .description("switch on AI agents in the tenant that AIC_TENANT_URL names; cannot be undone")
    .option("--yes", "do not ask", false)
    .action(async ({ yes }: { yes: boolean }) => {
      const { origin, environment } = connectAic();
      console.log(`AI agents will be switched on in ${origin}. This cannot be undone, and may take ten minutes.`);
      if (!yes && !(await confirmed(`Type the tenant's address to go on: `, origin))) {
        throw new PingAgentsError("ERR_NOT_CONFIRMED", "not confirmed; nothing was changed", {
          hint: "answer with the address, or pass --yes where nobody can answer",
        });
      }
      await environment.enableAiAgents();
      console.log("AI agents are on.");
    });
}

async function confirmed(question: string, answer: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim() === answer;
  } finally {
    terminal.close();
  }
}
