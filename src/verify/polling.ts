/** How a user is asked and waited for, whatever the platform (CIBA Core §11). */

import type { Clock } from "./clock.ts";
import type { Approver, Decision } from "./credentials.ts";
import { Unprovable } from "./errors.ts";
import type { Observation } from "./http.ts";
import { shown } from "./judge.ts";

/** A request that waits for the user. Times are seconds. */
export type Waiting = { readonly message: string; readonly interval: number; readonly expiresIn: number };

/**
 * Has a user decide, and polls until the answer is final.
 *
 * @throws {Unprovable} when nobody decides in time; from then on nobody is asked, so that a run does not wait again and again
 */
export type AskUser = (
  request: Waiting & { readonly userName: string },
  decision: Decision,
  poll: () => Promise<Observation>,
) => Promise<Observation>;

type Options = {
  readonly approver: Approver;
  readonly clock: Clock;
  readonly progress: (line: string) => void;
  /** Seconds that a user gets. @default as long as the request lives */
  readonly approvalTimeout?: number | undefined;
};

/** How the users of one run are asked. */
export function createAskUser({ approver, ...how }: Options): AskUser {
  let inVain: string | undefined;
  return async (request, decision, poll) => {
    if (inVain !== undefined) throw new Unprovable(`not asked again, since ${inVain}`);
    await approver.decide(request, decision);
    const patience = Math.min(request.expiresIn, how.approvalTimeout ?? Number.POSITIVE_INFINITY);
    const answer = await pollToTheEnd(how, request, patience, poll);
    if (approver.decidesAtOnce || !UNDECIDED.includes(answer.error ?? "")) return answer;
    inVain = `${request.userName} did not decide within ${patience} s`;
    throw new Unprovable(inVain, shown(answer));
  };
}

/** What is answered while nobody has decided, and when it is too late. */
const UNDECIDED = ["authorization_pending", "slow_down", "expired_token"];

/** Waits before every poll, longer after `slow_down`, until the answer is final or the time is over. */
async function pollToTheEnd(
  { clock, progress }: Pick<Options, "clock" | "progress">,
  { message, ...asked }: Waiting,
  patience: number,
  poll: () => Promise<Observation>,
): Promise<Observation> {
  const end = clock.now() + patience;
  let { interval } = asked;
  for (;;) {
    await clock.wait(interval);
    const answer = await poll();
    if (answer.error === "slow_down") interval += 5;
    else if (answer.error !== "authorization_pending") return answer;
    if (clock.now() >= end) return answer;
    progress(`waiting for the user to decide "${message}" (${Math.max(0, end - clock.now())} s left)`);
  }
}
