/** `ping-agents sandbox`: runs the local tenant until it is told to end, or as long as a command takes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import { parse } from "yaml";
import { z } from "zod";
import { localPassphrase } from "../engine/local-passphrase.mjs";
import {
  type FaultPlan,
  faultPlanSchema,
  promotableIn,
  promote,
  type RunningSandbox,
  startSandbox,
} from "../sandbox/index.ts";
import { readText } from "../stack-files.ts";
import type { CloudName } from "../tenants.ts";
import { passwordVariable } from "../verify/index.ts";
import { inForeground } from "./foreground.ts";
import { withPulumi } from "./pulumi.ts";
import { rememberedSettings } from "./stack-settings.ts";

type Options = {
  port: number;
  data?: string;
  format: "text" | "json";
  people: boolean;
  platform?: CloudName;
  promote?: string;
  faults?: FaultPlan;
};

/** Where a tenant that runs until it is told to end is kept. */
const FOLDER = ".ping-agents/sandbox";

/** The command, to be added to the program. */
export function sandboxCommand(): Command {
  return new Command("sandbox")
    .description("start a local tenant that keeps its data in a folder; or one that is there for a command")
    .argument(
      "[command...]",
      "what is run against the tenant, after --; without a folder, the tenant and the state end with it",
    )
    .option("--port <number>", "port on 127.0.0.1; 0 takes a free one", readPort, 0)
    .option("--data <folder>", `where the tenant is kept (default: "${FOLDER}"; with a command: nowhere)`)
    .addOption(new Option("--format <format>", "what is printed at start").choices(["text", "json"]).default("text"))
    .addOption(
      new Option("--platform <platform>", "the only cloud that the command sees (default: both)").choices(
        Object.keys(VARIABLES),
      ),
    )
    .option(
      "--promote <folder>",
      "take over the static configuration of the tenant that is kept there, as a promotion does",
    )
    .option("--no-people", "a new tenant has no users and groups on AIC, as a fresh one of Ping has none")
    .option("--faults <file>", "what goes wrong, as YAML or JSON (docs/reliability.md)", readFaults)
    .action((command: string[], options: Options) => {
      const [first, ...others] = command;
      return first === undefined ? serve(options) : runAgainst([first, ...others], options);
    });
}

/** Starts the tenant; what it notes goes to stderr. */
async function start(
  dataDir: string | undefined,
  { port, people, faults, promote: from }: Options,
): Promise<RunningSandbox> {
  // First: a folder that cannot be read is no reason to have started a tenant.
  const promoted = from === undefined ? undefined : promotableIn(resolve(from));
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const sandbox = await startSandbox({ port, people, ...(dataDir && { dataDir }), ...(faults && { faults }), log });
  if (promoted) promote(sandbox.tenant.store, promoted);
  return sandbox;
}

async function serve(options: Options): Promise<void> {
  const dataDir = resolve(options.data ?? FOLDER);
  const sandbox = await start(dataDir, options);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
  }
  const file = join(dataDir, "sandbox.env");
  writeFileSync(file, assignments(variablesOf(sandbox, options)), { mode: 0o600 });
  process.stdout.write(options.format === "json" ? `${describe(sandbox)}\n` : explain(sandbox, dataDir, file));
}

/**
 * Runs a command against a tenant that is there for it alone, unless there is a folder to keep it in. The state of its stacks lives where
 * the tenant does: one without the other is of no use; so do their settings, unless they are kept. The exit code is the command's.
 *
 * @throws ERR_COMMAND
 */
async function runAgainst(command: readonly [string, ...string[]], options: Options): Promise<void> {
  const dataDir = options.data === undefined ? undefined : resolve(options.data);
  const sandbox = await start(dataDir, options);
  // With the salt of this passphrase in its settings, the stack could not be made with another one.
  const putBack = dataDir === undefined ? rememberedSettings(".") : () => {};
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), "ping-agents-sandbox-"));
  process.stderr.write(`Local tenant: ${sandbox.url}\n`);
  try {
    process.exitCode = await inForeground(
      command,
      environmentFor(variablesOf(sandbox, options), join(folder, "state")),
    );
  } finally {
    await sandbox.stop();
    putBack();
    if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The environment of this process, pointed at the local tenant: no variable leads to another one, or to another state.
 *
 * @param state folder, made where it is missing
 */
function environmentFor(variables: Readonly<Record<string, string>>, state: string): NodeJS.ProcessEnv {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const others = Object.entries(process.env).filter(([name]) => !/^(AIC|PINGONE|PING_AGENTS)_/.test(name));
  const own = { PULUMI_CONFIG_PASSPHRASE_FILE: undefined, PULUMI_CONFIG_PASSPHRASE: localPassphrase };
  const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
  return withPulumi({
    ...Object.fromEntries(others),
    ...((PULUMI_CONFIG_PASSPHRASE ?? PULUMI_CONFIG_PASSPHRASE_FILE) === undefined && own),
    // Without `metadata=skip` the CLI keeps a companion for each file, and a kill between the two leaves a state that none can open.
    PULUMI_BACKEND_URL: `${pathToFileURL(state).href}?metadata=skip`,
    ...variables,
  }).env;
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
  return /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What the kit reads, by cloud. */
const VARIABLES: Readonly<Record<CloudName, (sandbox: RunningSandbox) => Readonly<Record<string, string>>>> = {
  aic: ({ url, serviceAccount: { id, jwk } }) => ({
    AIC_TENANT_URL: url,
    AIC_SERVICE_ACCOUNT_ID: id,
    AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(jwk),
  }),
  pingone: ({ pingone }) => ({
    PINGONE_API_URL: pingone.apiUrl,
    PINGONE_AUTH_URL: pingone.authUrl,
    PINGONE_ENVIRONMENT_ID: pingone.environmentId,
    PINGONE_CLIENT_ID: pingone.workerClientId,
    PINGONE_CLIENT_SECRET: pingone.workerClientSecret,
  }),
};

/** What the kit reads to find the tenant, and `verify` to sign its people in. */
function variablesOf(sandbox: RunningSandbox, { platform }: Options): Readonly<Record<string, string>> {
  const clouds = platform ? [VARIABLES[platform]] : Object.values(VARIABLES);
  const passwords = Object.entries(sandbox.users).map(([name, { password }]) => [passwordVariable(name), password]);
  return {
    ...Object.assign({}, ...clouds.map((of) => of(sandbox))),
    PING_AGENTS_SANDBOX_CONTROL_TOKEN: sandbox.controlToken,
    ...Object.fromEntries(passwords),
  };
}

/** Assignments for a shell. */
const assignments = (variables: Readonly<Record<string, string>>) =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join("");

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
