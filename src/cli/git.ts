/** Files of a project as a revision of git has them. */

import { spawnSync } from "node:child_process";
import { PingAgentsError } from "../errors.ts";

/** A commit that is here. */
export type Revision = {
  /** As the user named it. */
  readonly name: string;
  /** The text of a file, by its path from the working directory; undefined where the revision has no such file. */
  textOf(file: string): string | undefined;
  /** Names of the files in a folder; none where the revision has no such folder. */
  filesIn(folder: string): readonly string[];
};

/**
 * The commit behind a name: branch, tag, or hash.
 *
 * @throws ERR_REVISION where git does not know it, which a shallow clone is a reason for
 */
export function revision(name: string): Revision {
  const commit = git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`], name)?.trim();
  if (!commit) throw unknown(name);
  return {
    name,
    textOf: (file) => git(["cat-file", "blob", `${commit}:./${file}`], name),
    filesIn: (folder) => (git(["ls-tree", "--name-only", "-z", `${commit}:./${folder}`], name) ?? "").split("\0"),
  };
}

/** What git prints; undefined where it fails. @throws ERR_REVISION without git */
function git(args: readonly string[], name: string): string | undefined {
  const { status, stdout, error } = spawnSync("git", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (error) throw unknown(name, error);
  return status === 0 ? stdout : undefined;
}

function unknown(name: string, cause?: Error): PingAgentsError {
  const refusal = (what: string, hint: string) => new PingAgentsError("ERR_REVISION", what, { hint, cause });
  if (cause) return refusal(`git cannot be asked for ${name}`, "install git");
  const { status, stderr } = spawnSync("git", ["rev-parse", "--git-dir"], { encoding: "utf8" });
  if (status !== 0) {
    const [reason] = stderr.split("\n");
    return refusal(`there is no revision ${name} here: ${reason}`, "run this in a clone of the project");
  }
  const branch = name.replace(/^origin\//, "");
  // What was before a commit has no name that could be fetched.
  const fetch = /[~^@{]/.test(name)
    ? "git fetch --unshallow"
    : `git fetch --depth=1 origin ${branch}:refs/remotes/origin/${branch}`;
  return refusal(`git knows no revision ${name} here`, `check the name; in a shallow clone fetch it first: ${fetch}`);
}
