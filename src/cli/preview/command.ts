/** `ping-agents preview [env…]`: what a pull request does to access and to the tenant, and what a run of up has done. */

import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { PULUMI } from "../../engine/command.ts";
import { PingAgentsError } from "../../errors.ts";
import { SEVERITIES, type Severity } from "../../fields/access-policy.ts";
import type { Plan } from "../../reports/plan/plan.ts";
import { FORMATS, type Format, render } from "../../reports/preview/render.ts";
import { isFailed, type Preview } from "../../reports/preview/report.ts";
import { planOf } from "../plan/events.ts";
import { projectName } from "../stack-settings.ts";
import { environments } from "../stacks.ts";
import { previewOf } from "./environment.ts";
import { type Limit, limitOf } from "./guards.ts";

type Options = {
  readonly base?: string;
  readonly offline?: true;
  readonly result?: string;
  readonly expect: readonly string[];
  readonly maxDeletions?: Limit;
  readonly allowDelete: readonly string[];
  readonly approvedBy: readonly string[];
  readonly failOn?: Severity;
  readonly format: Format;
};

/** The report was made, and something went wrong. */
const FAILED = 1;
/** Nothing went wrong, and nobody may go on: as `access` has it. */
const STOPPED = 3;

const several = (flags: string, description: string) =>
  new Option(flags, `${description}; may be given several times`)
    .default([], "none")
    .argParser((value: string, before: readonly string[]) => [...before, value]);

/** @returns the command; it reads, and writes neither state nor tenant. Exit code 1 for a failed preview, 3 for one that stops */
export function previewCommand(): Command {
  return new Command("preview")
    .description("what a change does to access and to the tenant, for a pull request; or what a run of up has done")
    .argument("[env...]", "environments, that is stacks/<env>.yaml; default: all")
    .option("--base <ref>", "compares access with a revision of git: what was gained and lost")
    .option("--offline", "asks no tenant, and says what it could not check: for code that may see no credentials")
    .addOption(
      new Option(
        "--result <file>",
        "shows what a run has done: the output of pulumi up --yes --skip-preview --json",
      ).conflicts(["offline", "expect", "maxDeletions", "allowDelete"]),
    )
    .addOption(several("--expect <fingerprint>", "exit code 3 when the plan is not the one that was reviewed"))
    .addOption(
      new Option("--max-deletions <limit>", "exit code 3 when more is deleted or replaced: 3, or 10%").argParser(
        limitOf,
      ),
    )
    .addOption(
      several("--allow-delete <name>", "a deletion that somebody answers for, e.g. agent/bot; all others stop"),
    )
    .addOption(several("--approved-by <name>", "with --base: who approved the change"))
    .addOption(
      new Option(
        "--fail-on <severity>",
        "exit code 3 when something as bad is found, with --base by the change",
      ).choices(SEVERITIES),
    )
    .addOption(new Option("--format <format>", "markdown: a comment").choices(FORMATS).default("text"))
    .action(run);
}

async function run(named: readonly string[], options: Options): Promise<void> {
  const { base, offline = false, expect, maxDeletions, allowDelete, approvedBy, format, failOn } = options;
  const names = named.length > 0 ? [...new Set(named)] : environments();
  const result = options.result === undefined ? undefined : resultIn(options.result, names);
  const look = { base, isOffline: offline, approvedBy, expect, maxDeletions, allowDelete, failOn, result };
  const previews: Preview[] = [];
  for (const name of names) previews.push(await previewOf(name, look));
  process.stdout.write(render(previews, format, { project: projectName("."), now: new Date() }));
  if (previews.some(isFailed)) process.exitCode = FAILED;
  else if (previews.some(({ stopped }) => stopped.length > 0)) process.exitCode = STOPPED;
}

/** @throws ERR_FILE where the file has no run, or cannot be read; ERR_ENVIRONMENT_UNKNOWN where it may be of several */
function resultIn(file: string, names: readonly string[]): Plan {
  if (names.length > 1) {
    throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", "a result is of one environment", {
      hint: `name it: one of ${names.join(", ")}`,
    });
  }
  const plan = planOf(textOf(file));
  if (plan) return plan;
  throw new PingAgentsError("ERR_FILE", `${file} has no event of the engine`, {
    hint: `write it by: ${PULUMI} up --yes --skip-preview --json > FILE`,
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new PingAgentsError("ERR_FILE", `${file} cannot be read (${code})`, {
      hint: "name the file that pulumi up --json wrote",
      cause,
    });
  }
}
