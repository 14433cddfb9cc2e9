/** `ping-agents keys new|rotate`: the declaration changes in one place, and the private key goes to its file only. */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { CompactSign, calculateJwkThumbprint, compactVerify, importJWK, type JWK } from "jose";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Project, project } from "./command.ts";

const HEAD = "# agents of the shop\nplatform: aic\nrealm: alpha\ntier: production\n\n";
const OUT = ["--env", "dev", "--out", "key.json"];

/** The keys that the agent publishes. */
const publishedBy = (text: string) => (parse(text).agents.bot.ciba.keys as { keys: JWK[] }).keys;

const privateKey = (from: Project, file = "key.json"): JWK => JSON.parse(from.read(file));

describe("new", () => {
  test("publishes the public half; the private one is in a file for its owner, and nowhere else", async () => {
    const here = project({
      dev: `${HEAD}agents:\n  bot:\n    name: Bot\n    pattern: approved\n    scopes: [openid]\n`,
    });
    const { code, stdout, stderr } = await here.run(["keys", "new", "bot", ...OUT]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });

    const secret = privateKey(here);
    expect(statSync(join(here.folder, "key.json")).mode & 0o777).toBe(0o600);
    const [published] = publishedBy(here.read("stacks/dev.yaml"));
    const { d, ...half } = secret;
    expect(published).toEqual(half);
    expect(published).toEqual({
      ...{ kty: "EC", crv: "P-256", x: expect.any(String), y: expect.any(String) },
      ...{ use: "sig", alg: "ES256", kid: await calculateJwkThumbprint(secret) },
    });
    const signed = await new CompactSign(new TextEncoder().encode("x"))
      .setProtectedHeader({ alg: "ES256" })
      .sign(await importJWK(secret, "ES256"));
    await compactVerify(signed, await importJWK(published as JWK, "ES256"));

    expect(stdout).toContain(secret.kid);
    expect(stdout + here.read("stacks/dev.yaml")).not.toContain(d);
    expect(await here.run(["validate", "dev"])).toMatchObject({ code: 0 });
  });
});

test("several agents that have no keys yet, one by one", async () => {
  const agent = (name: string) => `  ${name}: { name: Pay, pattern: approved, scopes: [openid] }\n`;
  const here = project({ dev: `${HEAD}agents:\n${agent("pay-one")}${agent("007")}` });
  for (const name of ["pay-one", "007"]) {
    const { code, stderr } = await here.run(["keys", "new", name, "--env", "dev", "--out", `${name}.json`]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  }
  expect(await here.run(["validate", "dev"])).toMatchObject({ code: 0 });
});

describe("with nothing but the agent", () => {
  const bot = (tier: string, ciba = "") =>
    `platform: aic\nrealm: alpha\ntier: ${tier}\nagents:\n  bot: { name: Bot, pattern: approved, scopes: [openid]${ciba} }\n`;

  test("the environment that needs a key gets one, and the private half a file in a folder that is left out", async () => {
    const here = project({ dev: bot("development", ", ciba: { keys: generated }"), production: bot("production") });
    expect((await here.run(["validate"])).stderr + (await here.run(["validate"])).stdout).toContain("keys");
    for (const action of ["new", "rotate"]) {
      const { code, stdout, stderr } = await here.run(["keys", action, "bot"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const kid = publishedBy(here.read("stacks/production.yaml")).at(-1)?.kid ?? "";
      const file = `.ping-agents/keys/production/bot-${kid.slice(0, 8)}.jwk`;
      expect(stdout).toContain(`${file}: private key`);
      expect(privateKey(here, file)).toMatchObject({ kid, d: expect.any(String) });
      expect(statSync(join(here.folder, file)).mode & 0o777).toBe(0o600);
    }
    expect(await here.run(["validate"])).toMatchObject({ code: 0 });
  });

  test("several environments are named, with commands that run as they are printed", async () => {
    const here = project({ staging: bot("staging"), production: bot("production") });
    const choice = (env: string) => `npx ping-agents keys new bot --env ${env}`;
    const { stderr: told } = await here.run(["keys", "new", "bot"]);
    expect(told).toContain(`Next: ${choice("production")}, or ${choice("staging")}`);
    expect(await here.run(["keys", "new", "bot", "--env", "staging"])).toMatchObject({ code: 0, stderr: "" });
    expect(await here.run(["keys", "new", "bot"])).toMatchObject({ code: 0, stderr: "" });
    expect(await here.run(["validate"])).toMatchObject({ code: 0 });
    const { stderr } = await here.run(["keys", "new", "nobody"]);
    expect(stderr).toContain('ERR_CLIENT_UNKNOWN: no environment has an agent or application "nobody"');
  });
});

describe("rotate", () => {
  const BOT =
    "agents:\n  bot:\n    name: Bot\n    pattern: approved\n    scopes: [openid]\n    owners: [demo.owner] # asks\n";

  test("keeps the newest key beside the next one, twice", async () => {
    const here = project({ dev: HEAD + BOT });
    const keysAfter = async (action: string, file: string) => {
      const { code, stderr } = await here.run(["keys", action, "bot", "--env", "dev", "--out", file]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return publishedBy(here.read("stacks/dev.yaml")).map(({ kid }) => kid);
    };
    await keysAfter("new", "1.json");
    expect(await keysAfter("rotate", "2.json")).toEqual(["1.json", "2.json"].map((file) => privateKey(here, file).kid));
    expect(await keysAfter("rotate", "3.json")).toEqual(["2.json", "3.json"].map((file) => privateKey(here, file).kid));
    expect(here.read("stacks/dev.yaml").replace(/ {4}ciba: .*\n/, "")).toBe(HEAD + BOT);
  });
});

describe("where a base says the rest", () => {
  const BASE = `${HEAD}agents:\n  bot: { name: Bot, pattern: approved, scopes: [openid] } # for all\n`;
  const OVER = "extends: base.yaml\n# what differs\nrealm: bravo # ours\n";

  test.for([
    ["no agents", OVER],
    ["other agents", `${OVER}agents:\n  other: { name: Other, pattern: autonomous }\n`],
    ["something of the agent", `${OVER}agents:\n  bot:\n    description: x # why\n`],
  ] as const)("the environment's own file gets the key: %s", async ([, before]) => {
    const here = project({ base: BASE, dev: before });
    expect(await here.run(["keys", "new", "bot", ...OUT])).toMatchObject({ code: 0, stderr: "" });
    const after = here.read("stacks/dev.yaml");
    expect(publishedBy(after)).toMatchObject([{ kid: privateKey(here).kid }]);
    for (const line of before.trimEnd().split("\n")) expect(after).toContain(line);
    expect(here.read("stacks/base.yaml")).toBe(BASE);
    expect(await here.run(["validate", "dev"])).toMatchObject({ code: 0 });
    const rotated = await here.run(["keys", "rotate", "bot", "--env", "dev", "--out", "2.json"]);
    expect(rotated).toMatchObject({ code: 0, stderr: "" });
    expect(publishedBy(here.read("stacks/dev.yaml"))).toHaveLength(2);
  });

  test("--in names the base, and then it gets the key", async () => {
    const here = project({ base: BASE, dev: OVER });
    expect(await here.run(["keys", "new", "bot", ...OUT, "--in", "stacks/base.yaml"])).toMatchObject({ code: 0 });
    expect(publishedBy(here.read("stacks/base.yaml"))).toMatchObject([{ kid: privateKey(here).kid }]);
    expect(here.read("stacks/dev.yaml")).toBe(OVER);
    const rotated = await here.run(["keys", "rotate", "bot", "--env", "dev", "--out", "2.json"]);
    expect(rotated).toMatchObject({ code: 0 });
    expect(publishedBy(here.read("stacks/dev.yaml")).map(({ kid }) => kid)).toEqual(
      ["key.json", "2.json"].map((file) => privateKey(here, file).kid),
    );
  });

  test("--in names no other file", async () => {
    const here = project({ base: BASE, dev: OVER, prod: OVER });
    const { code, stderr } = await here.run(["keys", "new", "bot", ...OUT, "--in", "stacks/prod.yaml"]);
    expect(code).toBe(1);
    expect(stderr).toContain("ERR_FILE: stacks/prod.yaml is no part of stacks/dev.yaml");
    expect(stderr).toContain("use one of stacks/dev.yaml, stacks/base.yaml");
    expect(here.read("stacks/prod.yaml")).toBe(OVER);
  });
});

describe("refusals change nothing", () => {
  const PUBLISHED = `${HEAD}agents:\n  bot: { name: Bot, pattern: approved, scopes: [openid], ciba: { keys: generated } }\n`;

  test.for<[name: string, args: string[], before: string, ...said: string[]]>([
    [
      "a client that is not declared",
      ["new", "nobody", ...OUT],
      PUBLISHED,
      "ERR_CLIENT_UNKNOWN",
      'no agent or application "nobody"',
    ],
    [
      "nothing to rotate",
      ["rotate", "bot", ...OUT],
      PUBLISHED,
      "ERR_KEY_MISSING",
      "npx ping-agents keys new bot --env dev",
    ],
    [
      "an environment that is not there",
      ["new", "bot", "--env", "test", "--out", "key.json"],
      PUBLISHED,
      "ERR_ENVIRONMENT_UNKNOWN",
    ],
    [
      "a folder that is not there",
      ["new", "bot", "--env", "dev", "--out", "no/key.json"],
      PUBLISHED,
      "ERR_FILE",
      "no/key.json",
    ],
    [
      "another mistake in the declaration",
      ["new", "bot", ...OUT],
      `${PUBLISHED}agnets: {}\n`,
      "ERR_DECLARATION",
      'did you mean "agents"?',
    ],
    ["a declaration that is no YAML", ["new", "bot", ...OUT], `${PUBLISHED}x: [\n`, "ERR_DECLARATION"],
    [
      "keys behind an alias",
      ["new", "bot", ...OUT],
      `${HEAD}agents:\n  bot: { name: Bot, pattern: approved, scopes: [openid], ciba: *keys }\n`,
      "ERR_DECLARATION",
    ],
  ])("%s", async ([, args, before, ...said]) => {
    const here = project({ dev: before });
    const { code, stdout, stderr } = await here.run(["keys", ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    for (const part of said) expect(stderr).toContain(part);
    expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(here.read("stacks/dev.yaml")).toBe(before);
    expect(readdirSync(here.folder)).toEqual(["stacks"]);
  });

  test("a first key where there is one, and a private key that would be overwritten", async () => {
    const here = project({ dev: PUBLISHED });
    await here.run(["keys", "new", "bot", ...OUT]);
    const before = [here.read("stacks/dev.yaml"), here.read("key.json")];
    const second = await here.run(["keys", "new", "bot", "--env", "dev", "--out", "other.json"]);
    expect(second).toMatchObject({ code: 1, stdout: "" });
    expect(second.stderr).toContain("ERR_KEY_EXISTS: bot has a key");
    expect(second.stderr).toContain("npx ping-agents keys rotate bot --env dev --out other.json");
    const over = await here.run(["keys", "rotate", "bot", ...OUT]);
    expect(over).toMatchObject({ code: 1, stdout: "" });
    expect(over.stderr).toContain("ERR_FILE_EXISTS: key.json exists; a file with a secret is never overwritten");
    expect([here.read("stacks/dev.yaml"), here.read("key.json")]).toEqual(before);
    expect(readdirSync(here.folder).sort()).toEqual(["key.json", "stacks"]);
  });
});
