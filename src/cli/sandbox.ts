/** `ping-agents sandbox`: runs the local tenant until it is told to end. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { parse } from "yaml";
import { z } from "zod";
import { type FaultPlan, faultPlanSchema, type RunningSandbox, startSandbox } from "../sandbox/index.ts";
import { readText } from "../stack-files.ts";
import { passwordVariable } from "../verify/index.ts";

type Options = { port: number; data: string; format: "text" | "json"; people: boolean; faults?: FaultPlan };

/** The command, to be added to the program. */
export function sandboxCommand(): Command {
  return new Command("sandbox")
    .description("start a local tenant that keeps its data in a folder")
    .option("--port <number>", "port on 127.0.0.1; 0 takes a free one", readPort, 0)
    .option("--data <folder>", "where the tenant is kept", ".ping-agents/sandbox")
    .addOption(new Option("--format <format>", "what is printed at start").choices(["text", "json"]).default("text"))
    .option("--no-people", "a new tenant has no users and groups on AIC, as a fresh one of Ping has none")
    .option("--faults <file>", "what goes wrong, as YAML or JSON (docs/reliability.md)", readFaults)
    .action(run);
}

async function run({ port, data, format, people, faults }: Options): Promise<void> {
  const dataDir = resolve(data);
  const sandbox = await startSandbox({
    port,
    dataDir,
    people,
    ...(faults && { faults }),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
  }
  const file = join(dataDir, "sandbox.env");
  writeFileSync(file, environmentOf(sandbox), { mode: 0o600 });
  process.stdout.write(format === "json" ? `${describe(sandbox)}\n` : explain(sandbox, dataDir, file));
}

/** One line with everything that a program needs to talk to the tenant. */
function describe({ url, controlToken, serviceAccount, pingone, users }: RunningSandbox): string {
  return JSON.stringify({ url, controlToken, serviceAccount, pingone, users });
}

function explain({ url }: RunningSandbox, dataDir: string, file: string): string {
  return [
    `Local tenant: ${url}`,
    `Its data is in ${dataDir}; it is there again at the next start.`,
    "In another terminal, point the kit at it:",
    `  set -a; . ${quoted(file)}; set +a`,
    "Ctrl-C ends it.",
    "",
  ].join("\n");
}

/** A word for a POSIX shell, whatever is in it. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Shell assignments; a JWK holds no single quote. */
function environmentOf({ url, controlToken, serviceAccount: { id, jwk }, pingone, users }: RunningSandbox): string {
  return [
    `AIC_TENANT_URL=${url}`,
    `AIC_SERVICE_ACCOUNT_ID=${id}`,
    `AIC_SERVICE_ACCOUNT_KEY='${JSON.stringify(jwk)}'`,
    `PINGONE_API_URL=${pingone.apiUrl}`,
    `PINGONE_AUTH_URL=${pingone.authUrl}`,
    `PINGONE_ENVIRONMENT_ID=${pingone.environmentId}`,
    `PINGONE_CLIENT_ID=${pingone.workerClientId}`,
    `PINGONE_CLIENT_SECRET=${pingone.workerClientSecret}`,
    `PING_AGENTS_SANDBOX_CONTROL_TOKEN=${controlToken}`,
    ...Object.entries(users).map(([userName, { password }]) => `${passwordVariable(userName)}=${password}`),
    "",
  ].join("\n");
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError("a port is a number from 0 to 65535");
  return port;
}

function readFaults(file: string): FaultPlan {
  let written: unknown;
  try {
    written = parse(readText(file));
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
  const { data, error } = faultPlanSchema.safeParse(written);
  if (!data) throw new InvalidArgumentError(z.prettifyError(error));
  return data;
}
