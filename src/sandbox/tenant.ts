/** What every route works on: the tenant's store and clock, what was asked of it, and what it did not know. */
import type { Clock } from "./clock.ts";
import type { Switches } from "./refusals.ts";
import type { Store } from "./store.ts";

/** The realms of a tenant (aic §1.1). The root realm is closed. */
export const REALMS = ["alpha", "bravo"] as const;
export type Realm = (typeof REALMS)[number];

/** A request as the control plane reports it: never a body, a header or a query. */
export type Seen = { readonly method: string; readonly path: string; readonly status: number | "dropped" };

/** Writes one line about the sandbox's own doings. Never gets a secret. */
export type Log = (line: string) => void;

export type Tenant = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Which rules of the token services hold. */
  readonly switches: Switches;
  /** Requests since the last clearing. */
  readonly seen: Seen[];
  /** What was asked for and is not served. */
  readonly gaps: { readonly method: string; readonly path: string; readonly message: string }[];
};

/** Collection of the sandbox's own settings. Collections that begin with `sandbox/` are no part of the tenant. */
export const SETTINGS = "sandbox/settings";

/** Service accounts that log in although the tenant does not list them: the sandbox's own. */
export const OWN_ACCOUNTS = "sandbox/accounts";

export function isRealm(name: string): name is Realm {
  return REALMS.some((realm) => realm === name);
}

/** Whether AI agents are switched on in this tenant (aic §2.9). */
export function hasAiAgents({ store }: Tenant): boolean {
  return store.get("tenant/features", "aiagent")?.enabled !== false;
}

/**
 * Origin of the tenant as the caller addressed it, always with its port: `http://127.0.0.1:41900`. Audiences and issuers
 * are built from it (oauth-flows §1).
 */
export function originOf(request: Request): string {
  const { protocol, hostname, port } = new URL(request.url);
  return `${protocol}//${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}
