/** The command `doctor` as docs/doctor.md has it: its checks, formats and exit codes. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { doctorSchema } from "../../../src/reports/doctor/report.ts";
import { projectRoot } from "../../../tools/bootstrap/paths.mjs";
import { type LocalAic, startAic } from "../../support/aic.ts";
import { project, VALID } from "../command.ts";
import { pathWith } from "./subject.ts";

const page = readFileSync(join(projectRoot, "docs", "doctor.md"), "utf8");
const DECLARATIONS = {
  dev: `${VALID}provider: { grantTypes: [client_credentials, token_exchange] }\n`,
  "pingone-dev": "platform: pingone\nagents:\n  bot: { name: Bot, pattern: autonomous, secret: { output: true } }\n",
};

let tenant: LocalAic;
beforeAll(async () => {
  tenant = await startAic();
});
afterAll(() => tenant.stop());

const run = (...args: string[]) => {
  const { environmentId, workerClientId, workerClientSecret, apiUrl, authUrl } = tenant.sandbox.pingone;
  return project(DECLARATIONS).run(["doctor", ...args], {
    ...{ PATH: `${pathWith()}:${process.env.PATH}`, ...tenant.variables() },
    ...{ PINGONE_ENVIRONMENT_ID: environmentId, PINGONE_CLIENT_ID: workerClientId },
    ...{ PINGONE_CLIENT_SECRET: workerClientSecret, PINGONE_API_URL: apiUrl, PINGONE_AUTH_URL: authUrl },
  });
};

test("the page's command prints the table, and ends with 0 on a sound set-up", async () => {
  const [, command = ""] = page.match(/```sh\nnpx ping-agents doctor (.*)\n```/) ?? [];
  const { code, stdout, stderr } = await run(command);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Check +Found +Next\n(?:.* ok .*\n| .*\n)+\ndev: sound, 22 checks\n$/);
});

test("the page names every check of both clouds", async () => {
  const checks = new Set<string>();
  for (const environment of Object.keys(DECLARATIONS)) {
    const { stdout } = await run(environment, "--format", "json");
    const report = doctorSchema.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ environment, outcome: "sound" });
    for (const { check } of report.checks) checks.add(check);
  }
  const rows = [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, names = ""]) => names.split(", "));
  expect(rows.map((name) => name.replaceAll("`", "")).toSorted()).toEqual([...checks].toSorted());
});

test("an environment without a declaration ends with 1, as Markdown, too", async () => {
  const { code, stdout } = await run("nowhere", "--format", "markdown");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^## Set-up: nowhere\n\n\*\*1 failed, 1 open\*\*\n\n\| Check \| +\| Found \| Next \|\n/);
  expect(stdout).toMatch(/\| declaration file \| failed \| .*\| .*use one of dev, pingone-dev/);
});
