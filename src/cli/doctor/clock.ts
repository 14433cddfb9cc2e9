/** Whether this machine and the tenant have the same time: assertions, tokens and ends of access go by it. */

import { skew } from "../../admin-api/http/clock.ts";
import type { Check } from "./sheet.ts";

/** @param at the tenant's time, when it answered; `now` of this machine, in milliseconds since 1970 */
export const clock: Check<{ readonly at: Date | undefined; readonly now: () => number }> = {
  id: "clock",
  title: "clock",
  look: ({ at, now }) => {
    if (!at) return { found: "the tenant does not say its time", fact: undefined, open: "compare the clocks by hand" };
    const difference = skew(at, now());
    if (!difference) return { found: "that of the tenant, within a minute", fact: undefined };
    const found = `this machine is ${difference} the tenant, which then refuses its assertions`;
    return { failures: [{ found, next: "set the clock of this machine by NTP; of a container, that of its host" }] };
  },
};
