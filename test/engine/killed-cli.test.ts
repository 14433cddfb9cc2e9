/**
 * Only the CLI is killed, at eleven moments, as the kernel does when memory runs out: nothing that it started stays, and the
 * launcher says what to do. A run that nobody kills is not disturbed.
 */

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { type Dump, withoutStackIds } from "../support/dump.ts";
import type { Seen } from "../support/tenant.ts";
import { descendants, killHard, type Running } from "./cli.ts";
import { openProject } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
const bots = ["one", "two", "three"];
const declaration = {
  platform: "aic",
  realm: "alpha",
  tier: "development",
  applications: {
    "ledger-api": {
      name: "Ledger",
      type: "service",
      owners: ["demo.owner"],
      secret: { env: "SECRET" },
      scopes: ["read"],
    },
  },
  agents: Object.fromEntries(
    bots.map((bot) => [
      `bot-${bot}`,
      { name: bot, pattern: "autonomous", owners: ["demo.owner"], secret: { env: "SECRET" }, scopes: ["own"] },
    ]),
  ),
};
const stack = await addStack("killed", declaration, {}, { SECRET: "a secret of the test's own" });
const before = await tenant.dump();
let complete: Dump = {};

/** As a user has it: the launcher, the CLI, program and provider, each a process. */
const asUser = { launched: true, processes: true };

/** Milliseconds after a kill in which all must be gone. */
const GONE_WITHIN = 15_000;

/** The processes of a run, by a variable in their environment that only they have; their parents may be gone. */
function marked(mark: string): string[] {
  const lines = execFileSync("ps", ["axeww", "-o", "pid=,args="], { encoding: "utf8", maxBuffer: 2 ** 28 }).split("\n");
  return lines.filter((line) => line.includes(mark)).map((line) => line.trim().slice(0, 120));
}

/** The CLI below its launcher, which asks one for its version first. */
const cliOf = ({ child }: Running) =>
  descendants(child.pid as number).find(({ command }) => /^\S*pulumi (?:up|destroy) /.test(command))?.id;
const isRunning = (part: RegExp) => (running: Running) =>
  descendants(running.child.pid as number).some(({ command }) => part.test(command));
/** How many calls a run makes that nobody kills. */
const total = { up: 0, destroy: 0 };
const hasCalled =
  (part: number, of: keyof typeof total = "up") =>
  async () => {
    const { requests } = (await tenant.control("requests")) as { requests: Seen[] };
    return requests.length >= Math.max(1, part * total[of]);
  };

type Moment = {
  readonly moment: string;
  /** What is killed. @default up */
  readonly command?: "up" | "destroy";
  /** What goes before, so that the run has enough to do after the one that was killed before it. @default nothing */
  readonly from?: "up" | "destroy";
  /** Whether the tenant holds back its answers. @default false */
  readonly holds?: boolean;
  readonly come: (running: Running) => boolean | Promise<boolean>;
};

const moments: Moment[] = [
  { moment: "when it has just started", come: () => true },
  { moment: "when the language host is there", come: isRunning(/pulumi-language-nodejs/) },
  { moment: "when the program is there", come: isRunning(/@pulumi\/pulumi\/cmd\/run/) },
  { moment: "when the provider's script is there", come: isRunning(/pulumi-resource-pulumi-nodejs/) },
  { moment: "when the provider is there", come: isRunning(/cmd\/dynamic-provider/) },
  { moment: "at the first call", come: hasCalled(0) },
  { moment: "when no call comes to its end", holds: true, come: hasCalled(0) },
  { moment: "after a third of the calls", come: hasCalled(1 / 3) },
  { moment: "at the first call of destroy", command: "destroy", from: "up", come: hasCalled(0) },
  { moment: "after half the calls of destroy", command: "destroy", from: "up", come: hasCalled(1 / 2, "destroy") },
  { moment: "after two thirds of the calls", from: "destroy", come: hasCalled(2 / 3) },
];

/** Kills the CLI when the moment has come; returns when nothing of the run is left. */
async function killWhen({ command = "up", come }: Moment): Promise<void> {
  const mark = `KILLED_RUN=${randomUUID()}`;
  const [name = "", value = ""] = mark.split("=");
  await tenant.control("requests/clear", {});
  const running = stack.start([command, "--yes", "--skip-preview"], { launched: true, env: { [name]: value } });
  const soon = { interval: 20, timeout: 60_000 };
  await expect.poll(() => cliOf(running), soon).toBeDefined();
  const cli = cliOf(running) as number;
  await expect.poll(() => come(running), soon).toBe(true);
  killHard(cli);
  await expect.poll(() => marked(mark), { interval: 200, timeout: GONE_WITHIN }).toEqual([]);
  const { exitCode, stderr } = await running.ended;
  expect(exitCode).toBe(137);
  expect(stderr).toContain("npx pulumi cancel --yes");
  await stack.run(["cancel", "--yes"]);
}

test("a run that nobody kills is not disturbed", async () => {
  total.up = (await tenant.count(() => stack.up(asUser))).length;
  complete = withoutStackIds(await tenant.content());
  await stack.drift(asUser);
  total.destroy = (await tenant.count(() => stack.destroy(asUser))).length;
  expect(await tenant.dump()).toStrictEqual(before);
});

test.for(moments)("$moment", async (moment) => {
  if (moment.from) await stack.run([moment.from, "--yes", "--skip-preview"]);
  if (moment.holds) await tenant.arm({ pathPattern: "^/(openidm|am/json)", delayMs: 20_000, times: 1000 });
  await killWhen(moment);
  await tenant.arm();
});

test("the next run converges, and all goes when it is destroyed", async () => {
  await stack.up(asUser);
  expect(withoutStackIds(await tenant.content())).toEqual(complete);
  await stack.destroy(asUser);
  expect(await tenant.dump()).toStrictEqual(before);
});
