// One bootstrap at a time: a second one waits for the first and then finds the work done.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { say } from "./run.mjs";

/**
 * Does `work` while this process holds the lock. A lock left behind by a process that is gone counts for nothing.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!tryLock(file)) {
    if (removeAbandoned(file)) continue;
    if (!told) say(`another bootstrap is at it already; waiting for it (its lock: ${file})`);
    told = true;
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {boolean} whether the lock is free now. A lock that is still empty was made this very moment: signalling
 *   process 0 succeeds, so it counts as held.
 */
function removeAbandoned(file) {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return false;
  } catch (error) {
    if (codeOf(error) === "ESRCH") rmSync(file, { force: true });
    return codeOf(error) === "ESRCH" || codeOf(error) === "ENOENT";
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
