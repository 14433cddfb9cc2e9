/** `npm run acceptance` as it is typed: what it says it would do, what it refuses, and how it ends when it is interrupted or killed. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { projectRoot } from "../../../tools/bootstrap/paths.mjs";
import { project } from "../../cli/command.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { startProxy } from "../../support/proxy.ts";
import { script, temporaryFolder } from "../executables.ts";

let tenant: LocalPingOne;
beforeAll(async () => {
  tenant = await startPingOne();
});
afterAll(() => tenant.stop());

/** A project whose stacks have no state, and their addresses in their configuration. @param url of a proxy before the API of PingOne */
function trial(url = tenant.url) {
  const declaration = (tier: string) => `platform: aic\nrealm: alpha\ntier: ${tier}\n`;
  const { folder } = project({
    ...{ dev: declaration("development"), live: declaration("production") },
    pingone: "platform: pingone\n",
  });
  const { PINGONE_API_URL: _said, ...others } = tenant.variables();
  const config = {
    "ping-agents:tenantUrl": { value: tenant.url, secret: false },
    "ping-agents:pingOneApiUrl": { value: `${url}/v1`, secret: false },
  };
  const cli = temporaryFolder();
  const noStack = "echo \"error: no stack named 'dev' found\" >&2; exit 255";
  script(cli, "pulumi", 'case "$1" in', `config) echo '${JSON.stringify(config)}';;`, `*) ${noStack};;`, "esac");
  const { id, jwk } = tenant.sandbox.serviceAccount;
  // Compiled once for all, as the command line is.
  const NODE_COMPILE_CACHE = join(tmpdir(), "node-compile-cache");
  const account = { AIC_SERVICE_ACCOUNT_ID: id, AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(jwk) };
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [join(projectRoot, "tools", "acceptance.ts"), ...args], {
      cwd: folder,
      env: { PATH: `${cli}:${process.env.PATH}`, NODE_COMPILE_CACHE, ...others, ...account },
    });
    const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]).then(
      ([stdout, stderr, [code]]) => ({ code, stdout, stderr }),
    );
    return { child, ended };
  };
  const journal = join(folder, ".ping-agents", "acceptance", "pingone", "journal.jsonl");
  return { start, run: (...args: string[]) => start(...args).ended, journal };
}

/** The write that a run does for itself is the login. */
const isWrite = ({ method }: { readonly method: string }) => method !== "GET" && method !== "POST";

test("the commands of the page: it says what it would do and calls nobody, and a clean-up that has nothing to do", async () => {
  const page = readFileSync(join(projectRoot, "docs/acceptance.md"), "utf8");
  const typed = [...page.matchAll(/^npm run acceptance -- (.*)$/gm)].map(([, args = ""]) => args);
  expect(typed).toEqual(["--env dev", "--env dev --yes", "--env dev --clean"]);
  const [look = "", whole = "", clean = ""] = typed;
  const { run } = trial();
  const seen = await tenant.count(async () => {
    const { code, stdout, stderr } = await run(...look.split(" "));
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(
      /^Tenant http:\S+, realm alpha, tier development\nWould make.*ping-acceptance-[0-9a-f]{6}-:\n/,
    );
    expect(stdout).toMatch(/aic:Journey ping-acceptance-.*\n[\s\S]*Nothing was called\./);
    expect(stdout).toContain(`To run it: npm run acceptance -- ${whole}\n`);
    expect((await run("--env", "pingone")).stdout).toMatch(
      /PingOne environment\n[\s\S]*pingone:AiAgent ping-acceptance-/,
    );
    const { code: refused, stderr: said } = await run("--env", "live", "--yes");
    expect(said).toContain("ERR_TARGET: live is a production tenant; nothing was called");
    expect(refused).toBe(1);
  });
  expect(seen).toEqual([]);
  const cleaning = await tenant.count(async () => expect((await run(...clean.split(" "))).code).toBe(0));
  expect(cleaning.filter(isWrite)).toEqual([]);
});

/** A run that gets a signal when the tenant has answered the first write of metadata, and the agent is half made. */
async function signalled(signal: NodeJS.Signals) {
  let send = () => {};
  const proxy = await startProxy(tenant.url, async ({ method, url }, ask) => {
    const answer = await ask();
    if (method === "PUT" && url.endsWith("/metadata")) send();
    return answer;
  });
  onTestFinished(() => proxy.stop());
  const { start, ...others } = trial(proxy.url);
  const { child, ended } = start("--env", "pingone", "--yes");
  send = () => {
    send = () => {};
    child.kill(signal);
  };
  return { ...others, ended: await ended };
}

test("Ctrl-C ends a run, and what it made is removed", async () => {
  const before = await tenant.dump();
  const { ended, journal } = await signalled("SIGINT");
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/\nERR_INTERRUPTED: interrupted/) });
  expect(ended.stderr.match(/: pingone:AiAgent$/gm)).toHaveLength(2);
  expect(ended.stderr.match(/: pingone:Application$/gm)).toHaveLength(1);
  expect(await tenant.dump()).toEqual(before);
  expect(existsSync(journal)).toBe(false);
}, 60_000);

test("after a kill no other run begins until --clean has removed what is left", async () => {
  const before = await tenant.dump();
  const { run, journal } = await signalled("SIGKILL");
  const again = await run("--env", "pingone", "--yes");
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("ERR_UNFINISHED: a run before has left 1 ") });
  const cleaned = await run("--env", "pingone", "--clean");
  expect(cleaned, cleaned.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining("\n1 objects of a run") });
  expect(await tenant.dump()).toEqual(before);
  expect(existsSync(journal)).toBe(false);
}, 60_000);
