/** Names of runs: the objects that a run makes carry its name, which tells the next run whether they are still needed. */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";

/** What the names of all throw-away objects begin with. */
export const PREFIX = "ping-agents-verify-";

/** Seconds after which a run of another machine counts as ended: longer than people are waited for. */
const LONGEST_RUN = 24 * 3_600;

/** Start in seconds since 1970 (base 36), machine, process id (base 36), and what tells runs of one process apart. */
const NAME = /^ping-agents-verify-([0-9a-z]{6,7})-([0-9a-f]{8})-([0-9a-z]{1,6})-[0-9a-f]{4}(?=-|$)/;

/** Runs of this process that have not ended. */
const running = new Set<string>();

/** @param now seconds since 1970. @returns the name, which counts as running until {@link endRun} */
export function startRun(now: number): string {
  const name = `${PREFIX}${now.toString(36)}-${MACHINE}-${process.pid.toString(36)}-${randomBytes(2).toString("hex")}`;
  running.add(name);
  return name;
}

export function endRun(name: string): void {
  running.delete(name);
}

/** The run that made an object; undefined for a name that no run gives. */
export function runOf(objectName: string): string | undefined {
  return NAME.exec(objectName)?.[0];
}

/**
 * Whether a run cannot need its objects any more. One of this machine has ended with its process; of another machine's only
 * the age tells.
 *
 * @param now seconds since 1970
 */
export function isOver(run: string, now: number): boolean {
  const [, start = "", machine, pid = ""] = NAME.exec(run) ?? [];
  if (machine === MACHINE && Number.parseInt(pid, 36) === process.pid) return !running.has(run);
  if (machine === MACHINE && !isAlive(Number.parseInt(pid, 36))) return true;
  return now - Number.parseInt(start, 36) > LONGEST_RUN;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one all the same.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The space of process ids that this process lives in, hashed: a container has its own, and a new one after a restart. */
const MACHINE = createHash("sha256").update(machine()).digest("hex").slice(0, 8);

function machine(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ mac }) => mac));
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
    return [hostname(), boot, readlinkSync("/proc/self/ns/pid")].join(" ");
  } catch {
    // Not on Linux.
    return [hostname(), ...new Set(addresses)].sort().join(" ");
  }
}
