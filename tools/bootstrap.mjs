#!/usr/bin/env node
// Makes a clone ready to work: npm dependencies and the Pulumi CLI, each only if it is missing; with --browser also the
// browser that the tests drive. It runs before any install, on the Node of the host: plain JavaScript without
// dependencies, for Node 18 and newer.
import { homedir } from "node:os";
import { ensureBrowser } from "./bootstrap/browser.mjs";
import { ensureCli } from "./bootstrap/cli.mjs";
import { ensureDependencies } from "./bootstrap/dependencies.mjs";
import { failWith } from "./bootstrap/failure.mjs";
import { projectRoot } from "./bootstrap/paths.mjs";
import { say } from "./bootstrap/run.mjs";

try {
  await ensureDependencies(projectRoot, process.env);
  if (process.argv.includes("--browser")) await ensureBrowser(process.env);
  const { command, version } = await ensureCli(process.env);
  say(`ready: Pulumi ${version}, ${command.replace(homedir(), "~")}`);
} catch (error) {
  failWith(error);
}
