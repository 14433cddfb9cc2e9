/** Files that only their owner may read, and that replace nothing. */

import { writeFileSync } from "node:fs";
import { PingAgentsError } from "../errors.ts";

/**
 * Writes a new file with mode 0600.
 *
 * @throws ERR_FILE_EXISTS, ERR_FILE when it cannot be written
 */
export function writePrivate(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") {
      throw new PingAgentsError("ERR_FILE_EXISTS", `${file} exists; a file with a secret is never overwritten`, {
        hint: "name another file, or remove this one first",
        cause,
      });
    }
    throw new PingAgentsError("ERR_FILE", `${file} cannot be written (${code}); nothing was changed`, {
      hint: "name a file in a folder that exists and may be written",
      cause,
    });
  }
}
