/** What was measured, as tables: for the terminal, and as Markdown for docs/performance.md. */

import { markdownTable, textTable } from "../../src/reports/table.ts";
import { type Case, type CommandName, commandNames } from "./engine/case.ts";
import type { Part } from "./engine/processes.ts";
import { cloudNames, nameOf, type Result } from "./result.ts";
import { callsEach, createRatio, memoryRatio, most, ratio, type Verdict, verdicts } from "./targets.ts";

/** A table with its title. */
type Table = {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

const number = (value: number | undefined, digits = 0) =>
  value === undefined || !Number.isFinite(value)
    ? "–"
    : value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** The tables of a run; those about what was not measured are left out. */
function tablesOf(result: Result): Table[] {
  const { cases, lists, parts } = result;
  const measured = commandNames.filter((name) => cases.some(({ commands }) => commands[name]));
  const all: Table[] = [
    { title: "Targets", header: ["What", "Measured", "Target", "Verdict"], rows: verdicts(result).map(verdictRow) },
    {
      title: "Seconds, and the ratio to as many resources that do nothing",
      header: ["Stack", ...measured],
      rows: cases.map((one) => [nameOf(one), ...measured.map((name) => timeOf(one, name))]),
    },
    {
      title: "The creation, against what engine and tenant need",
      header: ["Stack", "kit", "as many that do nothing", "plain client", "kit to both", "calls", "answered 429"],
      rows: cases.map(creationRow),
    },
    {
      title: "Calls to the tenant, tokens included",
      header: ["Stack", ...measured, "tokens of a command", "create, an agent"],
      rows: cases.map((one) => [
        nameOf(one),
        ...measured.map((name) => number(one.commands[name]?.calls.all)),
        number(Math.max(...Object.values(one.commands).map(({ calls }) => calls.tokens))),
        number(callsEach(one), 1),
      ]),
    },
    ...kindTables(cases),
    {
      title: "Peak memory in MB, and the ratio to as many resources that do nothing; bytes of state",
      header: ["Stack", "resources", "program", "provider", "Pulumi CLI", "drift, access, verify", "state a resource"],
      rows: cases.map((one) => [
        ...[nameOf(one), number(one.resources)],
        ...(["program", "provider", "cli"] as const).map((part) => memoryOf(one, part)),
        ...[number(most(one, "kit")), number(one.stateBytes)],
      ]),
    },
    {
      title: "Seconds of the processor, with as many resources that do nothing in brackets",
      header: ["Stack", ...measured],
      rows: cases.map((one) => [nameOf(one), ...measured.map((name) => processorOf(one, name))]),
    },
    {
      title: "A page of a list of 10,000 on the local tenant",
      header: ["List", "rows", "ms", "longest block, ms"],
      rows: lists.map(({ what, rows, milliseconds, longestBlock }) => [
        ...[what, number(rows), number(milliseconds), number(longestBlock)],
      ]),
    },
    { title: "Without the engine", header: ["What", "Figure"], rows: parts },
  ];
  return all.filter(({ rows }) => rows.length > 0);
}

const verdictRow = ({ what, value, limit, unit, met }: Verdict) => {
  const digits = unit === "×" ? 2 : unit === "calls" || unit === "s" ? 1 : 0;
  return [
    what,
    `${number(value, digits)} ${unit}`,
    `≤ ${number(limit, unit === "×" ? 2 : 0)} ${unit}`,
    met ? "met" : "missed",
  ];
};

function timeOf(one: Case, name: CommandName): string {
  const seconds = one.commands[name]?.seconds;
  if (seconds === undefined) return "";
  const against = ratio(one, name);
  return against === undefined ? number(seconds, 1) : `${number(seconds, 1)} (${number(against, 2)} ×)`;
}

const creationRow = (one: Case): string[] => {
  const { commands, baseline, floor } = one;
  const { calls } = commands.create ?? {};
  return [
    nameOf(one),
    ...[commands.create?.seconds, baseline.create?.seconds, floor?.seconds].map((seconds) => number(seconds, 1)),
    ...[`${number(createRatio(one), 2)} ×`, number(calls?.all), number(calls?.refused)],
  ];
};

function memoryOf(one: Case, part: Part): string {
  const against = memoryRatio(one, part);
  return `${number(most(one, part))}${against === undefined ? "" : ` (${number(against, 2)} ×)`}`;
}

function processorOf({ commands, baseline }: Case, name: CommandName): string {
  const sum = (of: Case["baseline"]) =>
    Object.values(of[name]?.usage ?? {}).reduce((before, { cpu }) => before + cpu, 0);
  if (!commands[name]) return "";
  return baseline[name] ? `${number(sum(commands), 1)} (${number(sum(baseline), 1)})` : number(sum(commands), 1);
}

/** Calls of the largest stack of each cloud, by what was called. */
function kindTables(cases: readonly Case[]): Table[] {
  return (["aic", "pingone"] as const).flatMap((cloud) => {
    const [largest] = cases.filter((one) => one.cloud === cloud).toSorted((a, b) => b.agents - a.agents);
    if (!largest) return [];
    const names = (["create", "drift", "destroy"] as const).filter((name) => largest.commands[name]);
    const kinds = new Set(names.flatMap((name) => Object.keys(largest.commands[name]?.calls.kinds ?? {})));
    return [
      {
        title: `Calls by kind: ${nameOf(largest)}`,
        header: [`On ${cloudNames[cloud]}`, ...names],
        rows: [...kinds].map((kind) => [
          `\`${kind}\``,
          ...names.map((name) => number(largest.commands[name]?.calls.kinds[kind] ?? 0)),
        ]),
      },
    ];
  });
}

/** For a terminal. */
export const asText = (result: Result): string =>
  tablesOf(result)
    .map(({ title, header, rows }) => [title, ...textTable(header, rows), ""].join("\n"))
    .join("\n");

/** For a page. */
export function asMarkdown(result: Result): string {
  const { at, machine } = result;
  const had =
    `Measured on ${at.slice(0, 10)}: ${machine.cores} cores (${machine.model}), ${machine.memory} GB, Node ${machine.node}, ` +
    `Pulumi ${machine.pulumi}, load of the machine ${machine.load.join(" before, ")} after.`;
  const tables = tablesOf(result).map(({ title, header, rows }) => [
    `### ${title}`,
    "",
    ...markdownTable(header, rows),
  ]);
  return [had, ...tables.map((lines) => lines.join("\n"))].join("\n\n");
}

/** What is another than in an earlier run, for stacks that both have measured. */
export function comparison(now: Result, before: Result): string {
  const rows = now.cases.flatMap((one) => {
    const earlier = before.cases.find((other) => nameOf(other) === nameOf(one));
    return commandNames.flatMap((name) => {
      const [is, was] = [one.commands[name], earlier?.commands[name]];
      if (!is || !was || !earlier) return [];
      const change = (to: number, from: number, digits: number) =>
        to === from ? number(to, digits) : `${number(from, digits)} → ${number(to, digits)}`;
      const [nowRatio = Number.NaN, oldRatio = Number.NaN] = [ratio(one, name), ratio(earlier, name)];
      const memory = (of: typeof is) => Math.max(0, ...Object.values(of.usage).map((usage) => usage.memory));
      const figures = [change(is.seconds, was.seconds, 1), change(nowRatio, oldRatio, 2)];
      return [
        [nameOf(one), name, ...figures, change(is.calls.all, was.calls.all, 0), change(memory(is), memory(was), 0)],
      ];
    });
  });
  const header = ["Stack", "command", "seconds", "to baseline", "calls", "largest process, MB"];
  return [`Compared with the run of ${before.at}`, ...textTable(header, rows), ""].join("\n");
}
