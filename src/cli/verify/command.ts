/** `ping-agents verify [env]`: proves by token flows that each agent can do what is declared, and nothing more. */

import { Command, InvalidArgumentError, Option } from "commander";
import type { AicDeclaration } from "../../components/aic/declaration.ts";
import type { PingOneDeclaration } from "../../components/pingone/declaration.ts";
import { PingAgentsError } from "../../errors.ts";
import { exitCode, FORMATS, type Format, type Report, render, type Target } from "../../verify/index.ts";
import { isAtTerminal } from "../prompts.ts";
import { declarationOf, defaultEnvironment } from "../stacks.ts";
import { introduction } from "../tenant/introduction.ts";
import { stackState } from "../tenant/stack-state.ts";
import { runAic } from "./aic.ts";
import { runPingOne } from "./pingone.ts";
import type { Run } from "./run.ts";

/** What ends a run early: Ctrl-C, a machine that takes its job back, and a terminal that closes. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

type Declarations = { readonly aic: AicDeclaration; readonly pingone: PingOneDeclaration };
type Runs = { readonly [Platform in keyof Declarations]: (of: Declarations[Platform], run: Run) => Promise<Report> };

/** How each cloud is verified. */
const RUNS: Runs = { aic: runAic, pingone: runPingOne };

function runOn<P extends keyof Declarations>(platform: P, declaration: Declarations[P], run: Run): Promise<Report> {
  return RUNS[platform](declaration, run);
}

type Options = {
  target?: Target;
  format: Format;
  all?: boolean;
  agent?: string;
  user?: string;
  approvalTimeout?: number;
};

/** Seconds that a user gets to approve where nobody is at a terminal to be told of it. */
const UNATTENDED = 60;

/** @returns the command; exit code 1 when a case failed, 2 when none failed and some prove nothing */
export function verifyCommand(): Command {
  return new Command("verify")
    .description("run the token flows of every declared agent, allowed and refused, and check the claims")
    .argument("[env]", "environment, that is stacks/<env>.yaml; default: the only one, else dev")
    .addOption(
      new Option("--target <target>", "sandbox: a local tenant; tenant: a real one, has to be said").choices([
        "sandbox",
        "tenant",
      ]),
    )
    .addOption(new Option("--format <format>", "what is printed at the end").choices(FORMATS).default("text"))
    .option("--all", "every row in the text, each refusal with its case, and what the columns mean")
    .option("--agent <id>", "only this agent, by its key in the declaration")
    .option(
      "--user <name>",
      "who is asked to approve (CIBA), and on PingOne whom agents act for; default: PING_AGENTS_CIBA_USER",
    )
    .option(
      "--approval-timeout <seconds>",
      `how long that user is waited for; default: as long as the request lives, for a sign-on 300, without a terminal ${UNATTENDED}`,
      readSeconds,
    )
    .action(run);
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 1) throw new InvalidArgumentError("expected whole seconds, at least 1");
  return seconds;
}

async function run(
  environment: string | undefined,
  { format, all, approvalTimeout, ...given }: Options,
): Promise<void> {
  const stack = environment ?? defaultEnvironment();
  const { declaration, placeOf } = declarationOf(stack);
  const { env } = process;
  const options = { ...given, user: given.user ?? env.PING_AGENTS_CIBA_USER };
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  // Not only once: `npx` passes on what the terminal has sent already, and clean-up takes a minute at most.
  for (const name of SIGNALS) process.on(name, interrupt);
  // A terminal that is closed takes no text any more; what was made is removed all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const common = {
    controlToken: env.PING_AGENTS_SANDBOX_CONTROL_TOKEN,
    progress: (line: string) => void process.stderr.write(`${line}\n`),
    signal: interruption.signal,
    approvalTimeout: approvalTimeout ?? (isAtTerminal() ? undefined : UNATTENDED),
    // Who says how long to wait has somebody who comes.
    isAttended: approvalTimeout !== undefined || isAtTerminal(),
  };
  try {
    const state = await stackState(["--stack", stack], env);
    const said = { env, config: state.config, declared: { ...declaration, file: placeOf(["tenant"]).file } };
    for (const line of await introduction(stack, said, state)) common.progress(line);
    const report = await runOn(declaration.platform, declaration, { stack, options, placeOf, said, common });
    process.stdout.write(render(report, format, all));
    process.exitCode = exitCode(report);
  } catch (error) {
    throw interruption.signal.aborted || isInterrupted(error) ? interrupted() : error;
  } finally {
    // A second signal may still be on its way: the end of an interrupted run is its own.
    if (!interruption.signal.aborted) for (const name of SIGNALS) process.off(name, interrupt);
  }
}

/** At a question the terminal sends no signal: Ctrl-C is a key, and the question fails. */
function isInterrupted(error: unknown): boolean {
  return error instanceof PingAgentsError && error.code === "ERR_INTERRUPTED";
}

function interrupted(): PingAgentsError {
  return new PingAgentsError("ERR_INTERRUPTED", "interrupted; what could not be removed is named above");
}
