/** The processes of this machine, and which of them belong to a run of the Pulumi CLI. */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A process; one that has ended and was not collected yet is none. */
export type Process = {
  readonly id: number;
  /** Id of the process that started it, of another one when that has ended. */
  readonly parent: number;
  /** What was started in one terminal or container has one session. The same for all where the system does not tell. */
  readonly session: string;
  /** Name of the executable, cut to 15 characters on Linux. */
  readonly name: string;
  /** With its arguments, separated by blanks. */
  readonly command: string;
};

/** All processes that this user may see; none where the system does not tell. Waits some 10 ms for the answer. */
export function processes(): Process[] {
  try {
    return process.platform === "linux" ? fromProc() : fromPs();
  } catch {
    return [];
  }
}

/** Without `ps`, which small images of Linux do not have. */
function fromProc(): Process[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => {
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      // The name stands in brackets and may itself hold some.
      const [, name = "", parent, session = ""] =
        /^\d+ \((.*)\) \S (\d+) \d+ (\d+) /s.exec(readFileSync(`/proc/${id}/stat`, "utf8")) ?? [];
      return command ? [{ id: Number(id), parent: Number(parent), session, name, command }] : [];
    } catch {
      return []; // Ended meanwhile.
    }
  });
}

function fromPs(): Process[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,sess=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, id, parent, session = "", command = ""] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const name = command.split(" ")[0]?.split("/").at(-1) ?? "";
    return id ? [{ id: Number(id), parent: Number(parent), session, name, command }] : [];
  });
}

/** Whether it is Pulumi's Node.js language host. It looks for its engine every five minutes only. */
export const isLanguageHost = ({ command }: Process) => /(?:^|\/)pulumi-language-nodejs(?: |$)/.test(command);

/** The processes in the session of this one. Those of another may be of a container, where an address means something else. */
function ofThisSession(all: readonly Process[]): Process[] {
  const session = all.find(({ id }) => id === process.pid)?.session;
  return all.filter((one) => one.session === session);
}

/** The language host that serves the engine at that address: the engine gives it as the last argument. */
export function languageHostOf(address: string): Process | undefined {
  return ofThisSession(processes()).find((one) => isLanguageHost(one) && one.command.endsWith(` ${address}`));
}

/** Everything that the CLI starts for a program of Node.js with dynamic resources. */
const isOfRun = (one: Process) =>
  isLanguageHost(one) ||
  /(?:^|[/ ])pulumi-resource-pulumi-nodejs(?: |$)|@pulumi\/pulumi\/cmd\/(?:run|dynamic-provider)/.test(one.command);

/** What runs of the CLI left behind in the session of this process: their CLI is gone. */
export function orphans(): Process[] {
  const all = processes();
  const byId = new Map(all.map((one) => [one.id, one]));
  const hasCli = ({ parent }: Process): boolean => {
    const above = byId.get(parent);
    return above !== undefined && (above.name === "pulumi" || (isOfRun(above) && hasCli(above)));
  };
  return ofThisSession(all).filter((one) => isOfRun(one) && !hasCli(one));
}

/** Signals a process; fine when it has ended, or is somebody else's. */
export function signal(id: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(id, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
