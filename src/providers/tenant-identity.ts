/** Which tenant a run is on, and which one it must be on (decision 0002). */

import type { Config, Env } from "../admin-api/settings.ts";
import { PULUMI } from "../engine/command.ts";
import { PingAgentsError, SettingError } from "../errors.ts";
import type { Platform } from "./kind.ts";
import type { Owner } from "./owner.ts";
import type { Properties } from "./pulumi-values.ts";

/** The identity that the user says to bind the stack to; the environment wins. Blank counts as missing. */
export function tenantSetting(env: Env, config: Config): string | undefined {
  return env.PING_AGENTS_TENANT?.trim() || config("ping-agents:tenant")?.trim() || undefined;
}

/**
 * The identity of the tenant, confirmed by the setting where there is one.
 *
 * @param live what the tenant says of itself
 * @throws ERR_SETTING_MISSING, ERR_OTHER_TENANT
 */
export function confirmedIdentity(live: string | undefined, bindTo: string | undefined, origin: string): string {
  if (live !== undefined && bindTo !== undefined && live !== bindTo) {
    throw new PingAgentsError("ERR_OTHER_TENANT", `ping-agents:tenant is ${bindTo}, and ${origin} is ${live}`, {
      where: { tenant: origin },
      hint: "correct the address of the tenant, or the setting (PING_AGENTS_TENANT, ping-agents:tenant)",
    });
  }
  const identity = live ?? bindTo;
  if (identity !== undefined) return identity;
  throw new SettingError("ERR_SETTING_MISSING", `${origin} does not say which tenant it is`, {
    where: { tenant: origin },
    hint: `give it a name of your own, the same for ever: ${PULUMI} config set ping-agents:tenant NAME`,
  });
}

/**
 * Proves that a resource is on the tenant that its stack is bound to.
 *
 * @param owner as the state has it, for a write the new one; a state of before has none and proves itself by {@link requireEvidence}
 * @throws ERR_OTHER_TENANT, before anything is read or written
 */
export async function requireTenant<C>(
  platform: Platform<C>,
  inputs: Properties,
  owner: (Pick<Owner, "tenant"> & { readonly origin?: string }) | undefined,
  resource: string,
): Promise<void> {
  const identity = await platform.identity(inputs);
  if (owner === undefined || owner.tenant === identity || platform.binding.anew) return;
  throw otherTenant(platform.origin, owner, identity, resource);
}

/**
 * The refusal of a tenant that is not the stack's.
 *
 * @param bound the stack's own, with its last address where that is known
 */
export function otherTenant(
  origin: string,
  bound: { readonly tenant: string; readonly origin?: string | undefined },
  live: string,
  resource: string,
): PingAgentsError {
  const own = [bound.tenant, ...(bound.origin ? [`at ${bound.origin}`] : [])].join(" ");
  return new PingAgentsError("ERR_OTHER_TENANT", `the stack is bound to the tenant ${own}, and ${origin} is ${live}`, {
    where: { resource, tenant: origin },
    hint:
      "set the variables of the stack's own tenant; only if this one shall take its place: " +
      `PING_AGENTS_TENANT=${live} ${PULUMI} up binds the stack anew`,
  });
}

/**
 * Proves that a state of before, which does not say its tenant, is on the right one: something else of it is there, or the user
 * says so.
 *
 * @throws ERR_OTHER_TENANT
 */
export async function requireEvidence<C>(platform: Platform<C>, inputs: Properties, resource: string): Promise<void> {
  const identity = await platform.identity(inputs);
  if (platform.bindTo === identity || (await platform.evidence.exists())) return;
  throw new PingAgentsError(
    "ERR_OTHER_TENANT",
    `nothing that this stack made is on ${platform.origin} (${identity}), and its state does not say on which tenant it is`,
    {
      where: { resource, tenant: platform.origin },
      hint: `set the variables of the stack's own tenant; if it is this one: PING_AGENTS_TENANT=${identity}, then the command again`,
    },
  );
}
