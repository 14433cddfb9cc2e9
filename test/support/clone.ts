/** A clone of this repository as a user has it, ready to work: every file git knows, and the packages that are installed. */

import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { keyService, secretsProvider } from "./key-service.ts";

/** What a command printed, and how it ended. */
export type Ended = { readonly code: number; readonly output: string };

/** A folder with a clone. */
export type Clone = {
  readonly folder: string;
  /** A folder for the start of PATH: its `npx` starts what the clone has, as npm's does, which takes a second of processor time to find it. */
  readonly bin: string;
  /** Runs shell text as a user types it, in the clone. */
  type(text: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
  remove(): void;
};

const NPX = `#!/bin/sh
command=$1; shift
PATH="$(dirname "$0")/node_modules/.bin:$PATH" exec "$command" "$@"
`;

/**
 * Makes an `npx` that costs little, with its commands in a folder of the name that npm gives it.
 *
 * @param bin where it is made
 * @param commands the file of each, by name
 */
export function makeNpx(bin: string, commands: Readonly<Record<string, string>>): void {
  const folder = join(bin, "node_modules", ".bin");
  mkdirSync(folder, { recursive: true });
  for (const [name, file] of Object.entries(commands)) symlinkSync(file, join(folder, name));
  writeFileSync(join(bin, "npx"), NPX, { mode: 0o755 });
}

/** What `npx` starts in a clone. */
function commandsOf(folder: string) {
  const launcher = (name: string) => join(folder, "tools", "commands", `${name}.mjs`);
  return {
    node: join(folder, "node_modules", ".bin", "node"),
    pulumi: launcher("pulumi"),
    "ping-agents": launcher("ping-agents"),
  };
}

/** The compile cache of this repository. */
const compiled = join(projectRoot, ".pulumi", "compile-cache");

/** Makes a clone. Uncommitted files come along, so that a test sees what is about to be committed. */
export function makeClone(): Clone {
  const folder = mkdtempSync(join(tmpdir(), "ping-agents-clone-"));
  const listed = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  for (const file of listed.split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(projectRoot, file), join(folder, file), { force: true });
  }
  linkPackages(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  const own = join(folder, ".pulumi");
  const bin = join(own, "npx");
  mkdirSync(own, { mode: 0o700 });
  mkdirSync(join(own, "home"));
  // What Node has compiled of the packages, which have the same files here. What is the clone's own it compiles anew.
  if (existsSync(compiled)) cpSync(compiled, join(own, "compile-cache"), { recursive: true });
  // A file where the CLI keeps a log of each run: it then writes none, which takes a tenth of its time.
  writeFileSync(join(own, "home", "logs"), "");
  makeNpx(bin, commandsOf(folder));
  return {
    folder,
    bin,
    type: (text, env = {}) =>
      typed(text, folder, { ...env, PATH: [bin, env.PATH ?? process.env.PATH].join(delimiter) }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Links the installed packages one by one; the record that npm keeps of them comes along. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name === ".bin") cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(join(from, name), join(to, name));
  }
}

/**
 * An `up` and a `destroy` do not look ahead first, which is half of their processes, and a new stack has no passphrase, which takes the CLI
 * more time than all else. That both is otherwise for users is seen where commands run {@link AS_FOR_USERS}.
 */
const SAVINGS = { PULUMI_OPTION_SKIP_PREVIEW: "true", PULUMI_OPTION_SECRETS_PROVIDER: secretsProvider };

/** What takes the savings of commands back. */
export const AS_FOR_USERS = { PULUMI_OPTION_SKIP_PREVIEW: "false", PULUMI_OPTION_SECRETS_PROVIDER: "default" };

/**
 * Runs shell text as a user types it, with a home that is empty: of this user there is what the set-up keeps for all projects, and nothing
 * of the environment that points this project anywhere. What npx notes of the folder goes with it.
 */
export async function typed(text: string, folder: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PULUMI|AIC|PINGONE|PING_AGENTS|npm)_/i.test(name),
  );
  const savings = { ...SAVINGS, ...(await keyService()) };
  return new Promise((resolve, reject) => {
    const own = { npm_config_cache: join(folder, "node_modules", ".npm"), HOME: mkdtempSync(join(tmpdir(), "home-")) };
    const kept = { XDG_CACHE_HOME: process.env.XDG_CACHE_HOME || join(homedir(), ".cache") };
    const child = spawn("bash", ["-ec", text], {
      cwd: folder,
      env: { ...Object.fromEntries(inherited), ...kept, ...own, ...savings, ...env },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      rmSync(own.HOME, { recursive: true, force: true });
      resolve({ code: code ?? 1, output });
    });
  });
}
