/** What the kit shall not exceed, and whether it does. Ratios of time and memory are judged where the start-up counts for little. */

import type { Case, CommandName } from "./engine/case.ts";
import { reachOf } from "./engine/declarations.ts";
import type { Part } from "./engine/processes.ts";
import { nameOf, type Result } from "./result.ts";

/** A figure beside its limit. */
export type Verdict = {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
  readonly met: boolean;
};

/** Agents from which on ratios are judged. */
const MANY = 1000;
/** Rows of a page of AIC's lists. */
const PAGE = 1000;

type Figure = Omit<Verdict, "met">;

/** The verdicts on all that was measured. */
export function verdicts({ cases, lists }: Result): Verdict[] {
  const figures = [...cases.flatMap(figuresOf), ...lists.flatMap(listFigures)];
  return figures.map((figure) => ({ ...figure, met: figure.value <= figure.limit }));
}

function figuresOf(one: Case): Figure[] {
  const name = nameOf(one);
  const figure = (what: string, value: number | undefined, limit: number, unit: string): Figure[] =>
    value === undefined || Number.isNaN(value) ? [] : [{ what: `${name}: ${what}`, value, limit, unit }];
  const { cloud, agents, stateBytes } = one;
  const many = agents >= MANY && one.rate === undefined;
  return [
    ...(many ? ratiosOf(one).flatMap(([what, value, limit]) => figure(what, value, limit, "×")) : []),
    ...figure(...callsOfAgent(one)),
    ...figure("peak memory of the provider", most(one, "provider"), 300, "MB"),
    ...figure("state of a resource beside what it declares", stateBytes, 3072, "bytes"),
    ...(many && cloud === "aic" ? driftFigures(one, figure) : []),
  ];
}

const ratiosOf = (one: Case): [what: string, value: number | undefined, limit: number][] => [
  ["create, to baseline and plain client", createRatio(one), 1.2],
  ["no change, to baseline", ratio(one, "unchanged"), 1.15],
  ["preview, to baseline", ratio(one, "preview"), 1.15],
  ["peak memory of the program, to baseline", memoryRatio(one, "program"), 1.15],
];

/** Time of a command in that of the same with resources that do nothing. */
export function ratio({ commands, baseline }: Case, name: CommandName): number | undefined {
  const [ours, theirs] = [commands[name]?.seconds, baseline[name]?.seconds];
  return ours === undefined || theirs === undefined ? undefined : ours / theirs;
}

/** Time of the creation in what engine and tenant need for it one after the other. */
export function createRatio({ commands, baseline, floor }: Case): number | undefined {
  const [ours, engine] = [commands.create?.seconds, baseline.create?.seconds];
  return ours === undefined || engine === undefined || !floor ? undefined : ours / (engine + floor.seconds);
}

/** Peak memory of a part in all commands that were measured with both. */
export function memoryRatio({ commands, baseline }: Case, part: Part): number | undefined {
  const names = Object.keys(baseline) as CommandName[];
  const peak = (of: Case["baseline"]) => Math.max(0, ...names.map((name) => of[name]?.usage[part]?.memory ?? 0));
  return peak(baseline) === 0 ? undefined : peak(commands) / peak(baseline);
}

/** Peak memory of a part in all commands, in MB. */
export function most({ commands }: Pick<Case, "commands">, part: Part): number | undefined {
  const peaks = Object.values(commands).flatMap(({ usage }) => usage[part]?.memory ?? []);
  return peaks.length > 0 ? Math.max(...peaks) : undefined;
}

/** Calls of single objects in the creation, for each agent; that one of them hands out its secret is declared beside it. */
export function callsEach({ agents, commands: { create } }: Case): number | undefined {
  if (!create) return undefined;
  const { own, kinds } = create.calls;
  return (own - (kinds["GET applications/*/secret"] ?? 0)) / agents;
}

function callsOfAgent(one: Case): [what: string, value: number | undefined, limit: number, unit: string] {
  const reach = reachOf(one.cloud);
  const what = one.cloud === "aic" ? `an agent with an owner and ${reach} privileges` : "an agent with a grant";
  return [what, callsEach(one), one.cloud === "aic" ? 3 + 2 * reach : 5, "calls"];
}

type ToFigure = (what: string, value: number | undefined, limit: number, unit: string) => Figure[];

/** Pages: those of agents, of their identities, and of privileges. */
function driftFigures({ agents, commands: { drift, refresh } }: Case, figure: ToFigure): Figure[] {
  const pages = 2 * Math.ceil(agents / PAGE) + Math.ceil((agents * reachOf("aic")) / PAGE);
  return [
    ...figure("drift", drift?.seconds, 15, "s"),
    ...figure("calls of drift", drift?.calls.all, pages + 12, "calls"),
    ...figure("calls of the engine's refresh", refresh?.calls.all, pages + 12, "calls"),
  ];
}

const listFigures = ({ what, milliseconds, longestBlock }: Result["lists"][number]): Figure[] => [
  { what: `local tenant: ${what}`, value: milliseconds, limit: 300, unit: "ms" },
  { what: `local tenant: ${what}, others wait`, value: longestBlock, limit: 50, unit: "ms" },
];
