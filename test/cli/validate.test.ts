/** `ping-agents validate`. */

import { expect, test } from "vitest";
import { project, VALID } from "./command.ts";

test("every declaration of the project, and what each has", async () => {
  const applications = "applications:\n  app: { name: App, type: web }\n";
  const { run } = project({
    dev: VALID,
    prod: VALID.replace("development", "production") + applications,
    "Pulumi.dev": "",
  });
  expect(await run(["validate"])).toEqual({
    code: 0,
    stdout: "stacks/dev.yaml: 1 agents, 0 applications\nstacks/prod.yaml: 1 agents, 1 applications\n",
    stderr: "",
  });
  expect(await run(["validate", "dev"])).toMatchObject({
    code: 0,
    stdout: "stacks/dev.yaml: 1 agents, 0 applications\n",
  });
});

test("mistakes of all environments, each with its place", async () => {
  const { run } = project({ a: `${VALID}x: 1\n`, b: VALID, c: `${VALID}agnets: {}\n` });
  const { code, stdout, stderr } = await run(["validate"]);
  expect(code).toBe(1);
  expect(stdout).toBe("stacks/b.yaml: 1 agents, 0 applications\n");
  expect(stderr).toContain('stacks/a.yaml:6:1 x: unknown key "x"');
  expect(stderr).toContain('stacks/c.yaml:6:1 agnets: unknown key "agnets"; did you mean "agents"?');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(await run(["validate", "b"])).toMatchObject({ code: 0 });
  expect(await run(["validate", "c"])).toMatchObject({ code: 1 });
});

test("a file that is not UTF-8 is a mistake, not a crash", async () => {
  const { run } = project({ dev: Buffer.from(VALID.replace("Bot", "Büro"), "latin1") });
  const { code, stderr } = await run(["validate", "dev"]);
  expect(code).toBe(1);
  expect(stderr).toContain("stacks/dev.yaml:5:17 is not UTF-8");
});

test("an environment that is not there, and a folder that is no project", async () => {
  const unknown = await project({ dev: VALID, staging: VALID }).run(["validate", "test"]);
  expect(unknown).toMatchObject({ code: 1, stdout: "" });
  expect(unknown.stderr).toBe(
    "ERR_ENVIRONMENT_UNKNOWN: there is no stacks/test.yaml\n  Next: write it, or use one of dev, staging\n",
  );
  const nowhere = await project().run(["validate"]);
  expect(nowhere).toMatchObject({ code: 1, stdout: "" });
  expect(nowhere.stderr).toContain("ERR_ENVIRONMENT_UNKNOWN: there is no declaration in stacks/ here");
});

test("a stack whose settings name a file in place of its own", async () => {
  const settings = "config:\n  ping-agents:declaration: stacks/agents.yaml\n";
  const here = project({ agents: VALID, other: VALID, "Pulumi.dev": settings });
  here.write("Pulumi.yaml", "name: mine\nruntime: nodejs\nstackConfigDir: stacks\n");
  const stdout = "stacks/agents.yaml: 1 agents, 0 applications\n";
  expect(await here.run(["validate", "dev"])).toMatchObject({ code: 0, stdout });
  const all = await here.run(["validate"]);
  expect(all).toMatchObject({ code: 0, stdout: `${stdout}stacks/other.yaml: 1 agents, 0 applications\n` });
});

const MISTYPED = `${VALID}agnets: {}\n`;
const WARNED = VALID.concat(
  "applications:\n  app: { name: App, type: web, redirectUris: ['http://app.example.net/cb'] }\n",
);

test("a path in place of an environment", async () => {
  const here = project({ dev: VALID });
  here.write("my declaration.yaml", MISTYPED);
  expect(await here.run(["validate", "stacks/dev.yaml"])).toMatchObject({
    code: 0,
    stdout: "stacks/dev.yaml: 1 agents, 0 applications\n",
  });
  const { code, stderr } = await here.run(["validate", "./my declaration.yaml"]);
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("my declaration.yaml:6:1 agnets:"),
  });
  expect(await here.run(["validate", "no/such.yaml"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("ERR_ENVIRONMENT_UNKNOWN: there is no no/such.yaml"),
  });
});

test("a warning is told, and is no failure", async () => {
  const { code, stdout, stderr } = await project({ dev: WARNED }).run(["validate"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "stacks/dev.yaml: 1 agents, 1 applications\n" });
  expect(stderr).toBe(
    "stacks/dev.yaml:7:47 warning: applications.app.redirectUris[0]: the authorization code goes there in clear: use https\n",
  );
});

test("JSON for programs, on stdout alone", async () => {
  const { code, stdout, stderr } = await project({ a: MISTYPED, b: WARNED }).run(["validate", "--format", "json"]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  const mistake = {
    file: "stacks/a.yaml",
    line: 6,
    column: 1,
    field: "agnets",
    message: 'unknown key "agnets"; did you mean "agents"?',
  };
  expect(JSON.parse(stdout)).toEqual({
    files: [
      { file: "stacks/a.yaml", mistakes: [mistake], warnings: [] },
      {
        ...{ file: "stacks/b.yaml", agents: 1, applications: 1, mistakes: [] },
        warnings: [expect.objectContaining({ line: 7, column: 47, field: "applications.app.redirectUris[0]" })],
      },
    ],
  });
});

test("annotations for GitHub, in which nothing ends a line or a property", async () => {
  const here = project({ dev: WARNED });
  here.write("a,b:100%.yaml", MISTYPED);
  expect(await here.run(["validate", "./a,b:100%.yaml", "--format", "github"])).toEqual({
    code: 1,
    stdout: '::error file=a%2Cb%3A100%25.yaml,line=6,col=1::agnets: unknown key "agnets"; did you mean "agents"?\n',
    stderr: "",
  });
  expect(await here.run(["validate", "dev", "--format", "github"])).toMatchObject({
    code: 0,
    stdout:
      "::warning file=stacks/dev.yaml,line=7,col=47::applications.app.redirectUris[0]: the authorization code goes there in clear: use https\n",
  });
});

test("a declaration with its base, which is none itself; a mistake is told in the file that makes it", async () => {
  const { run, write } = project({ base: VALID, prod: "extends: base.yaml\ntier: production\n" });
  write("stacks/dev.yml", "extends: prod.yaml\ntier: development\n");
  expect(await run(["validate"])).toEqual({
    code: 0,
    stdout: "stacks/dev.yml extends stacks/prod.yaml extends stacks/base.yaml: 1 agents, 0 applications\n",
    stderr: "",
  });
  expect(await run(["validate", "base"])).toMatchObject({
    code: 1,
    stdout: "",
    stderr:
      "ERR_ENVIRONMENT_UNKNOWN: stacks/base.yaml is a base, which prod.yaml extends: no environment\n" +
      "  Next: name an environment that extends it\n",
  });
  write("stacks/base.yaml", VALID.replace("autonomous", "alone"));
  const { code, stderr } = await run(["validate", "dev"]);
  expect(code).toBe(1);
  expect(stderr).toContain("stacks/base.yaml:5:21 agents.bot.pattern: expected autonomous");
  expect(stderr).toContain("Next: correct stacks/base.yaml; nothing was changed");
});

test("files that extend each other are all told of, and one that is not there", async () => {
  const { run } = project({
    a: "extends: b.yaml\n",
    b: "extends: a.yaml\n",
    c: "extends: d.yaml\n",
    e: `${VALID}extends: ../../e.yaml\n`,
  });
  const { code, stderr } = await run(["validate"]);
  expect(code).toBe(1);
  expect(stderr).toContain(
    "stacks/b.yaml:1:1 extends: a circle: stacks/a.yaml extends stacks/b.yaml extends stacks/a.yaml",
  );
  expect(stderr).toContain(
    "stacks/a.yaml:1:1 extends: a circle: stacks/b.yaml extends stacks/a.yaml extends stacks/b.yaml",
  );
  expect(stderr).toContain("stacks/c.yaml:1:1 extends: there is no stacks/d.yaml");
  expect(stderr).toContain("stacks/e.yaml:6:1 extends: a base stands in the folder of the project");
});

test("two files of one environment are refused", async () => {
  const { run, write } = project({ dev: VALID });
  write("stacks/dev.yml", VALID);
  write("stacks/Pulumi.dev.yml", "");
  const { code, stdout, stderr } = await run(["validate"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(
    "ERR_FILE: there are two declarations, dev.yaml and dev.yml\n  at stacks\n  Next: keep one of them\n",
  );
});
