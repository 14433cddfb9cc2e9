// Says in one line that this clone was not set up, before anything is loaded that is not there yet.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure, failWith } from "../bootstrap/failure.mjs";
import { projectRoot, setUpCommand } from "../bootstrap/paths.mjs";

/** Ends the process with exit code 1 when npm has not installed the packages; never installs anything itself. */
export function requireSetUp() {
  // npm writes this record when all packages are there.
  if (existsSync(join(projectRoot, "node_modules", ".package-lock.json"))) return;
  failWith(new Failure(`This clone of ping-agents is not set up yet. Run in it: ${setUpCommand}`));
}
