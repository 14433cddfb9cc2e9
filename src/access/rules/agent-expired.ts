/** An agent whose last day is over. Pure. */

import { stageOf } from "../../fields/life.ts";
import type { Party } from "../row.ts";
import { type Rule, type World, warned } from "./rule.ts";

/** Whether the last day of an agent is over. */
export const isExpired = ({ id }: Party, { clients, today }: World): boolean =>
  clients.some((one) => one.id === id && stageOf(one.expires, today).is === "expired");

export const agentExpired: Rule = {
  id: "agent-expired",
  severity: "high",
  reason: "nothing is switched off by itself: an agent that has outlived its purpose still gets tokens",
  fix: "switch the agent off (enabled: false), take its entry out, or renew expires",
  source: "decision 0012",
  find: (world) => warned("life-ends")(world).filter(({ about }) => isExpired(about, world)),
};
