#!/usr/bin/env node
// Checks the workflows, those of the templates too, with actionlint, whose version and hashes are those of tools/actionlint/go.mod and go.sum; Go
// builds it once for this user and keeps it in its own cache. Usage: node tools/actionlint.mjs [file…], default: all
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join, resolve } from "node:path";
import { withoutSecrets } from "../src/engine/cli-version.mjs";
import { Failure, failWith } from "./bootstrap/failure.mjs";
import { projectRoot } from "./bootstrap/paths.mjs";

const given = process.argv.slice(2);
const files = (
  given.length
    ? given
    : globSync(["{templates/github,examples}/*.yml", ".github/workflows/*.yml"], { cwd: projectRoot })
).map((file) => resolve(given.length ? "." : projectRoot, file));

// What is not on every machine is not asked, so that the answer is the same on all of them.
const { status, error } = spawnSync("go", ["tool", "actionlint", "-shellcheck=", "-pyflakes=", ...files], {
  cwd: join(projectRoot, "tools", "actionlint"),
  env: { ...withoutSecrets(process.env), GOWORK: "off", CGO_ENABLED: "0" },
  stdio: "inherit",
});
if (error)
  failWith(
    new Failure(
      `go could not be started: ${error.message}\nInstall Go 1.25 or newer (https://go.dev/dl/): actionlint is built with it`,
    ),
  );
process.exitCode = status ?? 1;
