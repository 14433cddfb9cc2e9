/** Lets the engine plan a stack, and reads what it says. Writes neither the state nor the tenant. */

import type { Plan } from "../../reports/plan/plan.ts";
import { runPulumi } from "../pulumi.ts";
import { planOf } from "./events.ts";

/** What is compared: the declaration with the state, or the state with the tenant. */
const COMMANDS = { declaration: ["preview"], tenant: ["refresh", "--preview-only"] } as const;

/** The CLI prints events for a preview as it does for `up`: what was said before a run broke off is there, too. */
const EVENTS = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

/**
 * The plan of a stack. One that the engine could not make, or not to its end, is no error: it says so in its messages, and in
 * `isWhole`.
 *
 * @param env of the CLI, with what the program needs to find its tenant
 * @param args more of the CLI's, e.g. `--refresh`
 */
export async function readPlan(
  compare: keyof typeof COMMANDS,
  { stack, env, args = [] }: { stack: string; env: NodeJS.ProcessEnv; args?: readonly string[] },
): Promise<Plan> {
  const command = [...COMMANDS[compare], "--json", "--color", "never", "--stack", stack, ...args];
  const { code, stdout, stderr } = await runPulumi(command, { ...env, ...EVENTS });
  const plan = planOf(stdout);
  if (plan?.messages.some(({ severity }) => severity === "error") || (code === 0 && plan)) return plan;
  const text = reasonIn(stderr);
  const nothing: Plan = { steps: [], drift: [], messages: [], isPreview: true, isWhole: false };
  const { messages, ...read } = plan ?? nothing;
  return { ...read, messages: [...messages, { severity: "error", text }], isWhole: false };
}

/** What the CLI says that it could not do. */
function reasonIn(stderr: string): string {
  const at = stderr.indexOf("error: ");
  return (at < 0 ? stderr : stderr.slice(at + "error: ".length)).trim() || "the Pulumi CLI ended and said nothing";
}
