/** A clone of this repository as a user has it, ready to work: every file git knows, and the packages that are installed. */

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

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

/** Makes an `npx` with the commands that the clone has, in a folder of the name that npm gives it. */
function makeNpx(folder: string, bin: string): void {
  const commands = join(bin, "node_modules", ".bin");
  mkdirSync(commands, { recursive: true });
  symlinkSync(join(folder, "node_modules", ".bin", "node"), join(commands, "node"));
  for (const name of ["pulumi", "ping-agents"])
    symlinkSync(join(folder, "tools", "commands", `${name}.mjs`), join(commands, name));
  writeFileSync(join(bin, "npx"), NPX, { mode: 0o755 });
}

/**
 * Makes a clone. Uncommitted files come along, so that a test sees what is about to be committed.
 *
 * @param options.npx whose: npm's own, or one that costs less
 */
export function makeClone({ npx = "light" }: { readonly npx?: "npm" | "light" } = {}): Clone {
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
  const bin = join(folder, ".pulumi", "npx");
  mkdirSync(join(folder, ".pulumi"), { mode: 0o700 });
  if (npx === "light") makeNpx(folder, bin);
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

/** Runs shell text as a user types it. Nothing of the environment that points this project anywhere; what npx notes of the clone goes with it. */
export function typed(text: string, folder: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PULUMI|AIC|PINGONE|PING_AGENTS|npm)_/i.test(name),
  );
  return new Promise((resolve, reject) => {
    const npm = { npm_config_cache: join(folder, "node_modules", ".npm") };
    const child = spawn("bash", ["-ec", text], {
      cwd: folder,
      env: { ...Object.fromEntries(inherited), ...npm, ...env },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
