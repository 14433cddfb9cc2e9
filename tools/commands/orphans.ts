/** Clears away what a killed CLI left behind: the language host, the program and the provider do not end with it. */

import { setTimeout as sleep } from "node:timers/promises";
import { isLanguageHost, orphans, signal } from "../../src/engine/processes.ts";

/** Milliseconds that program and provider get to find out by themselves and to finish the call under way. */
const PATIENCE = 9500;
/** Milliseconds between SIGTERM and SIGKILL. */
const GRACE = 1000;

/**
 * Ends the orphans of this session. Language hosts go at once; the others end by themselves unless the CLI was killed
 * before they watched it.
 */
export async function endOrphans(): Promise<void> {
  const started = Date.now();
  for (let left = orphans(); left.length > 0; left = orphans()) {
    const waited = Date.now() - started;
    for (const one of left) {
      if (waited > PATIENCE || isLanguageHost(one)) signal(one.id, waited > PATIENCE + GRACE ? "SIGKILL" : "SIGTERM");
    }
    // What not even SIGKILL ends is not ours to end.
    if (waited > PATIENCE + 2 * GRACE) return;
    await sleep(200);
  }
}
