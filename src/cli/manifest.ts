/** What the manifest of this package says: it stands above the sources, and above the compiled files as well. */

import { readFileSync } from "node:fs";

const { version, dependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
  readonly dependencies: { readonly "@pulumi/pulumi": string };
};

/** The version of this package. */
export const kitVersion = version;
/** The version of Pulumi that it is made for: the SDK's, and the oldest of the CLI. */
export const pulumiVersion = dependencies["@pulumi/pulumi"];
