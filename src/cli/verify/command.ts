/** `ping-agents verify [env]`: proves by token flows that each agent can do what is declared, and nothing more. */

import { Command, Option } from "commander";
import { PingAgentsError } from "../../errors.ts";
import { exitCode, FORMATS, type Format, render, type Target, VerifyError } from "../../verify/index.ts";
import { declarationOf, environments } from "../stacks.ts";
import { runAic } from "./aic.ts";
import { runPingOne } from "./pingone.ts";

type Options = { target?: Target; format: Format; agent?: string; user?: string };

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
    .option("--agent <id>", "only this agent, by its key in the declaration")
    .option(
      "--user <name>",
      "who is asked to approve (CIBA), and on PingOne whom agents act for; default: PING_AGENTS_CIBA_USER",
    )
    .action(run);
}

async function run(environment: string | undefined, { format, ...given }: Options): Promise<void> {
  const stack = environment ?? defaultEnvironment();
  const declaration = declarationOf(stack);
  const { env } = process;
  const options = { ...given, user: given.user ?? env.PING_AGENTS_CIBA_USER };
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt);
  const common = {
    controlToken: env.PING_AGENTS_SANDBOX_CONTROL_TOKEN,
    progress: (line: string) => void process.stderr.write(`${line}\n`),
    signal: interruption.signal,
  };
  try {
    const one = { stack, options, env, common };
    const report = await (declaration.platform === "pingone" ? runPingOne(declaration, one) : runAic(declaration, one));
    process.stdout.write(render(report, format));
    process.exitCode = exitCode(report);
  } catch (error) {
    throw interruption.signal.aborted ? interrupted() : readable(error);
  } finally {
    process.off("SIGINT", interrupt);
  }
}

function defaultEnvironment(): string {
  const [only, ...others] = environments();
  return only !== undefined && others.length === 0 ? only : "dev";
}

function interrupted(): PingAgentsError {
  return new PingAgentsError("ERR_INTERRUPTED", "interrupted; the throw-away objects were removed");
}

/** What keeps the verifier from working is a mistake of the surroundings and needs no stack. */
function readable(error: unknown): unknown {
  if (!(error instanceof VerifyError)) return error;
  return new PingAgentsError(error.code, error.message.slice(error.code.length + 2), { cause: error });
}
