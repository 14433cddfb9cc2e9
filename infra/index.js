// What the Pulumi CLI starts. Plain JavaScript, so that a Node too old for the program can still read it and say so.
import { fileURLToPath } from "node:url";
import { requireNode } from "../bin/require-node.mjs";

requireNode("run `npx pulumi …` in the repository, which brings its own Node, or put Node 24 first on PATH.");

// Node strips types in place, so that its own positions are true. The SDK makes a stack for each resource, and the source
// maps that it looks for in each of them take a quarter of the program's time.
Object.assign(Error, { prepareStackTrace: undefined });

const { declareProject } = await import("../src/program.ts");
export default () => declareProject(fileURLToPath(new URL("..", import.meta.url)));
