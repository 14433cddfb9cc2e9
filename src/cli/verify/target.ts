/** Whether a tenant is a local one, and whether the user has said that a real one is meant. */

import { PingAgentsError } from "../../errors.ts";
import { isLoopback } from "../../network.ts";
import type { Target } from "../../verify/index.ts";

/**
 * A local tenant needs no word; a real one is touched only when that is said.
 *
 * @param origin of the tenant
 *
 * @throws ERR_TARGET
 */
export function targetOf(origin: string, said: Target | undefined): Target {
  const isLocal = isLoopback(new URL(origin).hostname);
  if (said === "sandbox" && !isLocal) {
    throw new PingAgentsError("ERR_TARGET", "a sandbox is on this machine, this tenant is not", {
      where: { tenant: origin },
      hint: "--target tenant",
    });
  }
  if (said) return said;
  if (isLocal) return "sandbox";
  throw new PingAgentsError("ERR_TARGET", "verify runs token flows, some on throw-away objects, in a real tenant", {
    where: { tenant: origin },
    hint: "say so: ping-agents verify --target tenant",
  });
}
