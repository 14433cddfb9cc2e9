/** Whether a tenant is a local one, and whether the user has said that a real one is meant. */

import { PingAgentsError } from "../../errors.ts";
import type { Target } from "../../verify/index.ts";

/**
 * A local tenant needs no word; a real one is touched only when that is said.
 *
 * @throws ERR_TARGET
 */
export function targetOf(tenantUrl: string, said: Target | undefined): Target {
  const { hostname } = new URL(tenantUrl);
  const isLocal = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
  if (said === "sandbox" && !isLocal) {
    throw new PingAgentsError("ERR_TARGET", "a sandbox is on this machine, this tenant is not", {
      where: { tenant: tenantUrl },
      hint: "--target tenant",
    });
  }
  if (said) return said;
  if (isLocal) return "sandbox";
  throw new PingAgentsError("ERR_TARGET", "verify runs token flows, some on throw-away objects, in a real tenant", {
    where: { tenant: tenantUrl },
    hint: "say so: ping-agents verify --target tenant",
  });
}
