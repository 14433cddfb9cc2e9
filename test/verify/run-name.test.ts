/** Names of runs: what tells whether the objects of a run are still needed. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { endRun, isOver, runOf, startRun } from "../../src/verify/run-name.ts";

const NOW = 1_795_000_000;
const DAY = 24 * 3_600;
/** The name as a run of another process, or on another machine, has it. */
const of = (name: string, { pid, machine }: { pid?: number; machine?: string }) => {
  const [ping, agents, verify, start, here, process, random] = name.split("-");
  return [ping, agents, verify, start, machine ?? here, pid?.toString(36) ?? process, random].join("-");
};

test("a run of this process goes on until it has ended", () => {
  const run = startRun(NOW);
  expect(isOver(run, NOW + 2 * DAY)).toBe(false);
  endRun(run);
  expect(isOver(run, NOW)).toBe(true);
});

test("a run of this machine has ended with its process", () => {
  const run = startRun(NOW);
  endRun(run);
  const { pid } = spawnSync(process.execPath, ["--version"]);
  expect(isOver(of(run, { pid }), NOW)).toBe(true);
  expect(isOver(of(run, { pid: process.ppid }), NOW)).toBe(false);
});

test("a run of another machine, or of a process whose number was given anew, has ended after a day", () => {
  const run = startRun(NOW);
  endRun(run);
  for (const other of [of(run, { machine: "00000000" }), of(run, { pid: process.ppid })]) {
    expect(isOver(other, NOW + DAY)).toBe(false);
    expect(isOver(other, NOW + DAY + 1)).toBe(true);
  }
});

test("only names that a run gives are those of a run", () => {
  const run = startRun(NOW);
  endRun(run);
  expect(runOf(run)).toBe(run);
  expect(runOf(`${run}-member`)).toBe(run);
  for (const name of ["ping-agents-verify-mine", `my-${run}`, `${run}x`, run.toUpperCase(), "undefined"]) {
    expect(runOf(name)).toBeUndefined();
  }
});
