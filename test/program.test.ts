/** The Pulumi program, as far as it goes without an engine: which declaration and tenant, and a refusal that is one message without a stack. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { declareProject } from "../src/program.ts";
import { projectRoot } from "../tools/bootstrap/paths.mjs";

type Surroundings = {
  readonly project?: string;
  readonly config?: Record<string, string>;
  readonly isPreview?: boolean;
};

/** Runs the program without an engine. */
async function run(stack: string, { project = "ping-agents", config = {}, isPreview = false }: Surroundings) {
  const names: string[] = [];
  const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => {
    names.push(name);
    return { id: name, state: inputs };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, project, stack, isPreview);
  pulumi.runtime.setAllConfig(config);
  await declareProject(projectRoot);
  return names;
}

/** What the program says when it refuses. */
async function refusal(stack: string, surroundings: Surroundings): Promise<string> {
  const error: unknown = await run(stack, surroundings).catch((reason: unknown) => reason);
  expect(pulumi.RunError.isInstance(error)).toBe(true); // which Pulumi prints without a stack
  return (error as Error).message;
}

/** {@link refusal} where the stack's configuration names a file, or nothing. */
const said = (stack: string, file?: string) =>
  refusal(stack, { config: file === undefined ? {} : { "ping-agents:declaration": file } });

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "program-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test("a stack without a declaration, and those that have one", async () => {
  expect(await said("nowhere")).toBe(
    "ERR_ENVIRONMENT_UNKNOWN: there is no stacks/nowhere.yaml\n" +
      "  Next: write it, choose a stack that has a declaration (dev, pingone-dev), or name a file: " +
      "npx pulumi config set ping-agents:declaration FILE",
  );
});

test("a file that is not there", async () => {
  expect(await said("dev", "stacks/other.yaml")).toContain("ERR_ENVIRONMENT_UNKNOWN: there is no stacks/other.yaml\n");
});

test("a folder in its place", async () => {
  expect(await said("dev", "stacks")).toContain("ERR_FILE: stacks is a folder, not a file\n");
});

test("a file that cannot be read", async () => {
  expect(await said("dev", "package.json/dev.yaml")).toContain(
    "ERR_FILE: package.json/dev.yaml cannot be read (ENOTDIR)\n",
  );
});

test("no YAML", async () => {
  const file = join(folder(), "bad.yaml");
  writeFileSync(file, "platform: aic\nagents: [\n");
  const message = await said("dev", file);
  expect(message).toContain("ERR_DECLARATION: a mistake in the declaration");
  expect(message).toContain("bad.yaml:3:1 Flow sequence in block collection");
});

describe("which tenant", () => {
  const HEAD = "platform: aic\nrealm: alpha\ntier: production\nprovider: { grantTypes: [ciba] }\n";
  const declared = (text: string) => {
    const file = join(folder(), "own.yaml");
    writeFileSync(file, text);
    return { "ping-agents:declaration": file };
  };
  const account = { AIC_SERVICE_ACCOUNT_ID: "id", AIC_SERVICE_ACCOUNT_KEY: "canary" };
  beforeEach(() => {
    for (const name of ["AIC_TENANT_URL", ...Object.keys(account), "PINGONE_ENVIRONMENT_ID", "PINGONE_CLIENT_ID"])
      vi.stubEnv(name, undefined);
  });
  afterEach(() => vi.unstubAllEnvs());

  test("a declaration and a variable that name two", async () => {
    vi.stubEnv("AIC_TENANT_URL", "https://production.example.com");
    const config = declared(`${HEAD}tenant: https://dev.example.com\n`);
    const message = await refusal("dev", { config, isPreview: true });
    expect(message).toContain(
      "ERR_OTHER_TENANT: two tenants are named: AIC_TENANT_URL says https://production.example.com",
    );
    expect(message).toMatch(/, tenant in \S*own\.yaml says https:\/\/dev\.example\.com\n/);
  });

  test("a variable and the stack configuration that name two environments of PingOne", async () => {
    vi.stubEnv("PINGONE_ENVIRONMENT_ID", "aa");
    const config = { ...declared("platform: pingone\n"), "ping-agents:pingOneEnvironmentId": "bb" };
    expect(await refusal("dev", { config })).toContain(
      "PINGONE_ENVIRONMENT_ID says aa, the stack configuration ping-agents:pingOneEnvironmentId says bb",
    );
  });

  test("a preview without an account runs, and says once what it did not check", async () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    const config = declared(HEAD);
    const registered = await run("dev", { config, isPreview: true });
    await expect.poll(() => registered).toContain("alpha");
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      expect.stringMatching(/^neither the tenant nor names .*\nERR_SETTING_MISSING: not set: AIC_TENANT_URL/),
    ]);
    warn.mockRestore();
    expect(await refusal("dev", { config })).toContain("ERR_SETTING_MISSING"); // an up needs one
  });

  test("an account in the stack configuration counts where static configuration is asserted", async () => {
    const config = {
      ...declared(HEAD),
      "ping-agents:tenantUrl": "https://production.example.com",
      "ping-agents:serviceAccountId": "id",
      "ping-agents:serviceAccountKey": "canary",
    };
    const message = await refusal("dev", { config });
    expect(message).toContain("ERR_SETTING_INVALID");
    expect(message).not.toContain("canary");
  });
});

describe("in a project with a name of its own", () => {
  const file = "stacks/own.yaml";

  test("settings stand under ping-agents", async () => {
    const config = { "ping-agents:declaration": file };
    expect(await refusal("dev", { project: "acme-agents", config })).toContain(`there is no ${file}`);
  });

  test.each(["declaration", "adopt", "tenant", "tenantUrl", "serviceAccountKey", "pingOneEnvironmentId"])(
    "%s under the project's own is refused",
    async (key) => {
      const config = { "ping-agents:declaration": file, [`acme-agents:${key}`]: "canary" };
      const message = await refusal("dev", { project: "acme-agents", config });
      expect(message).toContain(`ERR_SETTING_INVALID: nobody reads acme-agents:${key}\n`);
      expect(message).toContain(`npx pulumi config set ping-agents:${key}`);
      expect(message).not.toContain("canary");
    },
  );
});

describe("secrets that are not set", () => {
  const text =
    "platform: aic\nrealm: alpha\ntier: development\nagents:\n" +
    "  bot: { name: Bot, pattern: autonomous, secret: { env: BOT_SECRET } }\n" +
    "esvSecrets:\n  esv-a: { value: { config: ofA } }\n  esv-b: { value: { env: SET } }\n";
  const config = () => {
    const base = folder();
    writeFileSync(join(base, "base.yaml"), text);
    writeFileSync(join(base, "own.yaml"), "extends: base.yaml\nagents: { bot: { description: Ours } }\n");
    return { "ping-agents:declaration": join(base, "own.yaml") };
  };
  const MISSING =
    /ERR_SETTING_MISSING: 2 secrets are missing\n {2}\S*base\.yaml:7:12 esvSecrets\.esv-a\.value: stack configuration ofA is not set\n {2}\S*base\.yaml:5:42 agents\.bot\.secret: environment variable BOT_SECRET is not set\n {2}Next: npx pulumi config set --secret ofA && export BOT_SECRET=…/;
  beforeEach(() => {
    vi.stubEnv("BOT_SECRET", undefined);
    vi.stubEnv("SET", "canary");
  });
  afterEach(() => vi.unstubAllEnvs());

  test("an up names all of them, each where it is declared, before it makes anything", async () => {
    expect(await refusal("dev", { config: config() })).toMatch(MISSING);
  });

  test("a preview goes on, and warns", async () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    const registered = await run("dev", { config: config(), isPreview: true });
    await expect.poll(() => registered).toContain("esv-b");
    expect(warn.mock.calls.map(([said]) => said)).toContainEqual(expect.stringMatching(MISSING));
    warn.mockRestore();
  });
});
