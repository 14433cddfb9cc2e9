/** The workflows of `templates/github`: what they may, what they show to whom, and that the check looks at them. */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { main } from "../../src/cli/main.ts";
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

test("are these", () => expect(names).toEqual(["deploy", "drift", "preview", "validate", "verify"]));

/** Those that call a tenant, and run for each environment. */
const calling = names.filter((name) => name !== "validate");

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
    if (calling.includes(name)) expect(job.concurrency.group).toContain(ENVIRONMENT);
    expect(job.concurrency["cancel-in-progress"]).toBe(["preview", "validate"].includes(name));
  });

  test("may only what it does", () => {
    const may: Record<string, object> = {
      preview: { contents: "read", "pull-requests": "write", issues: "write" },
      deploy: { contents: "read", "pull-requests": "read" },
      drift: { contents: "read", issues: "write" },
      validate: { contents: "read" },
      verify: { contents: "read", issues: "write" },
    };
    expect({ permissions, job: job.permissions }).toEqual({ permissions: {}, job: may[name] });
  });

  test("has the Pulumi CLI of the SDK, where it needs one", () => {
    const cli = job.steps.find(({ uses }) => uses?.startsWith("pulumi/actions@"));
    expect(cli?.with).toEqual(calling.includes(name) ? { "pulumi-version": pulumiVersion } : undefined);
  });
});

test.each(calling)("%s hands the settings that the page names to the CLI, each under its own name", (name) => {
  const page = readFileSync(join(projectRoot, "docs", "workflows.md"), "utf8");
  const [, named = ""] = /^Secrets are (.*?)\. The stack/ms.exec(page) ?? [];
  const settings = [...named.matchAll(/`([A-Z_]+)`/g)].map(([, setting]) => setting);
  const { env: forAll = {}, steps } = jobOf(name);
  const given = steps.flatMap(({ env = {} }) => Object.entries({ ...forAll, ...env }));
  const handed = given.flatMap(([variable, value]) => {
    const [, setting] = /^\$\{\{ (?:secrets|vars)\.(\w+) \}\}$/.exec(value) ?? [];
    if (setting !== undefined) expect(variable).toBe(setting);
    return setting ?? [];
  });
  expect([...new Set(handed)].sort()).toEqual(settings.sort());
});

test("a check without a tenant gets no credentials, whoever wrote what it checks", () => {
  expect(jobOf("validate").environment).toBeUndefined();
  expect(JSON.stringify(workflow("validate"))).not.toMatch(/secrets\.|vars\.|github\.token/);
});

test("only a deployment has credentials that write, and waits for its approval", () => {
  expect(Object.fromEntries(calling.map((name) => [name, jobOf(name).environment]))).toEqual({
    deploy: ENVIRONMENT,
    drift: `${ENVIRONMENT}-preview`,
    preview: `${ENVIRONMENT}-preview`,
    verify: `${ENVIRONMENT}-verify`,
  });
});

test("a deployment by hand is of one environment, others are of all, in their order", () => {
  expect(environmentsOf("deploy", { inputs: { environment: "staging" } })).toEqual(["staging"]);
  for (const name of calling) expect(environmentsOf(name, { inputs: {} })).toEqual(["dev"]);
});

describe("npm run check", () => {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const check = (...files: string[]) => checkWith(process.env, ...files);
  const checkWith = (env: NodeJS.ProcessEnv, ...files: string[]) =>
    spawnSync(process.execPath, [join(projectRoot, "tools", "actionlint.mjs"), ...files], { encoding: "utf8", env });

  test("finds none in the workflows of a project that init made", async () => {
    const made = temporaryFolder();
    vi.spyOn(console, "log").mockReturnValue();
    expect(await main(["init", made, "--yes"])).toBe(0);
    const files = names.map((name) => join(made, ".github", "workflows", `${name}.yml`));
    for (const name of calling)
      expect(readFileSync(join(made, ".github", "workflows", `${name}.yml`), "utf8")).toMatch(
        /environment: (\[dev, staging, production\]|.*'\["dev","staging","production"\]')/,
      );
    // Go says on stderr what it fetches for the first build.
    expect(check(...files)).toMatchObject({ stdout: "", status: 0 });
  });

  test("finds a mistake of a workflow", () => {
    expect(scripts.check).toMatch(/&& node tools\/actionlint\.mjs$/);
    const file = join(temporaryFolder(), "bad.yml");
    writeFileSync(file, readFileSync(join(folder, "drift.yml"), "utf8").replace("issues: write", "issue: write"));
    const { status, stdout } = check(file);
    expect(stdout).toContain('unknown permission scope "issue"');
    expect(status).toBe(1);
  });

  test("without Go fails, and says what is missing", () => {
    const { status, stderr } = checkWith({ PATH: "/nowhere" }, join(folder, "drift.yml"));
    expect(stderr).toMatch(/^go could not be started.*\nInstall Go 1\.25 or newer/);
    expect(status).toBe(1);
  });
});
