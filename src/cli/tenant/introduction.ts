/** Says which tenant a command is about, and refuses one that is not the stack's (decision 0002). */

import { AdminApiError } from "../../admin-api/http/errors.ts";
import { PULUMI } from "../../engine/command.ts";
import { PingAgentsError } from "../../errors.ts";
import { confirmedIdentity, otherTenant, tenantSetting } from "../../providers/tenant-identity.ts";
import { type NamedTenant, namedTenant, refuseOwnClient, type Said } from "../../tenants.ts";
import type { Binding, StackState } from "./stack-state.ts";

/**
 * A line for each platform of a stack, once its tenant is known to be the one that the stack is bound to.
 *
 * @param stack its name
 * @throws ERR_OTHER_TENANT, also where two tenants are said; ERR_OWN_CLIENT, ERR_SETTING_INVALID
 */
export async function introduction(
  stack: string,
  said: Said,
  { bindings, unbound, clients }: Pick<StackState, "bindings" | "unbound" | "clients">,
): Promise<string[]> {
  const declared = said.declared?.platform;
  const clouds = new Set([...(declared ? [declared] : []), ...bindings.map(({ platform }) => platform), ...unbound]);
  if (clouds.size === 0) return [`Stack ${stack}; its tenant was not checked: nothing says on which cloud it is`];
  const tenants = [...clouds].map((cloud) => {
    const tenant = namedTenant(cloud, said.declared?.platform === cloud ? said : { ...said, declared: undefined });
    const own = clients.filter(({ platform }) => platform === cloud);
    refuseOwnClient(tenant, own);
    return { cloud, tenant };
  });
  return Promise.all(
    tenants.map(async ({ cloud, tenant }) => {
      const own = bindings.filter(({ platform }) => platform === cloud);
      const notes = await Promise.all(own.map((binding) => compared(tenant, binding, said, stack)));
      if (tenant.origin === undefined && own.length === 0)
        notes.push(`the tenant was not checked: ${reasonOf(tenant)}`);
      if (unbound.includes(cloud)) notes.push("its state does not name a tenant yet, up binds it to this one");
      const known = notes.filter((note) => note !== undefined);
      const line = [`Stack ${stack}`, `tenant ${tenant.origin ?? "not named"}`, ...tenant.parts].join(", ");
      return [line, ...new Set(known)].join("; ");
    }),
  );
}

/**
 * Refuses to destroy a stack of which a run was cut off while it made something: the engine knows nothing of that, and would
 * leave it on the tenant with an owner that is gone.
 *
 * @throws ERR_UNFINISHED
 */
export function refuseUnfinished({ unfinished }: Pick<StackState, "unfinished">): void {
  if (unfinished.length === 0) return;
  const what = `a run was cut off while it made ${unfinished.join(", ")}; destroy would leave what is there`;
  throw new PingAgentsError("ERR_UNFINISHED", what, {
    hint: `${PULUMI} up goes on where the run ended; then destroy`,
  });
}

/** What there is to say of a binding, if anything. */
async function compared(
  tenant: NamedTenant,
  bound: Binding,
  { env, config = () => undefined }: Said,
  stack: string,
): Promise<string | undefined> {
  const bindTo = tenantSetting(env, config);
  const found = await identityOf(tenant, bound);
  if ("unknown" in found) return `the tenant was not checked: ${found.unknown}`;
  const origin = tenant.origin ?? "the tenant";
  const live = confirmedIdentity(found.identity, bindTo, origin);
  if (live === bound.tenant) return undefined;
  if (live === bindTo) return `up binds it to this tenant, ${live}, and no longer to ${bound.tenant}`;
  throw otherTenant(origin, bound, live, `stack ${stack}`);
}

/** The identity, or why it is not known. */
async function identityOf(
  tenant: NamedTenant,
  { environment }: Binding,
): Promise<{ identity: string | undefined } | { unknown: string }> {
  try {
    const identity = await tenant.identity(environment);
    const isNamed = tenant.origin !== undefined || identity !== undefined;
    return isNamed ? { identity } : { unknown: reasonOf(tenant) };
  } catch (error) {
    if (error instanceof AdminApiError) return { unknown: error.message.split("\n")[0] ?? error.code };
    throw error;
  }
}

/** Why nothing is known of a tenant. */
const reasonOf = ({ missing }: NamedTenant) => missing?.message.split("\n")[0] ?? "nothing names it";
