/** Runs without checkpoints: what has to be in the state before the first write is not made by one (decision 0002). */

import { PULUMI } from "../engine/command.ts";
import { PingAgentsError } from "../errors.ts";

/** Makes what has to be there first, and writes nothing to a tenant. A pattern that nothing is named by is no mistake. */
const FIRST = `${PULUMI} up --target '**StackBinding**' --target '**ProviderBaseline**'`;

/**
 * Refuses to make what a killed run would forget: the next one would not know again what was made after it.
 *
 * @param resource type of what is to be made
 * @throws ERR_NO_CHECKPOINT
 */
export function requireCheckpoint(resource: string): void {
  // As the engine reads it.
  if (!/^(1|true)$/i.test(process.env.PULUMI_SKIP_CHECKPOINTS ?? "")) return;
  throw new PingAgentsError(
    "ERR_NO_CHECKPOINT",
    "a killed run without checkpoints would forget what it knows by this",
    {
      where: { resource },
      hint: `once: env -u PULUMI_SKIP_CHECKPOINTS ${FIRST}; then the command again`,
    },
  );
}
