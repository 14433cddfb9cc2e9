/** Writes the files of a new project beside what is there: nothing that differs is overwritten, and either all is written or nothing. */

import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DeclarationError } from "../../declaration/load.ts";
import { PingAgentsError } from "../../errors.ts";
import { checkDeclaration } from "../../platforms.ts";
import { readDeclaration } from "../../stack-files.ts";
import type { PlannedFile } from "./project.ts";

/** What became of a file: `kept` is another one than would be written. */
export type Outcome = "written" | "unchanged" | "kept";

/**
 * Writes those of the files that are not there.
 *
 * @param folder of the project; made where it is missing
 * @throws ERR_FILE, ERR_INIT where a declaration would not go with what is there; nothing was written then
 */
export function writeProject(folder: string, files: readonly PlannedFile[]): ReadonlyMap<string, Outcome> {
  const outcomes = new Map(files.map(({ path, text }) => [path, outcomeOf(textAt(join(folder, path)), text)]));
  const missing = files.filter(({ path }) => outcomes.get(path) === "written");
  checkDeclarations(folder, missing);
  const made: string[] = [];
  try {
    for (const { path, text, secret } of missing) {
      if (secret) make(join(folder, secret.path), secret.text, made, 0o600);
      make(join(folder, path), text, made);
    }
  } catch (cause) {
    for (const path of made.reverse()) rmSync(path, { recursive: true, force: true });
    throw unusable(cause);
  }
  return outcomes;
}

const outcomeOf = (before: string | undefined, text: string): Outcome =>
  before === undefined ? "written" : before === text ? "unchanged" : "kept";

/**
 * The text of a file; undefined where there is none.
 *
 * @throws ERR_FILE for what is no file, or cannot be read
 */
export function textAt(file: string): string | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false }) ? readFileSync(file, "utf8") : undefined;
  } catch (cause) {
    throw unusable(cause);
  }
}

/** Writes a new file, and notes it and the folders that were made for it: the outermost first. */
function make(file: string, text: string, made: string[], mode?: number): void {
  const outermost = mkdirSync(dirname(file), { recursive: true, ...(mode && { mode: 0o700 }) });
  if (outermost) made.push(outermost);
  writeFileSync(file, text, { flag: "wx", ...(mode && { mode }) });
  made.push(file);
}

/**
 * A declaration that is to be written stands on the base that is there, which may be of another platform.
 *
 * @throws ERR_INIT
 */
function checkDeclarations(folder: string, missing: readonly PlannedFile[]): void {
  const instead = new Map(missing.map(({ path, text }) => [path, text]));
  for (const { path } of missing) {
    if (!path.startsWith("stacks/") || path === "stacks/base.yaml") continue;
    try {
      checkDeclaration(readDeclaration(join(folder, path), { project: folder, hint: "", instead }));
    } catch (error) {
      if (!(error instanceof DeclarationError)) throw error;
      throw new PingAgentsError("ERR_INIT", `${path} would not go with what is there; nothing was written`, {
        hint: "choose what the base in stacks/ is of (--platform, --pattern), or another folder",
        cause: error,
      });
    }
  }
}

function unusable(cause: unknown): PingAgentsError {
  const { code, path, message } = cause as NodeJS.ErrnoException;
  return new PingAgentsError(
    "ERR_FILE",
    `${path ?? "a file"} cannot be used (${code ?? message}); nothing was written`,
    {
      hint: "choose a folder that may be written, or move what is in the way",
      cause,
    },
  );
}
