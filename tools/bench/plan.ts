/** Which stacks a run measures, as its options say. */

import type { CloudName } from "../../src/tenants.ts";
import { type CommandName, commandNames, type Wanted } from "./engine/case.ts";

/** What was asked for; undefined where nothing was. */
export type Chosen = {
  readonly agents?: readonly number[];
  readonly latency?: readonly number[];
  readonly rate?: number;
  readonly platform: readonly CloudName[];
  readonly commands?: readonly CommandName[];
  readonly quick?: true;
};

const AGENTS = [10, 100, 1000];
const LATENCIES = [0, 50, 150];
/** Calls a second, and agents with which that is felt. */
const RATE = { calls: 50, agents: 100 };
/** A bit of everything. */
const QUICK = { agents: [25], latency: [0] };
/** What a distance makes slower: all others hardly ask the tenant. */
const ASKING: readonly CommandName[] = ["create", "change", "refresh", "drift", "access --tenant", "destroy"];

/** Every number of agents at every distance on every cloud, and where nothing was chosen one stack more with a rate. */
export function casesOf({ agents, latency, rate, platform, commands, quick }: Chosen): Wanted[] {
  const counts = agents ?? (quick ? QUICK.agents : AGENTS);
  const distances = latency ?? (quick ? QUICK.latency : LATENCIES);
  const limited = rate === undefined && !agents && !latency && !quick ? [RATE] : [];
  return platform.flatMap((cloud) => [
    ...counts.flatMap((count) =>
      distances.map((far) => ({
        ...{ cloud, agents: count, latency: far, rate },
        commands: commands ?? (far > 0 ? ASKING : commandNames),
      })),
    ),
    ...limited.map(({ calls, agents: count }) => ({
      ...{ cloud, agents: count, latency: 0, rate: calls, commands: commands ?? ASKING },
    })),
  ]);
}
