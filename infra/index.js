// What the Pulumi CLI starts. Plain JavaScript, so that a Node too old for the program can still read it and say so.
import { requireNode } from "../bin/require-node.mjs";

requireNode("run `npx pulumi …` in the repository, which brings its own Node, or put Node 24 first on PATH.");

export default (await import("./program.ts")).outputs;
