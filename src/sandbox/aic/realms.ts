/** The realms of a tenant, and the addresses that issuers and audiences are built from. */
import { isLoopback } from "../loopback.ts";
import type { Tenant } from "../tenant.ts";

/** The realms of a tenant (aic §1.1). The root realm is closed. */
export const REALMS = ["alpha", "bravo"] as const;
export type Realm = (typeof REALMS)[number];

export function isRealm(name: string): name is Realm {
  return REALMS.some((realm) => realm === name);
}

/** Origin of the tenant, always with its port: `http://127.0.0.1:41900`. Issuers are built from it (oauth-flows §1). */
export function issuerOrigin({ originOf }: Tenant, request: Request): string {
  return withPort(new URL(originOf(request)));
}

/** Origins that an assertion may be made out to: the tenant's own, and what a forwarder on this machine is called by. */
export function audienceOrigins(tenant: Tenant, request: Request): string[] {
  const called = new URL(request.url);
  return [issuerOrigin(tenant, request), ...(isLoopback(called) ? [withPort(called)] : [])];
}

function withPort({ protocol, hostname, port }: URL): string {
  return `${protocol}//${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}
