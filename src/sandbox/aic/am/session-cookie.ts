/** The name of the tenant's session cookie: clients tell one tenant from another by it (aic §11.4). */
import { randomBytes } from "node:crypto";
import type { Store } from "../../store.ts";
import { SETTINGS } from "../../tenant.ts";

/** Reads the name of a data folder, or makes one. It outlives resets. */
export function sessionCookieOf(store: Store): string {
  const known = store.get<{ name: string }>(SETTINGS, "session-cookie");
  if (known) return known.name;
  const name = randomBytes(8).toString("hex");
  store.put(SETTINGS, "session-cookie", { name });
  return name;
}
