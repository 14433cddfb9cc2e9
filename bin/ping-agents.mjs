#!/usr/bin/env node
// The command line. Plain JavaScript, so that a Node too old for the rest can still read it and say so.
import { requireNode } from "./require-node.mjs";

requireNode("in the repository run `npx ping-agents …`, which brings its own Node, else install Node 24.");

const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
