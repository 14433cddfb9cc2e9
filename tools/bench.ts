/** `npm run bench`: what the kit costs in time, calls, memory and state, against bare equivalents on the same machine in the same run. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { CloudName } from "../src/tenants.ts";
import { type Case, type CommandName, commandNames, measureCase } from "./bench/engine/case.ts";
import { figures } from "./bench/parts/figures.ts";
import { costsOfLists } from "./bench/parts/lists.ts";
import { type Chosen, casesOf } from "./bench/plan.ts";
import { load, machineOf, type Result, readResult } from "./bench/result.ts";
import { asMarkdown, asText, comparison } from "./bench/tables.ts";
import { projectRoot } from "./bootstrap/paths.mjs";

const PARTS = ["engine", "lists", "figures"] as const;
const page = join(projectRoot, "docs", "performance.md");
/** What stands in the page between these is written by `--docs`. */
const MEASURED = /(?<=<!-- measured: .* -->\n)[\s\S]*(?=\n<!-- end -->)/;

type Options = Chosen & {
  readonly parts?: readonly (typeof PARTS)[number][];
  readonly out?: string;
  readonly compare?: string;
  readonly docs?: string;
};

const chosenOf =
  <T extends string>(all: readonly T[]) =>
  (text: string): T[] =>
    text.split(",").map((name) => {
      const found = all.find((one) => one === name.trim());
      if (found === undefined) throw new InvalidArgumentError(`expected some of ${all.join(", ")}`);
      return found;
    });

const numbersOf = (text: string): number[] =>
  text.split(",").map((one) => {
    const number = Number(one);
    if (one.trim() === "" || !Number.isInteger(number) || number < 0)
      throw new InvalidArgumentError("expected whole numbers");
    return number;
  });

// What it started is ended with it.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

await new Command("npm run bench --")
  .description("measure what the kit costs, against as many resources that do nothing and a plain client")
  .option("--quick", "a stack of 25 agents of each cloud, and the lists: under three minutes")
  .option("--agents <numbers>", "how many agents a stack has; default: 10,100,1000", numbersOf)
  .option("--latency <milliseconds>", "how long the tenant takes for each answer; default: 0,50,150", numbersOf)
  .option("--rate <calls>", "how many calls a second it takes; default: any number, and 50 for one stack more", Number)
  .addOption(
    new Option("--platform <names>", "which clouds")
      .argParser(chosenOf<CloudName>(["aic", "pingone"]))
      .default(["aic", "pingone"]),
  )
  .option("--commands <names>", `which of ${commandNames.join(", ")}`, chosenOf<CommandName>(commandNames))
  .option(
    "--parts <names>",
    "stacks under the engine, lists of the local tenant, figures without the engine; default: all, of a chosen stack the first",
    chosenOf(PARTS),
  )
  .option("--out <file>", "writes what was measured as JSON")
  .option("--compare <file>", "says what is another than in that file, or in several, separated by commas")
  .option("--docs <file>", "measures nothing: writes the tables of that file, or of several, into docs/performance.md")
  .action(run)
  .parseAsync();

async function run(options: Options): Promise<void> {
  const { docs, out, compare } = options;
  if (docs !== undefined) {
    const text = readFileSync(page, "utf8");
    writeFileSync(
      page,
      text.replace(MEASURED, () => `\n${asMarkdown(readResult(docs))}\n`),
    );
    return;
  }
  const before = compare === undefined ? undefined : readResult(compare);
  // Also what is there when somebody ends a long run.
  const keep = (result: Result) => out !== undefined && writeFileSync(out, `${JSON.stringify(result, null, 1)}\n`);
  const result = await measure(options, keep);
  process.stdout.write(`\n${asText(result)}`);
  if (before) process.stdout.write(`\n${comparison(result, before)}`);
}

async function measure(options: Options, keep: (result: Result) => unknown): Promise<Result> {
  const { agents, latency, rate, commands, quick } = options;
  const isPart = [agents, latency, rate, commands].some((one) => one !== undefined);
  const parts = options.parts ?? (isPart ? PARTS.slice(0, 1) : quick ? PARTS.slice(0, 2) : PARTS);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const [loadBefore, at] = [load(), new Date().toISOString()];
  const cases: Case[] = [];
  const lists = parts.includes("lists") ? await costsOfLists() : [];
  const other = parts.includes("figures") ? await figures() : [];
  const result = () => ({ at, machine: machineOf(loadBefore), cases, lists, parts: other });
  keep(result());
  for (const wanted of parts.includes("engine") ? casesOf(options) : []) {
    const { cloud, agents: count, latency: far, rate: most } = wanted;
    say(`${cloud}: ${count} agents at ${far} ms${most === undefined ? "" : `, ${most} calls a second`}`);
    cases.push(await measureCase(wanted, say));
    keep(result());
  }
  return result();
}
