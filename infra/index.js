// What the Pulumi CLI starts. Plain JavaScript, so that a Node too old for the program can still read it and say so.
import { requireNode } from "../bin/require-node.mjs";

requireNode("run `npx pulumi …` in the repository, which brings its own Node, or put Node 24 first on PATH.");

const { watchEngine } = await import("../src/engine/watch.ts");
watchEngine(process.env.PULUMI_NODEJS_ENGINE);

// The SDK's debug messages hold every property in clear, and `--json` and `--debug` print them.
const { default: log } = await import("@pulumi/pulumi/log/index.js");
log.debug = async () => {};

// Node strips types in place, so that its own positions are true. The SDK makes a stack for each resource, and the source
// maps that it looks for in each of them take a quarter of the program's time.
Object.assign(Error, { prepareStackTrace: undefined });

export default (await import("./program.ts")).program;
