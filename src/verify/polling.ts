/** How a client waits for a user's answer, whatever the platform (CIBA Core §11). */

import type { Clock } from "./clock.ts";
import type { Observation } from "./http.ts";

/** A request that waits for the user. Times are seconds. */
export type Waiting = { readonly message: string; readonly interval: number; readonly expiresIn: number };

/** Waits before every poll, longer after `slow_down`, until the answer is final or the request has expired. */
export async function pollToTheEnd(
  { clock, progress }: { readonly clock: Clock; readonly progress: (line: string) => void },
  { message, expiresIn, ...asked }: Waiting,
  poll: () => Promise<Observation>,
): Promise<Observation> {
  const end = clock.now() + expiresIn;
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
