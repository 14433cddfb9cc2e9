/** Polling for an approval: too early, refused, too late, by another, twice (oauth-flows §6.2). */

import type { Negative } from "../../case.ts";
import type { Decision } from "../../credentials.ts";
import type { Observation } from "../../http.ts";
import { pollToTheEnd } from "../../polling.ts";
import { type Asked, type Asker, poll, started } from "../flows.ts";
import type { World } from "../world.ts";

/** @param asking the way to an agent that can ask */
export function cibaPollingCases(world: World, asking: () => Promise<Asker>): Negative[] {
  const { clock, approver, target, rig } = world;
  const flow = "ciba";
  const begin = async () => {
    const asker = await asking();
    return { asker, asked: await started(world, asker) };
  };
  const decided = async (decision: Decision): Promise<{ asker: Asker; asked: Asked; answer: Observation }> => {
    const { asker, asked } = await begin();
    await approver.decide({ userName: asker.user.userName, message: asked.message }, decision);
    return { asker, asked, answer: await pollToTheEnd(world, asked, () => poll(world, asker.client, asked)) };
  };
  const approved = async () => (await decided("approve")).answer;
  /** What the twin started and the provocation goes on with, so that nothing else differs. */
  let shared: Awaited<ReturnType<typeof begin>> | undefined;
  const pending = async () => {
    shared = await begin();
    return poll(world, shared.asker.client, shared.asked);
  };
  const again = async () => {
    const { asker, asked } = shared ?? (await begin());
    return poll(world, asker.client, asked);
  };
  /** Twice: when the first of the two took longer than the interval, it was not too early, and the other one is. */
  const tooEarly = async () => {
    const answer = await again();
    return answer.error === "slow_down" ? answer : again();
  };
  const pollByAnother = async () => {
    const { asked } = shared ?? (await begin());
    await clock.wait(asked.interval);
    return poll(world, rig.other, asked);
  };
  const pollTooLate = async () => {
    const { asker, asked } = shared ?? (await begin());
    await clock.wait(asked.expiresIn + 1);
    return poll(world, asker.client, asked);
  };
  const approvedOnce = async () => {
    const { asker, asked, answer } = await decided("approve");
    shared = { asker, asked };
    return answer;
  };
  const pollAfterSuccess = async () => {
    const { asker, asked } = shared ?? (await begin());
    await clock.wait(asked.interval);
    return poll(world, asker.client, asked);
  };
  const twinBrings = "authorization_pending";
  const cases: Negative[] = [
    { id: "B16", flow, twin: pending, twinBrings, provoke: tooEarly },
    { id: "B17", flow, twin: approved, provoke: async () => (await decided("deny")).answer },
    { id: "B19", flow, twin: pending, twinBrings, provoke: pollByAnother },
    { id: "B20", flow, twin: approvedOnce, provoke: pollAfterSuccess },
  ];
  // On a tenant this would be minutes of waiting for what a table of the provider says anyway.
  return target === "tenant" ? cases : [...cases, { id: "B18", flow, twin: pending, twinBrings, provoke: pollTooLate }];
}
