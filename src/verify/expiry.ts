/** An agent whose last day is over: nothing ends it by itself, so somebody has to decide. Pure. */
import type { Finding } from "./finding.ts";

/**
 * @param agent its key
 * @param expires its last day, `YYYY-MM-DD` in UTC
 * @param now seconds since 1970
 */
export function expiryOf(agent: string, expires: string | undefined, now: number): Finding[] {
  const today = new Date(now * 1000).toISOString().slice(0, 10);
  if (expires === undefined || expires >= today) return [];
  const message = `${agent} expired on ${expires}: renew expires, or end it: enabled: false, or take its entry out, then pulumi up`;
  return [{ code: "expired", agent, flows: [], message }];
}
