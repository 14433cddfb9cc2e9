/**
 * Everything going wrong: `up`, again, a change, drift and `destroy` of both dev stacks under each plan of faults. In the end,
 * at the latest after the command was run again, all is as if nothing had happened. `npm run faults` tries every plan and twenty
 * mixes, the suite some.
 */

import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type Cloud, startCloud } from "./clouds.ts";
import { isFull } from "./mode.ts";
import { armed, mixOf, PLANS, type Plan } from "./plans.ts";
import { type Outcomes, tell, type Undisturbed, undisturbed } from "./story.ts";

/** Plans of which each shows something that no unit test of the transport does. */
const SHORT = ["500", "cut after the effect", "key revoked in mid-run", "lists without an end"];
const plans = isFull ? Object.keys(PLANS) : SHORT;
const mixes = Array.from({ length: isFull ? 20 : 1 }, (_, index) => index + 1);

describe.each(["aic", "pingone"] as const)("%s", (name) => {
  let cloud: Cloud;
  let calm: Undisturbed | undefined;
  const rows: (readonly [string, Outcomes])[] = [];
  // What a story that failed has left is no part of the next one.
  beforeEach(async () => {
    if (calm) return;
    await cloud?.tenant.stop();
    cloud = await startCloud(name);
    calm = await undisturbed(cloud);
  });
  afterAll(async () => {
    await cloud?.tenant.stop();
    if (isFull) print(rows);
  });

  async function told(title: string, plan: Plan, seed?: number): Promise<void> {
    const known = calm as Undisturbed;
    calm = undefined;
    const { skewSeconds } = plan;
    rows.push([title, await tell(cloud, known, { ...armed(plan, name, seed), ...(skewSeconds && { skewSeconds }) })]);
    calm = known;
  }

  test.each(plans)("%s", (title) => told(title, PLANS[title] ?? expect.unreachable()));

  test.each(mixes.map(mixOf))("$name", ({ name: title, plan, seed }) => told(`${title} (seed ${seed})`, plan, seed));

  /** The table of docs/reliability.md. */
  const print = (all: typeof rows) => {
    const lines = all.map(([title, { up, again, change, drift, destroy }]) =>
      ["", title, up, again, change, drift, destroy, ""].join(" | ").trim(),
    );
    console.log([`| ${name} | up | again | change | drift | destroy |`, ...lines].join("\n"));
  };
});
