/** A clone of this repository as a user has it, ready to work: every file git knows, and the packages that are installed. */

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

/** What a command printed, and how it ended. */
export type Ended = { readonly code: number; readonly output: string };

/** A folder with a clone. */
export type Clone = {
  readonly folder: string;
  /** Runs shell text as a user types it, in the clone. */
  type(text: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
  remove(): void;
};

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
  return {
    folder,
    type: (text, env = {}) => typed(text, folder, env),
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
