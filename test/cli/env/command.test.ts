/** `ping-agents env`: what is printed and where, from a state of which a CLI of the test's own tells. */

import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { beforeEach, expect, test } from "vitest";
import { aicClientOutputs } from "../../../src/components/aic/outputs.ts";
import { loadAnyDeclaration } from "../../../src/platforms.ts";
import { script, temporaryFolder } from "../../tools/executables.ts";
import { type Project, project } from "../command.ts";

const SECRET = "canary-of-a-client-secret";
const KEY = '{"kty":"EC","d":"canary-of-a-key"}';
const DECLARATION = `platform: aic
realm: alpha
tier: development
tenant: https://a.example.com
agents:
  bot:
    name: Bot
    pattern: approved
    scopes: [openid, address]
    ciba: { keys: generated }
    tools: { quote: { authorization: ciba, scopes: [address] } }
  new-one: { name: New, pattern: autonomous }
`;

let here: Project;
let env: Record<string, string>;

function outputs() {
  const declaration = loadAnyDeclaration(DECLARATION, "x.yaml");
  if (declaration.platform !== "aic") return expect.unreachable();
  const { agents = {}, realm } = declaration;
  const { bot = expect.unreachable() } = agents;
  return aicClientOutputs(bot, {
    realm,
    provider: undefined,
    origin: "https://a.example.com",
    clientId: "bot",
    kid: "k",
  });
}

/** A CLI that knows the stack dev. */
function cli(shown: object = { secrets: { bot: SECRET }, privateKeys: { bot: KEY } }) {
  const folder = temporaryFolder();
  const stack = { urn: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", type: "pulumi:pulumi:Stack" };
  const exported = { deployment: { resources: [{ ...stack, outputs: { clients: { bot: outputs() } } }] } };
  here.write("export.json", JSON.stringify(exported));
  here.write("outputs.json", JSON.stringify(shown));
  const answers = [`export) cat ${here.folder}/export.json;;`, `output) cat ${here.folder}/outputs.json;;`];
  script(folder, "pulumi", `case "$2" in`, ...answers, "*) echo '{}';;", "esac");
  return { PATH: `${folder}:${process.env.PATH}` };
}

beforeEach(() => {
  here = project({ dev: DECLARATION });
  env = cli();
});

const run = (...args: string[]) => here.run(["env", ...args], env);

test("prints the variables alone on stdout, and which tenant on stderr; no secret on either", async () => {
  const { code, stdout, stderr } = await run("bot");
  expect({ code, stderr }).toEqual({
    ...{ code: 0, stderr: "Stack dev, tenant https://a.example.com, realm alpha, tier development\n" },
  });
  expect(parseEnv(stdout)).toMatchObject({
    PINGONE_CLIENT_ID: "bot",
    PINGONE_TOOLS: '{"quote":{"type":"ciba","scope":"address"}}',
  });
  expect(stdout).toContain("# PINGONE_CLIENT_SECRET is in the stack's outputs, secrets.bot\n");
  expect(stdout + stderr).not.toContain("canary");
});

test("does what docs/agent-code.md has people type", async () => {
  const page = readFileSync(new URL("../../../docs/agent-code.md", import.meta.url), "utf8");
  const lines = (/```sh\n(.*?)```/s.exec(page)?.[1] ?? "").trim().split("\n");
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    const [npx, name, command, agent, stack, ...options] = line.replace(/ #.*/, "").trim().split(/ +/);
    expect([npx, name, command, agent, stack]).toEqual(["npx", "ping-agents", "env", "shop-agent", "staging"]);
    expect(await run("bot", "dev", ...options)).toMatchObject({ code: 0 });
  }
  expect(here.read("shop-agent.env")).toContain(SECRET);
});

test("JSON is what a program reads", async () => {
  const { code, stdout } = await run("bot", "dev", "--format", "json", "--path", "short");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    PINGONE_TOKEN_ENDPOINT: "https://a.example.com/am/oauth2/alpha/access_token",
    PINGONE_CIBA_JWK: { output: "privateKeys", key: "bot" },
  });
});

test("secrets go into a file for its owner, which a shell and Node read alike", async () => {
  const { code, stdout, stderr } = await run("bot", "--show-secrets", "--out", "bot.env");
  expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "" });
  expect(stderr).toContain("bot.env: the variables of bot\n");
  expect(stderr).not.toContain("canary");
  expect(statSync(join(here.folder, "bot.env")).mode & 0o777).toBe(0o600);
  const read = parseEnv(here.read("bot.env"));
  expect(read).toMatchObject({ PINGONE_CLIENT_SECRET: SECRET, PINGONE_CIBA_JWK: KEY });
  const script = `set -a; . ./bot.env; exec ${process.execPath} -p 'JSON.stringify(process.env)'`;
  const inShell = JSON.parse(execFileSync("sh", ["-c", script], { cwd: here.folder, encoding: "utf8" }));
  expect(inShell).toMatchObject(read);
});

test("secrets are not printed, and no file is overwritten", async () => {
  const printed = await run("bot", "--show-secrets");
  expect(printed).toMatchObject({ code: 1, stdout: "" });
  expect(printed.stderr).toBe("ERR_SECRETS_PRINTED: secrets are not printed\n  Next: add --out FILE\n");
  here.write("bot.env", "mine");
  const over = await run("bot", "--show-secrets", "--out", "bot.env");
  expect(over.stderr).toContain("ERR_FILE_EXISTS: bot.env exists; a file with a secret is never overwritten");
  expect(here.read("bot.env")).toBe("mine");
});

test("a secret that the CLI does not show is said, and nothing is written", async () => {
  env = cli({ secrets: {} });
  const { code, stderr } = await run("bot", "--show-secrets", "--out", "bot.env");
  expect(code).toBe(1);
  expect(stderr).toContain(
    "ERR_OUTPUT_MISSING: PINGONE_CLIENT_SECRET cannot be read: in the stack's outputs, secrets.bot",
  );
  expect(() => here.read("bot.env")).toThrow();
});

test.for([
  ["nobody", /ERR_AGENT_UNKNOWN: the declaration has no agent "nobody"\n {2}Next: use one of bot, new-one/],
  [
    "new-one",
    /ERR_OUTPUT_MISSING: the state of dev does not say what new-one needs\n {2}Next: npx pulumi up --stack dev/,
  ],
] as const)("%s", async ([key, message]) => {
  const { code, stdout, stderr } = await run(key);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(message);
});
