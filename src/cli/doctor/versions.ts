/** Whether the programs that a stack needs are there, and new enough. */

import { kitVersion, pulumiVersion } from "../manifest.ts";
import { runPulumi } from "../pulumi.ts";
import type { Check } from "./sheet.ts";

/** Too old a Node is told before anything is loaded (bin/require-node.mjs). */
export const kit: Check<undefined> = {
  id: "kit",
  title: "ping-agents",
  look: () => ({ found: `${kitVersion} on Node ${process.versions.node}`, fact: undefined }),
};

const { compare } = new Intl.Collator("en", { numeric: true });

/** The CLI holds the engine, which speaks with the SDK of the same major version and of its own or an earlier minor one. */
export const pulumiCli: Check<NodeJS.ProcessEnv> = {
  id: "pulumi",
  title: "Pulumi CLI",
  look: async (env) => {
    const { stdout } = await runPulumi(["version"], env);
    const version = stdout.trim().replace(/^v/, "");
    const isFit = version.split(".")[0] === pulumiVersion.split(".")[0] && compare(version, pulumiVersion) >= 0;
    if (isFit) return { found: `${version}, engine included; the SDK is ${pulumiVersion}`, fact: undefined };
    const found = `the CLI on PATH is ${version || "of no version that it says"}, the SDK is ${pulumiVersion}`;
    return { failures: [{ found, next: `put Pulumi ${pulumiVersion} or a newer 3.x first on PATH` }] };
  },
};
