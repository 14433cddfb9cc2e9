/** `ping-agents verify [env]`: proves by token flows that each agent can do what is declared, and nothing more. */

import { Command, Option } from "commander";
import { aicSettings } from "../admin-api/settings.ts";
import { PingAgentsError } from "../errors.ts";
import { exitCode, FORMATS, type Format, render, type Target, VerifyError, verify } from "../verify/index.ts";
import { aicDeclarationOf, environments } from "./stacks.ts";
import { credentialsFor } from "./verify-credentials.ts";
import { planOf } from "./verify-plan.ts";

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
    .option("--agent <id>", "only this agent, by its client id")
    .option("--user <name>", "who is asked to approve (CIBA); default: PING_AGENTS_CIBA_USER, else a declared user")
    .action(run);
}

async function run(environment: string | undefined, options: Options): Promise<void> {
  const stack = environment ?? defaultEnvironment();
  const declaration = aicDeclarationOf(stack);
  const { tenantUrl, serviceAccountId, serviceAccountKey } = aicSettings(process.env);
  const target = targetOf(tenantUrl, options.target);
  const asked = options.user ?? process.env.PING_AGENTS_CIBA_USER ?? (target === "sandbox" ? "end.user" : undefined);
  const plan = planOf(declaration, { agent: options.agent, user: asked });
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt);
  try {
    const report = await verify(plan, {
      tenant: tenantUrl,
      target,
      serviceAccount: { id: serviceAccountId, jwk: keyOf(serviceAccountKey) },
      credentials: credentialsFor(stack, process.env),
      controlToken: process.env.PING_AGENTS_SANDBOX_CONTROL_TOKEN,
      progress,
      signal: interruption.signal,
    });
    process.stdout.write(render(report, options.format));
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

/** A local tenant needs no word; a real one is touched only when that is said. */
function targetOf(tenantUrl: string, said: Target | undefined): Target {
  const { hostname } = new URL(tenantUrl);
  const isLocal = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
  if (said === "sandbox" && !isLocal) {
    throw new PingAgentsError("ERR_TARGET", "a sandbox is on this machine, this tenant is not", {
      where: { tenant: tenantUrl },
      hint: "--target tenant",
    });
  }
  if (said) return said;
  if (isLocal) return "sandbox";
  throw new PingAgentsError("ERR_TARGET", "verify makes and removes throw-away objects in a real tenant", {
    where: { tenant: tenantUrl },
    hint: "say so: ping-agents verify --target tenant",
  });
}

function keyOf(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    throw new PingAgentsError("ERR_SERVICE_ACCOUNT_KEY", "AIC_SERVICE_ACCOUNT_KEY is not JSON", {
      hint: "set it to the private JWK that the console gave for the service account",
    });
  }
}

function interrupted(): PingAgentsError {
  return new PingAgentsError("ERR_INTERRUPTED", "interrupted; the throw-away objects were removed");
}

/** What keeps the verifier from working is a mistake of the surroundings and needs no stack. */
function readable(error: unknown): unknown {
  if (!(error instanceof VerifyError)) return error;
  return new PingAgentsError(error.code, error.message.slice(error.code.length + 2), { cause: error });
}
