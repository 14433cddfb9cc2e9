/** The workflows of `templates/github`: what they may, what they show to whom, and that the check looks at them. */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pulumiVersion } from "../../src/engine/cli-version.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { temporaryFolder } from "../tools/executables.ts";
import { environmentsOf, workflow } from "./workflow.ts";

const folder = join(projectRoot, "templates", "github");
const names = readdirSync(folder).map((file) => file.replace(/\.yml$/, ""));
const jobOf = (name: string) => {
  const [job, ...more] = Object.values(workflow(name).jobs);
  if (!job || more.length > 0) throw new Error(`${name} is to have one job`);
  return job;
};

/** An expression, as it stands in a workflow. */
const expression = (text: string) => `\${{ ${text} }}`;
const ENVIRONMENT = expression("matrix.environment");

test("are these", () => expect(names).toEqual(["deploy", "drift", "preview", "verify"]));

describe.each(names)("%s", (name) => {
  const text = readFileSync(join(folder, `${name}.yml`), "utf8");
  const { on, permissions, defaults } = workflow(name);
  const job = jobOf(name);

  test("takes no action but by the hash of a commit, with its version beside it", () => {
    const actions = text.match(/uses: .*/g);
    expect(actions).toHaveLength(job.steps.filter(({ uses }) => uses).length);
    for (const action of actions ?? []) expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("puts no expression into a script: whoever names a branch would write the script", () => {
    for (const { run = "" } of job.steps) expect(run).not.toContain("${{");
  });

  test("runs scripts in a shell that sees a failure within a pipe", () => {
    expect(defaults).toEqual({ run: { shell: "bash" } });
  });

  test("shows secrets to single steps, and none to what others wrote: the packages", () => {
    expect(JSON.stringify({ ...job, steps: [] })).not.toMatch(/secrets\.|github\.token/);
    const installing = job.steps.filter(({ uses, run }) => uses || run?.startsWith("npm "));
    expect(JSON.stringify(installing)).not.toMatch(/secrets\.|github\.token/);
    expect(installing.at(-1)?.run).toBe("npm ci --ignore-scripts");
    const checkout = job.steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkout?.with).toMatchObject({ "persist-credentials": false });
  });

  test("is never run with the secrets of the repository for the code of a fork", () => {
    expect(
      Object.keys(on).filter((event) => ["pull_request_target", "workflow_run", "issue_comment"].includes(event)),
    ).toEqual([]);
  });

  test("has one run at a time for an environment", () => {
    expect(job.concurrency.group).toContain(ENVIRONMENT);
    expect(job.concurrency["cancel-in-progress"]).toBe(name === "preview");
  });

  test("may only what it does", () => {
    const may: Record<string, object> = {
      preview: { contents: "read", "pull-requests": "write", issues: "write" },
      deploy: { contents: "read", "pull-requests": "read" },
      drift: { contents: "read", issues: "write" },
      verify: { contents: "read", issues: "write" },
    };
    expect({ permissions, job: job.permissions }).toEqual({ permissions: {}, job: may[name] });
  });

  test("has the Pulumi CLI of the SDK", () => {
    const cli = job.steps.find(({ uses }) => uses?.startsWith("pulumi/actions@"));
    expect(cli?.with).toEqual({ "pulumi-version": pulumiVersion });
  });
});

test("only a deployment has credentials that write, and waits for its approval", () => {
  expect(Object.fromEntries(names.map((name) => [name, jobOf(name).environment]))).toEqual({
    deploy: ENVIRONMENT,
    drift: `${ENVIRONMENT}-preview`,
    preview: `${ENVIRONMENT}-preview`,
    verify: `${ENVIRONMENT}-verify`,
  });
});

test("a deployment by hand is of one environment, others are of all, in their order", () => {
  expect(environmentsOf("deploy", { inputs: { environment: "staging" } })).toEqual(["staging"]);
  for (const name of names) expect(environmentsOf(name, { inputs: {} })).toEqual(["dev"]);
});

describe("npm run check", () => {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const check = (file: string, env: NodeJS.ProcessEnv = process.env) =>
    spawnSync(process.execPath, [join(projectRoot, "tools", "actionlint.mjs"), file], { encoding: "utf8", env });

  test("finds a mistake of a workflow", () => {
    expect(scripts.check).toMatch(/&& node tools\/actionlint\.mjs$/);
    const file = join(temporaryFolder(), "bad.yml");
    writeFileSync(file, readFileSync(join(folder, "drift.yml"), "utf8").replace("issues: write", "issue: write"));
    const { status, stdout } = check(file);
    expect(stdout).toContain('unknown permission scope "issue"');
    expect(status).toBe(1);
  });

  test("without Go fails, and says what is missing", () => {
    const { status, stderr } = check(join(folder, "drift.yml"), { PATH: "/nowhere" });
    expect(stderr).toMatch(/^go could not be started.*\nInstall Go 1\.25 or newer/);
    expect(status).toBe(1);
  });
});
