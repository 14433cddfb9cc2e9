/**
 * Everything going wrong: `up`, again, a change, drift and `destroy` of both dev stacks, and of published ones,
 * under each plan of faults. In the end,
 * at the latest after the command was run again, all is as if nothing had happened. `npm run faults` tries every plan and twenty
 * mixes, the suite some.
 */

import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { isFull } from "../support/mode.ts";
import { type Cloud, isPublished, STACKS, startCloud } from "./clouds.ts";
import { armed, mixOf, PLANS, type Plan } from "./plans.ts";
import { type Outcomes, tell, type Undisturbed, undisturbed } from "./story.ts";

/** Plans of which each shows something that no unit test of the transport does; of kinds that others have no stack for, one. */
const SHORT = ["500", "cut after the effect", "key revoked in mid-run", "lists without an end"];
const FEW = ["cut after the effect"];

describe.each(STACKS)("%s", (name) => {
  const plans = isFull ? Object.keys(PLANS) : isPublished(name) ? FEW : SHORT;
  const mixes = Array.from({ length: isFull ? 20 : isPublished(name) ? 0 : 1 }, (_, index) => index + 1);
  let cloud: Cloud;
  let calm: Undisturbed | undefined;
  // What a story that failed has left is no part of the next one.
  beforeEach(async () => {
    if (calm) return;
    await cloud?.tenant.stop();
    cloud = await startCloud(name);
    calm = await undisturbed(cloud);
  });
  afterAll(() => cloud?.tenant.stop());

  async function told(title: string, plan: Plan, seed?: number): Promise<void> {
    const known = calm as Undisturbed;
    calm = undefined;
    const { faults: _faults, ...circumstances } = plan;
    const outcomes = await tell(cloud, known, { ...armed(plan, cloud.name, seed), ...circumstances });
    if (isFull) print(name, title, outcomes);
    calm = known;
  }

  test.each(plans)("%s", (title) => told(title, PLANS[title] ?? expect.unreachable()));

  test.each(mixes.map(mixOf))("$name", ({ name: title, plan, seed }) => told(`${title} (seed ${seed})`, plan, seed));
});

/** A row of the table of docs/reliability.md. */
function print(cloud: string, title: string, outcomes: Outcomes): void {
  const { up, again, change, drift, destroy } = outcomes;
  console.log(`| ${[cloud, title, up, again, change, drift, destroy].join(" | ")} |`);
}
