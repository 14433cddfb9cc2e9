/** `ping-agents init`: what it writes on both platforms, by pattern, and what it leaves alone. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { parse } from "yaml";
import { main } from "../../src/cli/main.ts";
import { inspectDeclaration } from "../../src/platforms.ts";
import { declaredStacks, readDeclaration } from "../../src/stack-files.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

const PLATFORMS = ["aic", "pingone"] as const;
const PATTERNS = ["autonomous", "on-behalf-of", "approved"] as const;
const ALL = PLATFORMS.flatMap((platform) => PATTERNS.map((pattern) => [platform, pattern] as const));

/** What is there after every run. */
const FILES = [
  ...[".github/workflows/deploy.yml", ".github/workflows/drift.yml", ".github/workflows/preview.yml"],
  ...[".github/workflows/validate.yml", ".github/workflows/verify.yml"],
  ...[".gitignore", "Pulumi.yaml", "README.md", "index.ts", "package.json"],
  ...["stacks/base.yaml", "stacks/dev.yaml", "stacks/production.yaml", "stacks/staging.yaml"],
];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "ping-agents-init-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Runs the command as the command line does, without a terminal. */
async function init(...args: string[]) {
  const [log, error] = [vi.spyOn(console, "log").mockReturnValue(), vi.spyOn(console, "error").mockReturnValue()];
  const said = ({ mock: { calls } }: typeof log) => calls.map(([line]) => `${line}\n`).join("");
  try {
    return { code: await main(["init", ...args]), stdout: said(log), stderr: said(error) };
  } finally {
    for (const spy of [log, error]) spy.mockRestore();
  }
}

/** All files of a folder with their texts. */
function contents(project: string): Record<string, string> {
  const names = readdirSync(project, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => statSync(join(project, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(project, name), "utf8")]));
}

const inspected = (project: string, stack: string) =>
  inspectDeclaration(readDeclaration(join(project, "stacks", `${stack}.yaml`), { project, hint: "" }));

const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);
for (const name of ["declaration", "base"]) {
  const file = join(projectRoot, "schema", `${name}.schema.json`);
  ajv.addSchema(JSON.parse(readFileSync(file, "utf8")), `${name}.schema.json`);
}

describe.each(ALL)("on %s, %s", (platform, pattern) => {
  const made = async () => {
    const project = folder();
    expect(await init(project, "--yes", "--platform", platform, "--pattern", pattern)).toMatchObject({
      code: 0,
      stderr: "",
    });
    return project;
  };

  test("declares three environments without a mistake or a warning above info, for the kit and for an editor", async () => {
    const project = await made();
    expect(declaredStacks(join(project, "stacks"))).toEqual(["dev", "production", "staging"]);
    for (const stack of declaredStacks(join(project, "stacks"))) {
      const { declaration, mistakes, warnings } = inspected(project, stack);
      expect({ mistakes, warnings }).toEqual({ mistakes: [], warnings: [] });
      expect(declaration).toMatchObject({ platform });
      expect(Object.values(declaration?.agents ?? {})).toEqual([expect.objectContaining({ pattern })]);
    }
    for (const [name, text] of Object.entries(contents(join(project, "stacks")))) {
      const [, schema = ""] =
        /^# yaml-language-server: \$schema=\.\.\/node_modules\/ping-agents\/schema\/(\S+)$/m.exec(text) ?? [];
      expect(ajv.validate(schema, parse(text)), `${name}: ${ajv.errorsText()}`).toBe(true);
    }
  });

  test("writes these files and no other, whole, and changes nothing when it runs again", async () => {
    const project = await made();
    const written = contents(project);
    const keys = Object.keys(written).filter((name) => name.startsWith(".ping-agents/"));
    expect(keys).toHaveLength(platform === "aic" && pattern === "approved" ? 2 : 0);
    expect(Object.keys(written).filter((name) => !keys.includes(name))).toEqual([...FILES].sort());
    for (const [name, text] of Object.entries(written)) expect(text, name).not.toMatch(/\{\{(?!.*\}\}.*\$)\w+\}\}/);
    const again = await init(project, "--yes", "--platform", platform, "--pattern", pattern);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(contents(project)).toEqual(written);
    expect(again.stdout).not.toMatch(/^written/m);
  });
});

describe("the project", () => {
  test("has the name of its folder, or the one that is said; package.json needs this kit and its SDK", async () => {
    const project = join(folder(), "My agents");
    expect(await init(project, "--yes")).toMatchObject({ code: 0 });
    const pulumi = () => parse(readFileSync(join(project, "Pulumi.yaml"), "utf8"));
    expect(pulumi()).toMatchObject({ name: "My-agents", main: "index.ts", stackConfigDir: "stacks" });
    const { dependencies, version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
    expect(JSON.parse(readFileSync(join(project, "package.json"), "utf8"))).toEqual({
      ...{ name: "my-agents", private: true, type: "module" },
      dependencies: { "@pulumi/pulumi": dependencies["@pulumi/pulumi"], "ping-agents": `^${version}` },
    });
    rmSync(project, { recursive: true });
    expect(await init(project, "--yes", "--name", "bank.agents")).toMatchObject({ code: 0 });
    expect(pulumi()).toMatchObject({ name: "bank.agents" });
  });

  test("asks for no older CLI than this repository", async () => {
    const project = folder();
    await init(project, "--yes");
    const asked = (at: string) => parse(readFileSync(join(at, "Pulumi.yaml"), "utf8")).requiredPulumiVersion;
    expect(asked(project)).toBe(asked(projectRoot));
  });

  test("is of the realm that is said", async () => {
    const project = folder();
    await init(project, "--yes", "--realm", "bravo");
    expect(inspected(project, "staging").declaration).toMatchObject({ realm: "bravo", tier: "staging" });
  });

  test("where package.json is CommonJS has a program that is", async () => {
    const project = folder();
    const manifest = '{ "name": "mine", "dependencies": { "@pulumi/pulumi": "3.255.0" } }';
    writeFileSync(join(project, "package.json"), manifest);
    const { stdout } = await init(project, "--yes");
    expect(readFileSync(join(project, "index.ts"), "utf8")).toMatch(/^module\.exports = require\("ping-agents"\)/m);
    expect(readFileSync(join(project, "package.json"), "utf8")).toBe(manifest);
    expect(stdout).toMatch(/package\.json lacks packages: npm install ping-agents@\^\d/);
    expect(stdout).not.toContain("install @pulumi");
  });

  test("publishes the keys of an approved agent; the private ones are for their owner, and said in no other file or line", async () => {
    const project = folder();
    const { stdout } = await init(project, "--yes", "--pattern", "approved");
    for (const stack of ["staging", "production"]) {
      const keys = join(project, ".ping-agents", "keys", stack);
      const [file = "", ...others] = readdirSync(keys);
      expect(others).toEqual([]);
      expect(statSync(join(keys, file)).mode & 0o777).toBe(0o600);
      const { d, ...half } = JSON.parse(readFileSync(join(keys, file), "utf8"));
      const { agents = {} } = inspected(project, stack).declaration as { agents?: object };
      expect(Object.values(agents)).toEqual([
        expect.objectContaining({ ciba: expect.objectContaining({ keys: { keys: [half] } }) }),
      ]);
      const elsewhere = Object.entries(contents(project)).filter(([name]) => !name.endsWith(file));
      expect(JSON.stringify([elsewhere, stdout])).not.toContain(d);
      expect(stdout).toContain(`${file}: private key`);
    }
  });
});

describe("beside what is there", () => {
  test("keeps what differs, says so, and names what git would see", async () => {
    const project = folder();
    mkdirSync(join(project, "stacks"));
    const own = { ".gitignore": "node_modules/\n", "README.md": "Mine\n", "stacks/Pulumi.dev.yaml": "config: {}\n" };
    for (const [name, text] of Object.entries(own)) writeFileSync(join(project, name), text);
    const { code, stdout } = await init(project, "--yes");
    expect(code).toBe(0);
    expect(contents(project)).toMatchObject(own);
    expect(stdout.match(/^kept .*/gm)?.map((line) => basename(line))).toEqual([".gitignore", "README.md"]);
    expect(stdout).toContain("was not touched");
    expect(stdout).toContain(".gitignore leaves out too little: add .ping-agents/, .pulumi/, *.env\n");
  });

  test("brings back what is missing, with what is there as its base", async () => {
    const project = folder();
    await init(project, "--yes", "--platform", "pingone");
    const before = contents(project);
    rmSync(join(project, "stacks", "production.yaml"));
    await init(project, "--yes", "--platform", "pingone");
    expect(contents(project)).toEqual(before);
  });

  test("refuses declarations that would not go with the base, and writes nothing", async () => {
    const project = folder();
    mkdirSync(join(project, "stacks"));
    writeFileSync(join(project, "stacks", "base.yaml"), "platform: pingone\nagents: {}\n");
    const before = contents(project);
    const { code, stderr } = await init(project, "--yes");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ERR_INIT: stacks\/dev\.yaml would not go with what is there; nothing was written\n/);
    expect(contents(project)).toEqual(before);
  });
});

describe("what it cannot do", () => {
  test.each<[what: string, args: string[], said: RegExp]>([
    [
      "no terminal and no --yes",
      [],
      /ERR_INIT: nobody says which platform; .*\n {2}Next: add --platform aic\|pingone, or --yes/,
    ],
    ["one answer too few", ["--platform", "aic"], /nobody says which realm/],
    ["a realm of PingOne", ["--yes", "--platform", "pingone", "--realm", "alpha"], /ERR_INIT: PingOne has no realms/],
    [
      "a name that Pulumi refuses",
      ["--yes", "--name", "my agents"],
      /ERR_INIT: this is no name of a Pulumi project.*\n {2}at field --name/,
    ],
  ])("%s: nothing is written", async (_what, args, said) => {
    const project = folder();
    const { code, stderr, stdout } = await init(project, ...args);
    expect({ code, stdout, files: readdirSync(project) }).toEqual({ code: 1, stdout: "", files: [] });
    expect(stderr).toMatch(said);
  });

  test("a folder that is a file", async () => {
    const file = join(folder(), "file");
    writeFileSync(file, "mine");
    const { code, stderr } = await init(file, "--yes");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ERR_FILE: .*file cannot be used \(EEXIST\); nothing was written\n/);
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  test("a package.json that is no JSON", async () => {
    const project = folder();
    writeFileSync(join(project, "package.json"), "{");
    const { code, stderr } = await init(project, "--yes");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ERR_INIT: package\.json is no JSON; nothing was written\n/);
    expect(readdirSync(project)).toEqual(["package.json"]);
  });

  test("a place that is taken half-way: what was written before goes again", async () => {
    const project = folder();
    writeFileSync(join(project, ".github"), "a file where a folder is to be");
    const { code, stderr } = await init(project, "--yes");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ERR_FILE: .*\.github\S* cannot be used \((ENOTDIR|EEXIST)\); nothing was written\n/);
    expect(readdirSync(project)).toEqual([".github"]);
  });
});
