/** Whether this machine and the tenant have the same time: assertions, tokens and ends of access go by it. */

import type { Check } from "./sheet.ts";

/** Seconds by which clocks may differ. */
const TOLERANCE = 60;

/** @param at the tenant's time, when it answered; `now` of this machine, in milliseconds since 1970 */
export const clock: Check<{ readonly at: Date | undefined; readonly now: () => number }> = {
  id: "clock",
  title: "clock",
  look: ({ at, now }) => {
    if (!at) return { found: "the tenant does not say its time", fact: undefined, open: "compare the clocks by hand" };
    const ahead = Math.round((now() - at.getTime()) / 1000);
    if (Math.abs(ahead) <= TOLERANCE) return { found: "that of the tenant, within a minute", fact: undefined };
    const way = ahead > 0 ? "ahead of" : "behind";
    const found = `this machine is ${Math.abs(ahead)} s ${way} the tenant, which then refuses its assertions`;
    return { failures: [{ found, next: "set the clock of this machine by NTP; of a container, that of its host" }] };
  },
};
