/** The scripts of the workflows, run with the real commands against a local tenant and a stand-in of GitHub. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";
import { type LocalAic, startAic } from "../support/aic.ts";
import { type Clone, makeClone } from "../support/clone.ts";
import { startGithub } from "../support/github.ts";
import { runWorkflow } from "./workflow.ts";

const DECLARATION = `platform: aic
realm: alpha
tier: development
agents:
  bot: { name: Bot, pattern: autonomous }
`;

const github = await startGithub();
const temporary = mkdtempSync(join(tmpdir(), "ping-agents-runner-"));
let clone: Clone;
let aic: LocalAic;
beforeAll(async () => {
  clone = makeClone();
  writeFileSync(join(clone.folder, "stacks", "dev.yaml"), DECLARATION);
  aic = await startAic();
});
afterAll(async () => {
  clone.remove();
  rmSync(temporary, { recursive: true });
  await aic.stop();
});

/** What the job's environment of GitHub, `dev-preview` and its like, holds. */
function contexts(event: object) {
  const { AIC_SERVICE_ACCOUNT_KEY = "", ...vars } = aic.variables();
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = github.variables;
  return {
    github: { event, token, repository },
    matrix: { environment: "dev" },
    inputs: {},
    vars,
    secrets: { AIC_SERVICE_ACCOUNT_KEY, PULUMI_CONFIG_PASSPHRASE: "passphrase" },
  };
}

/** What a runner has: GitHub's own variables but the token, which a step is given, and the CLI that an action installed. */
function runner() {
  const { GITHUB_TOKEN: _, ...own } = github.variables;
  return {
    ...own,
    PATH: pulumiEnvironment({ PATH: process.env.PATH }).PATH ?? "",
    HOME: temporary,
    RUNNER_TEMP: temporary,
  };
}

test("verify: an agent that is declared and not there opens an issue", async () => {
  const { ok, output, summary } = await runWorkflow("verify", clone.folder, contexts({}), runner());
  expect(output).toMatch(/issue \d+ "Agents of dev" is opened/);
  expect(ok).toBe(true);
  expect(github.issues[0]?.body).toContain(summary.trim());
});
