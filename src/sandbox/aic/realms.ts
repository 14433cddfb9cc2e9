/** The realms of a tenant, and the address that their issuers are built from. */

/** The realms of a tenant (aic §1.1). The root realm is closed. */
export const REALMS = ["alpha", "bravo"] as const;
export type Realm = (typeof REALMS)[number];

export function isRealm(name: string): name is Realm {
  return REALMS.some((realm) => realm === name);
}

/**
 * Origin of the tenant as the caller addressed it, always with its port: `http://127.0.0.1:41900`. Audiences and issuers
 * are built from it (oauth-flows §1).
 */
export function originOf(request: Request): string {
  const { protocol, hostname, port } = new URL(request.url);
  return `${protocol}//${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}
