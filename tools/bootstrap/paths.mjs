// Where things are and which versions belong together: the project, and the pinned versions.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of this clone. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const { engines } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));

/** What a user types to make a clone ready. */
export const setUpCommand = "npm run bootstrap";

/**
 * SHA-256 of the CLI's release, by archive. For an archive that is not here, the release's own list of checksums counts: it tells a broken
 * download, not a host that lies.
 *
 * @type {Record<string, string>}
 */
export const pinnedChecksums = {
  "pulumi-v3.255.0-linux-x64.tar.gz": "cf559568e2c32f7fae56ea3de8ae5fa48973ba8c5aa9dd2b3dc0c8898fe50dba",
  "pulumi-v3.255.0-linux-arm64.tar.gz": "699fbc6ea848d997e9b3645487f108d27b1b55ec807c7576406131e6e080f0e3",
};

/** The oldest Node that runs this project, e.g. `22.18`. */
export const oldestNode = /** @type {string} */ (engines.node.replace(">=", ""));
