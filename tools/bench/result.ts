/** What a run of the bench found, as it is written to a file, and the machine that it was found on. */

import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import type { CloudName } from "../../src/tenants.ts";
import { pulumiVersion } from "../bootstrap/paths.mjs";
import type { Case } from "./engine/case.ts";
import type { ListCost } from "./parts/lists.ts";

/** What a run found; a part that was not asked for is empty. */
export type Result = {
  /** ISO 8601. */
  readonly at: string;
  readonly machine: Machine;
  readonly cases: readonly Case[];
  readonly lists: readonly ListCost[];
  /** What does not depend on a stack, and its figure. */
  readonly parts: readonly (readonly [string, string])[];
};

type Machine = {
  readonly cores: number;
  readonly model: string;
  /** In GB. */
  readonly memory: number;
  readonly node: string;
  readonly pulumi: string;
  /** How many processes wanted to run when it began and when it ended, in the middle of five minutes. */
  readonly load: readonly [number, number];
};

/** @param loadBefore of five minutes, when the run began */
export const machineOf = (loadBefore: number): Machine => ({
  cores: availableParallelism(),
  model: cpus()[0]?.model ?? "unknown",
  memory: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  pulumi: pulumiVersion,
  load: [loadBefore, load()],
});

export const load = (): number => Math.round((loadavg()[1] ?? 0) * 10) / 10;

/** Reads what other runs have written; of a stack that several have measured the last. @param files separated by commas */
export function readResult(files: string): Result {
  const [first, ...others] = files.split(",").map((file) => JSON.parse(readFileSync(file, "utf8")) as Result);
  if (!first) throw new Error("no file was named");
  return others.reduce(joined, first);
}

function joined(before: Result, after: Result): Result {
  const names = new Set(after.cases.map(nameOf));
  const either = <T>(some: readonly T[], others: readonly T[]) => (some.length > 0 ? some : others);
  return {
    ...after,
    cases: [...before.cases.filter((one) => !names.has(nameOf(one))), ...after.cases],
    lists: either(after.lists, before.lists),
    parts: either(after.parts, before.parts),
  };
}

/** `AIC, 1,000 agents at 50 ms`. */
export function nameOf({ cloud, agents, latency, rate }: Case): string {
  const limited = rate === undefined ? "" : `, ${rate} calls a second`;
  return `${cloudNames[cloud]}, ${agents.toLocaleString("en")} agents${latency ? ` at ${latency} ms` : ""}${limited}`;
}

export const cloudNames: Readonly<Record<CloudName, string>> = { aic: "AIC", pingone: "PingOne" };
