/** A warning for an agent whose last day is near or over. Pure. */

import { stageOf } from "../../fields/life.ts";
import { day, utcDay } from "../../fields/undeclared-access.ts";
import { mappings, type Rule } from "./rule.ts";

/** What to do about an agent that ends. */
const NEXT = "renew expires, or end it: enabled: false, or take its entry out";

/** An agent that is declared as switched off has ended already. */
export const endingAgents =
  (now: Date): Rule =>
  ({ agents }, refuse) => {
    for (const [id, { expires, enabled }] of mappings(agents)) {
      const last = day.safeParse(expires).data;
      if (last === undefined || enabled === false) continue;
      const stage = stageOf(last, utcDay(now));
      if (stage.is === "lasting") continue;
      const when = stage.is === "ending" ? `ends in ${count(stage.days)}` : `expired ${count(stage.days)} ago`;
      const what =
        stage.is === "ending"
          ? `${when}, then verify and access fail for it`
          : `${when}: verify and access fail for it`;
      refuse(["agents", id, "expires"], `${what}; ${NEXT}`);
    }
  };

const count = (days: number) => `${days} ${days === 1 ? "day" : "days"}`;
