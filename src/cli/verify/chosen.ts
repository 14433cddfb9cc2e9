/** Which of the declared agents are verified. Pure. */

import { PingAgentsError } from "../../errors.ts";

/**
 * The agent that is asked for; all when none is.
 *
 * @throws ERR_AGENT_UNKNOWN
 */
export function chosen<Agent>(
  agents: readonly Agent[],
  keyOf: (agent: Agent) => string,
  key?: string,
): readonly Agent[] {
  const found = key === undefined ? agents : agents.filter((agent) => keyOf(agent) === key);
  if (key === undefined || found.length > 0) return found;
  throw new PingAgentsError("ERR_AGENT_UNKNOWN", `the declaration has no agent "${key}"`, {
    hint: `use one of ${agents.map(keyOf).join(", ")}`,
  });
}
