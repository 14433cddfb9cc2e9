/** What the manifest of this package says: it stands above the sources, and above the compiled files as well. */

import { readFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** The version of this package. */
export const kitVersion: string = manifest.version;
