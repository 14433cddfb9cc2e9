#!/usr/bin/env node
// The command line. Plain JavaScript, so that a Node too old for the rest can still read it and say so.
import module from "node:module";
import { requireNode } from "./require-node.mjs";

requireNode("install Node 24; a clone of ping-agents brings its own with `npx ping-agents …`.");

// Node 22 warns of the SQLite in which the local tenant is kept, at every start; it is the same as that of Node 24.
const { emitWarning } = process;
process.emitWarning = (/** @type {any[]} */ ...args) => {
  if (!String(args[0]).startsWith("SQLite ")) Reflect.apply(emitWarning, process, args);
};

// Compiled once, not at every start. Keyed by content: an edit is never missed.
module.enableCompileCache();

const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
