/** Until when the tokens of a stopped agent can live, in words. Pure. */

import type { Lifetimes } from "./agent.ts";

/**
 * A line for what was issued, and one for what renews it where the agent has that.
 *
 * @param since when the agent was stopped, ISO 8601: no token is younger
 * @param more what becomes of tokens before they end
 */
export function tokenEnds({ access, id, refresh }: Lifetimes, since: string, more: string): string[] {
  const until = (seconds: number) => new Date(Date.parse(since) + seconds * 1_000).toISOString();
  const issued = `Tokens issued before live until ${until(Math.max(access, id))} at the latest (access ${access} s, ID ${id} s): ${more}.`;
  if (refresh === undefined) return [issued];
  const end = refresh < 0 ? "do not end by themselves" : `live until ${until(refresh)} (${refresh} s)`;
  return [
    issued,
    `Refresh tokens bring nothing while it is stopped; they ${end}, and work again where the stop is undone before.`,
  ];
}
