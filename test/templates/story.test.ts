/** The scripts of the workflows, run with the real commands against a local tenant and a stand-in of GitHub: a change, from the pull
 * request to the tenant, and what is found there later. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";
import { type LocalAic, startAic } from "../support/aic.ts";
import { type Clone, makeClone, makeNpx } from "../support/clone.ts";
import { startGithub } from "../support/github.ts";
import { hands, part } from "../support/hands.ts";
import { keyService } from "../support/key-service.ts";
import { runWorkflow } from "./workflow.ts";

const BASE = `platform: aic
realm: alpha
tier: development
provider: { grantTypes: [token_exchange] }
applications:
  logs: { name: Logs, type: service, owners: [demo.owner], scopes: [logs-read, logs-write] }
agents:
  bot: { name: Bot, pattern: autonomous, owners: [demo.owner], expires: 2099-01-01 }
accessPolicy:
  critical: [{ scope: logs-write, approvers: [alice] }]
`;
/** What the pull request makes of it. */
const withAccess = (scopes: string) =>
  BASE.replace("expires: 2099-01-01 }", `expires: 2099-01-01, access: [{ application: logs, scopes: [${scopes}] }] }`);

const PULL = 7;
const DECLARATION = "stacks/dev.yaml";
const github = await startGithub();
const keys = await keyService();
const temporary = mkdtempSync(join(tmpdir(), "ping-agents-runner-"));
/** Of a project of one's own: its `npx` has the kit alone, and the Pulumi CLI is that of the runner. */
const bin = join(temporary, "npx");
/** Somewhere that all runners reach. */
const state = join(temporary, "state");

let clone: Clone;
let aic: LocalAic;
beforeAll(async () => {
  clone = makeClone();
  makeNpx(bin, { "ping-agents": join(clone.folder, "bin", "ping-agents.mjs") });
  aic = await startAic();
  mkdirSync(state);
  write(BASE);
  git("init", "--quiet", "--initial-branch=main");
  git("add", "stacks");
  commit("what is there", "commit");
  const { code, output } = await clone.type("pulumi stack init dev", { ...runner(), ...settings(), ...secrets() });
  expect(code, output).toBe(0);
});
afterAll(async () => {
  clone.remove();
  rmSync(temporary, { recursive: true });
  await aic.stop();
});

const write = (text: string) => writeFileSync(join(clone.folder, DECLARATION), text);
const git = (...args: string[]) => execFileSync("git", args, { cwd: clone.folder, encoding: "utf8" }).trim();
const commit = (message: string, command: "commit" | "merge", ...args: string[]) =>
  git(
    ...["-c", "user.name=Test", "-c", "user.email=test@example.com", command],
    ...["--quiet", "--message", message, ...args],
  );

/** What GitHub checks out for a pull request: its head, merged into `main`. @returns the head */
function push(text: string): string {
  git("checkout", "--quiet", "-B", "change", "main");
  write(text);
  commit("the change", "commit", "--all");
  const head = git("rev-parse", "HEAD");
  git("checkout", "--quiet", "--detach", "main");
  commit("merged", "merge", "--no-ff", "change");
  return head;
}

const settings = () => {
  const { AIC_SERVICE_ACCOUNT_KEY: _, ...variables } = aic.variables();
  return { ...variables, PULUMI_BACKEND_URL: `${pathToFileURL(state).href}?metadata=skip` };
};
const secrets = () => ({
  AIC_SERVICE_ACCOUNT_KEY: aic.variables().AIC_SERVICE_ACCOUNT_KEY ?? "",
});

/** What a runner has: GitHub's own variables but the token, which a step is given, and the CLI that an action installed. */
function runner(sha = "") {
  const { GITHUB_TOKEN: _, ...own } = github.variables;
  const { NODE_OPTIONS = "", ...project } = pulumiEnvironment({ PATH: process.env.PATH });
  const PATH = [bin, project.PATH].join(delimiter);
  // Savings of time only, which a runner does without.
  const savings = {
    ...{ NODE_OPTIONS, NODE_COMPILE_CACHE: join(temporary, "compile-cache") },
    // Where the CLI that the bootstrap put there need not be asked for its version.
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
    ...keys,
  };
  return { ...own, ...savings, GITHUB_SHA: sha, PATH, HOME: temporary, RUNNER_TEMP: temporary };
}

/** Runs a workflow. @param event what happened */
function run(name: string, event: object = {}, { inputs = {}, sha = "", isFork = false } = {}) {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = github.variables;
  const contexts = {
    github: { event, token, repository },
    ...{ inputs, vars: settings(), secrets: isFork ? {} : secrets() },
  };
  return runWorkflow(name, clone.folder, contexts, runner(sha));
}

/** An event of the pull request. @param from the repository that has the branch */
const pullRequest = (sha: string, from = github.variables.GITHUB_REPOSITORY) => {
  const head = { sha, repo: { full_name: from } };
  github.pulls.set(PULL, { number: PULL, head, body: null, merged_at: null, merge_commit_sha: null });
  return { pull_request: { number: PULL, head, body: null, user: { login: "carol" } } };
};

test("opened: the report is a comment, and the check fails for want of an approval", async () => {
  const { ok, output, summary } = await run("preview", pullRequest(push(withAccess("logs-read, logs-write"))));
  expect(output).toContain("the comment preview/dev of pull request 7 is written");
  const [comment, ...more] = github.comments(PULL);
  expect(more).toEqual([]);
  expect(comment?.body).toContain(summary.trim());
  expect(summary).toContain("have it approved by alice");
  expect(github.labels(PULL)).toEqual(expect.arrayContaining(["ping-agents/findings-high", "ping-agents/more-access"]));
  expect(ok).toBe(false);
});

test("pushed again, and approved: the same comment says what is now", async () => {
  const [before] = structuredClone(github.comments(PULL));
  const head = push(withAccess("logs-write"));
  github.reviews(PULL).push({ user: { login: "alice" }, state: "APPROVED", commit_id: head });
  const { ok, output } = await run("preview", pullRequest(head));
  expect(output).toContain("the comment preview/dev of pull request 7 is updated");
  const [comment, ...more] = github.comments(PULL);
  expect({ id: comment?.id, more }).toEqual({ id: before?.id, more: [] });
  expect(comment?.body).not.toBe(before?.body);
  expect(github.labels(PULL)).toContain("ping-agents/more-access");
  expect(github.labels(PULL)).not.toContain("ping-agents/findings-high");
  expect(ok, output).toBe(true);
});

test("of a fork: no secret, no comment, and a report all the same", async () => {
  const before = structuredClone(github.comments(PULL));
  const { ran, summary } = await run("preview", pullRequest(git("rev-parse", "change"), "mallory/agents"), {
    isFork: true,
  });
  expect(ran).toEqual(["What people said", "Report", "Summary"]);
  expect(summary).toContain("Bot");
  expect(github.comments(PULL)).toEqual(before);
});

test("merged: what was reviewed is deployed, and nothing else; the summary says what was done", async () => {
  const sha = "c".repeat(40);
  const before = git("rev-parse", "main");
  const pull = github.pulls.get(PULL) ?? expect.unreachable();
  Object.assign(pull, { merged_at: "2026-11-27T00:00:00Z", merge_commit_sha: sha });
  write(withAccess("logs-read, logs-write"));
  const other = await run("deploy", { before }, { sha });
  expect(other.output).toMatch(/its fingerprint is [0-9a-f]+, expected was [0-9a-f]+/);
  expect({ ok: other.ok, agents: await aic.admin.am("alpha").get("AIAgent", "bot") }).toEqual({ ok: false });
  write(withAccess("logs-write"));
  const { ok, output, summary } = await run("deploy", { before }, { sha });
  expect(ok, output).toBe(true);
  expect(summary).toMatch(/## Preview of access and plan: .*## Deployed: /s);
  expect(await aic.admin.am("alpha").get("AIAgent", "bot")).toBeDefined();
});

test("the job of GitLab shows a change that is there already", async () => {
  const page = readFileSync(join(projectRoot, "docs", "workflows.md"), "utf8");
  const [, block = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const [install, ...script] = parse(block).preview.script;
  expect(install).toBe("npm ci --ignore-scripts");
  const env = { ...runner(), ...settings(), ...secrets(), CI_MERGE_REQUEST_DIFF_BASE_SHA: git("rev-parse", "change") };
  const { code, output } = await clone.type(script.join("\n"), env);
  expect(code, output).toBe(0);
  expect(readFileSync(join(clone.folder, "report.md"), "utf8")).toContain("nothing changes");
});

test("later: drift and what verify finds open an issue each, more updates it, and nothing left closes it", async () => {
  const by = hands(aic);
  const lifetime = (seconds: unknown) =>
    by.agent("AIAgent", "bot", "coreOAuth2ClientConfig", { accessTokenLifetime: seconds });
  const agent = (await aic.admin.am("alpha").get("AIAgent", "bot")) ?? expect.unreachable();
  const before = part(part(agent, "coreOAuth2ClientConfig"), "accessTokenLifetime").value;
  const looked = async (name: string, said: RegExp) => {
    const { ok, output, summary } = await run(name);
    expect(output).toMatch(said);
    expect(ok, output).toBe(true);
    return summary.trim();
  };
  const issue = (title: string) => github.issues.filter((one) => one.title === title);

  await lifetime(86_000);
  await looked("drift", /issue \d+ "Drift in dev" is opened/);
  const id = await by.grant({ agent: "bot", application: "Logs", scopes: ["logs-read"] });
  const widened = await looked("drift", /issue \d+ "Drift in dev" is updated/);
  expect(issue("Drift in dev")).toMatchObject([{ state: "open", body: expect.stringContaining(widened) }]);
  const failed = await looked("verify", /issue \d+ "Agents of dev" is opened/);
  expect(issue("Agents of dev")).toMatchObject([{ state: "open", body: expect.stringContaining(failed) }]);
  await lifetime(before);
  await aic.admin.idm.delete("managed/alpha_aiagentprivilege", id);
  await looked("drift", /issue \d+ "Drift in dev" is closed/);
  expect(issue("Drift in dev")).toMatchObject([{ state: "closed" }]);
});
