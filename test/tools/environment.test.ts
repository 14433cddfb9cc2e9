/** The environment in which the Pulumi CLI runs. */
import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { pulumiVersion } from "../../src/engine/cli-version.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
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
  const [node = "", ...others] = env.PATH?.split(":") ?? [];
  expect(node).toMatch(/node_modules\/node-\S+\/bin$/);
  expect(others).toEqual([cli, join(bin, ".bin"), "/first", "/second"]);
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

test("state is kept in the project by default, in a folder that only its owner can enter", () => {
  const state = join(projectRoot, ".pulumi", "state");
  mkdirSync(state, { recursive: true });
  for (const folder of [dirname(state), state]) chmodSync(folder, 0o755);
  const url = new URL(pulumiEnvironment(user()).PULUMI_BACKEND_URL ?? "");
  expect(fileURLToPath(url)).toBe(state);
  for (const folder of [dirname(state), state]) expect(statSync(folder).mode & 0o777).toBe(0o700);
  // A kill between a file and its companion would leave a state that no command can open.
  expect(url.search).toBe("?metadata=skip");
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

test("without a CLI it says which command installs one", () => {
  const env = { PATH: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
  expect(() => pulumiEnvironment(env)).toThrow("npm run bootstrap");
});
