/** Puts back what is declared, by the engine: `pulumi up --refresh`. */

import { PULUMI } from "../../engine/command.ts";
import { PingAgentsError } from "../../errors.ts";
import { namedTenant, type Said } from "../../tenants.ts";
import { runPulumi } from "../pulumi.ts";

/** What is repaired: a stack, on the tenant that is said. */
export type Repaired = { readonly stack: string; readonly said: Said };

const UP = ["up", "--refresh"];

/** The command, as a user types it. */
export const repairCommand = ({ stack }: Pick<Repaired, "stack">) => `${PULUMI} ${UP.join(" ")} --stack ${stack}`;

/**
 * What a repair would do, as the engine says it; changes nothing.
 *
 * @throws ERR_REPAIR
 */
export const previewRepair = (of: Repaired): Promise<string> => run(["preview", "--refresh"], of);

/** @throws ERR_REPAIR with what the engine said */
export const repair = (of: Repaired): Promise<string> => run([...UP, "--yes", "--skip-preview"], of);

async function run(args: readonly string[], { stack, said }: Repaired): Promise<string> {
  const { declared, env } = said;
  const variables = declared && namedTenant(declared.platform, said).variables;
  const { code, stdout, stderr } = await runPulumi([...args, "--stack", stack], { ...env, ...variables });
  if (code === 0) return stdout;
  throw new PingAgentsError("ERR_REPAIR", `pulumi ${args.join(" ")} ended with ${code}:\n${stdout}${stderr}`.trim(), {
    hint: `correct what it says, then ${repairCommand({ stack })}`,
  });
}
