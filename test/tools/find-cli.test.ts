/** Which Pulumi CLI the bootstrap takes of those that are there. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cliCache, pulumiVersion } from "../../src/engine/cli-version.mjs";
import { findCli } from "../../src/engine/find-cli.mjs";
import { pulumi, script, temporaryFolder } from "./executables.ts";

test.each([pulumiVersion, "3.999.1"])("pulumi %s on PATH is taken", (version) => {
  const folder = pulumi(temporaryFolder(), version);
  const { cli } = findCli({ PATH: folder, XDG_CACHE_HOME: temporaryFolder() });
  expect(cli).toEqual({ command: join(folder, "pulumi"), folder, version });
});

test.each([
  ["3.100.0", "older than"],
  ["4.0.0", "another major version"],
  ["2.999.0", "another major version"],
  ["3.999.0-alpha.1", "no release"],
])("pulumi %s on PATH is passed over, with the reason", (version, reason) => {
  const folder = pulumi(temporaryFolder(), version);
  const { cli, reasons } = findCli({ PATH: folder, XDG_CACHE_HOME: temporaryFolder() });
  expect(cli).toBeUndefined();
  expect(reasons[0]).toContain(join(folder, "pulumi"));
  expect(reasons[0]).toContain(version);
  expect(reasons[0]).toContain(reason);
});

test("a CLI without a language host beside it is passed over, even if another folder of PATH has one", () => {
  const bare = pulumi(temporaryFolder(), pulumiVersion, { languageHost: false });
  const host = temporaryFolder();
  script(host, "pulumi-language-nodejs");
  const { cli, reasons } = findCli({ PATH: `${bare}:${host}`, XDG_CACHE_HOME: temporaryFolder() });
  expect(cli).toBeUndefined();
  expect(reasons[0]).toContain("pulumi-language-nodejs");
});

test("the parts beside the target of a link count", () => {
  const installed = pulumi(temporaryFolder(), pulumiVersion);
  const linked = temporaryFolder();
  symlinkSync(join(installed, "pulumi"), join(linked, "pulumi"));
  expect(findCli({ PATH: linked, XDG_CACHE_HOME: temporaryFolder() }).cli?.folder).toBe(installed);
});

test("the first suitable one on PATH wins over an unsuitable one before it and over the cache", () => {
  const cache = temporaryFolder();
  pulumi(cliCache({ XDG_CACHE_HOME: cache }), pulumiVersion);
  const old = pulumi(temporaryFolder(), "3.1.0");
  const good = pulumi(temporaryFolder(), pulumiVersion);
  expect(findCli({ PATH: `${old}:${good}`, XDG_CACHE_HOME: cache }).cli?.folder).toBe(good);
});

test("launchers that npm puts into node_modules/.bin are no CLI", () => {
  const launchers = pulumi(join(temporaryFolder(), "node_modules", ".bin"), pulumiVersion);
  expect(findCli({ PATH: launchers, XDG_CACHE_HOME: temporaryFolder() }).cli).toBeUndefined();
});

test("PULUMI_CLI wins over PATH", () => {
  const named = pulumi(temporaryFolder(), pulumiVersion);
  const env = { PATH: pulumi(temporaryFolder(), pulumiVersion), PULUMI_CLI: join(named, "pulumi") };
  expect(findCli(env).cli?.folder).toBe(named);
});

test("a PULUMI_CLI that is not suitable is a reason, not passed over", () => {
  const env = { PATH: pulumi(temporaryFolder(), pulumiVersion), PULUMI_CLI: join(temporaryFolder(), "pulumi") };
  expect(findCli(env)).toEqual({
    cli: undefined,
    reasons: [expect.stringMatching(/^PULUMI_CLI: .*pulumi is no executable file; let it name /)],
  });
});

test("one installed before is taken when it is complete", () => {
  const env = { PATH: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
  const folder = cliCache(env);
  pulumi(folder, pulumiVersion, { languageHost: false });
  expect(findCli(env).cli).toBeUndefined();
  script(folder, "pulumi-language-nodejs");
  expect(findCli(env).cli).toEqual({ command: join(folder, "pulumi"), folder, version: pulumiVersion });
});

test("the one installed before is not asked for its version where it is on PATH", () => {
  const cache = temporaryFolder();
  const folder = pulumi(cliCache({ XDG_CACHE_HOME: cache }), "0.0.0");
  expect(findCli({ PATH: folder, XDG_CACHE_HOME: cache }).cli).toMatchObject({ folder, version: pulumiVersion });
});
