/** An agent whose last day is over: nothing ends it by itself, so somebody has to decide. Pure. */
import { called, type Finding } from "./finding.ts";

/** An agent by its key. `expires` is its last day, `YYYY-MM-DD` in UTC. */
type Expiring = { readonly key: string; readonly name?: string | undefined; readonly expires?: string | undefined };

/** @param now seconds since 1970 */
export function expiryOf({ key: agent, name, expires }: Expiring, now: number): Finding[] {
  const today = new Date(now * 1000).toISOString().slice(0, 10);
  if (expires === undefined || expires >= today) return [];
  const message = `${called(agent, name)} expired on ${expires}: renew expires, or end it: enabled: false, or take its entry out, then pulumi up`;
  return [{ code: "expired", agent, flows: [], message }];
}
