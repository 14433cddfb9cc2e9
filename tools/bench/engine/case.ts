/** One stack with so many agents on one cloud, so far away: every command measured, beside resources that do nothing and a plain client. */

import type { CloudName } from "../../../src/tenants.ts";
import { type Counted, counted } from "./calls.ts";
import { declaration } from "./declarations.ts";
import { type Floor, floorOf } from "./floor.ts";
import { bytesBeside, type Noop, noopsOf, objectsOf, Project, type Took } from "./project.ts";
import { type Call, type Distance, startTenant } from "./tenant.ts";

const UP = ["up", "--yes", "--skip-preview"];

/** What is measured, in the order in which it is run, as it is typed. */
const COMMANDS = {
  create: (project: Project) => project.pulumi(...UP),
  unchanged: (project: Project) => project.pulumi(...UP),
  preview: (project: Project) => project.pulumi("preview"),
  change: (project: Project) => project.pulumi(...UP),
  refresh: (project: Project) => project.pulumi("refresh", "--preview-only", "--expect-no-changes"),
  drift: (project: Project) => project.kit("drift", "--no-plan"),
  access: (project: Project) => project.kit("access"),
  "access --tenant": (project: Project) => project.kit("access", "--tenant"),
  verify: (project: Project) => project.kit("verify", "--agent", "agent-0"),
  destroy: (project: Project) => project.pulumi("destroy", "--yes", "--skip-preview"),
} as const;

export type CommandName = keyof typeof COMMANDS;

/** Those that can be chosen; whatever comes before one is run as well, where that needs it. */
export const commandNames = Object.keys(COMMANDS) as CommandName[];

/** Of the engine: what these take is set against resources that do nothing. */
const OF_ENGINE: readonly CommandName[] = ["create", "unchanged", "preview", "change", "refresh", "destroy"];

export type Wanted = Distance & {
  readonly cloud: CloudName;
  readonly agents: number;
  readonly commands: readonly CommandName[];
};

/** A command with the kit. */
export type Measure = Took & {
  readonly calls: Counted;
  /** Longest time in which the local tenant did not come to serve anybody, in milliseconds. */
  readonly longestBlock: number;
};

/** What was measured. */
export type Case = {
  readonly cloud: CloudName;
  readonly agents: number;
  readonly latency: number;
  readonly rate?: number | undefined;
  /** Resources of the kind that stands for something on the tenant, those that agents need included. */
  readonly resources: number;
  /** Bytes of the state for each of them, beside what it declares. */
  readonly stateBytes: number;
  readonly commands: Partial<Record<CommandName, Measure>>;
  /** The same commands with as many resources that do nothing. */
  readonly baseline: Partial<Record<CommandName, Took>>;
  /** The writes of the creation by a plain client. */
  readonly floor?: Floor;
};

type Say = (line: string) => void;

/** Measures a case. @param say is told what is done, as it is done */
export async function measureCase(wanted: Wanted, say: Say): Promise<Case> {
  const { cloud, agents, latency, rate, commands: chosen } = wanted;
  const tenant = await startTenant();
  const project = new Project(tenant.variables);
  try {
    const declare = (count: number, isChanged: boolean) =>
      project.declare(declaration(cloud, count, isChanged, tenant.environmentId));
    declare(0, false);
    await project.init();
    const noops: Noops = { before: noopsOf(project.resources) };
    const before = (await tenant.noted()).calls;
    tenant.move(wanted);
    const measures: Partial<Record<CommandName, Measure>> = {};
    let created: readonly Call[] = [];
    let isChanged = false;
    let state = { resources: 0, stateBytes: 0 };
    for (const name of neededFor(chosen)) {
      isChanged ||= name === "change";
      declare(agents, isChanged);
      const took = await COMMANDS[name](project);
      const { calls, longestBlock } = await tenant.noted();
      measures[name] = { ...took, calls: counted(calls), longestBlock };
      say(`  ${name}: ${took.seconds.toFixed(1)} s, ${calls.length} calls`);
      if (name === "create") {
        created = calls;
        noops.after = noopsOf(project.resources);
        state = {
          resources: objectsOf(project.resources).length,
          stateBytes: Math.round(bytesBeside(project.resources)),
        };
      }
      if (name === "change") noops.changed = noopsOf(project.resources);
    }
    const { environmentId } = tenant;
    tenant.stop();
    const floor = await floorOf({ cloud, environmentId, distance: wanted }, before, created);
    say(`  plain client: ${floor.seconds.toFixed(1)} s, ${floor.calls} calls`);
    const baseline = await measureBaseline(neededFor(chosen), noops, say);
    return { cloud, agents, latency, rate, ...state, commands: measures, baseline, floor };
  } finally {
    tenant.stop();
    project.remove();
  }
}

/** Nothing can be measured without a creation, and no drift of a change that was not made. */
const neededFor = (chosen: readonly CommandName[]): CommandName[] =>
  commandNames.filter((name) => name === "create" || chosen.includes(name));

/** What resources that do nothing are declared with. */
type Noops = { readonly before: readonly Noop[]; after?: readonly Noop[]; changed?: readonly Noop[] };

async function measureBaseline(
  chosen: readonly CommandName[],
  { before, after = [], changed = after }: Noops,
  say: Say,
) {
  const project = new Project();
  try {
    project.declare(before);
    await project.init();
    const measures: Partial<Record<CommandName, Took>> = {};
    let declared = after;
    for (const name of chosen.filter((one) => OF_ENGINE.includes(one))) {
      if (name === "change") declared = changed;
      project.declare(declared);
      measures[name] = await COMMANDS[name](project);
      say(`  ${name} of as many that do nothing: ${measures[name]?.seconds.toFixed(1)} s`);
    }
    return measures;
  } finally {
    project.remove();
  }
}
