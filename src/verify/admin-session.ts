/** The token of an administrator: one for many calls, and another one when the tenant does not take it any more. */

import type { Clock } from "./clock.ts";
import type { Observation } from "./http.ts";

type Options = {
  /** Asks for a token. */
  readonly login: () => Promise<string>;
  /** Seconds that a token is used: less than it lives, so that none ends on the way. */
  readonly seconds: number;
  /** Of the tenant: tokens expire by it. */
  readonly clock: Clock;
};

/**
 * @returns sends with a token; what is refused for it is sent again, once, with a new one. A login that failed is no login: the next
 *   call tries it anew
 */
export function createAdminSession({ login, seconds, clock }: Options) {
  let session: { readonly token: Promise<string>; readonly until: number } | undefined;
  const token = () => {
    if (session && clock.now() < session.until) return session.token;
    const opened = { token: login(), until: clock.now() + seconds };
    session = opened;
    opened.token.catch(() => forget(opened));
    return opened.token;
  };
  const forget = (one: typeof session) => {
    if (session === one) session = undefined;
  };
  return async (send: (token: string) => Promise<Observation>): Promise<Observation> => {
    const first = await token();
    const used = session;
    const answer = await send(first);
    if (answer.status !== 401) return answer;
    forget(used);
    return send(await token());
  };
}
