/** The environment in which the Pulumi CLI runs. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { projectRoot, pulumiVersion } from "../../tools/bootstrap/paths.mjs";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";
import { pulumi, temporaryFolder } from "./executables.ts";

/** A user with that in the environment, a suitable CLI on PATH, and a Pulumi home of their own. */
function user(more: NodeJS.ProcessEnv = {}) {
  const PATH = pulumi(temporaryFolder(), pulumiVersion);
  return { PATH, PULUMI_HOME: temporaryFolder(), ...more };
}

test("Node 24 comes first on PATH, then the CLI, then the project's commands, then what the user has", () => {
  const cli = pulumi(temporaryFolder(), pulumiVersion);
  const env = pulumiEnvironment({ PATH: "/first:/second", PULUMI_CLI: join(cli, "pulumi") });
  const bin = join(projectRoot, "node_modules");
  expect(env.PATH?.split(":")).toEqual([join(bin, "node", "bin"), cli, join(bin, ".bin"), "/first", "/second"]);
});

test("Pulumi's home is in the project unless the user has another; no update check, no plugin downloads", () => {
  const { PULUMI_HOME: _, ...bare } = user();
  expect(pulumiEnvironment(bare)).toMatchObject({
    PULUMI_HOME: join(projectRoot, ".pulumi", "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  });
  const own = user();
  expect(pulumiEnvironment(own).PULUMI_HOME).toBe(own.PULUMI_HOME);
});

test("state is kept in the project by default, in a folder that exists", () => {
  const url = pulumiEnvironment(user()).PULUMI_BACKEND_URL ?? "";
  expect(fileURLToPath(url)).toBe(join(projectRoot, ".pulumi", "state"));
  expect(existsSync(fileURLToPath(url))).toBe(true);
});

test("a backend of the user's choice is left alone: by variable, by access token, by pulumi login", () => {
  expect(pulumiEnvironment(user({ PULUMI_BACKEND_URL: "s3://bucket" })).PULUMI_BACKEND_URL).toBe("s3://bucket");
  expect(pulumiEnvironment(user({ PULUMI_ACCESS_TOKEN: "x" })).PULUMI_BACKEND_URL).toBeUndefined();
  const loggedIn = user();
  writeFileSync(join(loggedIn.PULUMI_HOME, "credentials.json"), JSON.stringify({ current: "s3://bucket" }));
  expect(pulumiEnvironment(loggedIn).PULUMI_BACKEND_URL).toBeUndefined();
  writeFileSync(join(loggedIn.PULUMI_HOME, "credentials.json"), JSON.stringify({ current: "" }));
  expect(pulumiEnvironment(loggedIn).PULUMI_BACKEND_URL).toBeDefined();
  expect(pulumiEnvironment(user(), { defaultBackend: false }).PULUMI_BACKEND_URL).toBeUndefined();
});

test.each([
  { AIC_TENANT_URL: "http://127.0.0.1:8080" },
  { AIC_TENANT_URL: "http://localhost:8080/am" },
  { AIC_TENANT_URL: "http://[::1]:8080" },
  { PINGONE_API_URL: "http://127.8.0.1:1", PINGONE_ENVIRONMENT_ID: "e" },
])("a tenant on this machine gets the development passphrase: %j", (tenant) => {
  expect(pulumiEnvironment(user(tenant)).PULUMI_CONFIG_PASSPHRASE).toBe("local-development");
});

test.each([
  {},
  { AIC_TENANT_URL: "https://tenant.example.com" },
  { AIC_TENANT_URL: "https://localhost.example.com" },
  { AIC_TENANT_URL: "https://127.0.0.1.example.com" },
  { AIC_TENANT_URL: "nonsense" },
  { AIC_TENANT_URL: "http://127.0.0.1:8080", PINGONE_API_URL: "https://api.pingone.example" },
  { AIC_TENANT_URL: "http://127.0.0.1:8080", PINGONE_ENVIRONMENT_ID: "in the cloud" },
])("no other tenant gets it: %j", (tenant) => {
  expect(pulumiEnvironment(user(tenant)).PULUMI_CONFIG_PASSPHRASE).toBeUndefined();
});

test("a passphrase of the user's choice is left alone, also an empty one and one in a file", () => {
  const local = { AIC_TENANT_URL: "http://127.0.0.1:8080" };
  expect(pulumiEnvironment(user({ ...local, PULUMI_CONFIG_PASSPHRASE: "" })).PULUMI_CONFIG_PASSPHRASE).toBe("");
  const file = pulumiEnvironment(user({ ...local, PULUMI_CONFIG_PASSPHRASE_FILE: "/a/file" }));
  expect(file.PULUMI_CONFIG_PASSPHRASE).toBeUndefined();
});

test("without a CLI it says which command installs one", () => {
  const env = { PATH: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
  expect(() => pulumiEnvironment(env)).toThrow("node tools/bootstrap.mjs");
});
