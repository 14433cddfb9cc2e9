/** `ping-agents access`: what is printed of declarations, of one and of two revisions. */

import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { CHANGES, changedText, handingOn } from "../access/changes.ts";
import { example, withoutGroups } from "../access/support.ts";
import { type Project, project } from "./command.ts";

/** Runs git in a folder, with a name of its own and without the settings of this machine. */
function git(folder: string, ...args: string[]): string {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: "1" };
  const own = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];
  const { status, stdout, stderr } = spawnSync("git", [...own, ...args], { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** A project whose declarations are committed. */
function committed(declarations: Readonly<Record<string, string>>): Project {
  const made = project(declarations);
  git(made.folder, "init", "--quiet");
  commit(made);
  return made;
}

function commit({ folder }: Project): void {
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "declarations");
}

describe("the matrix", () => {
  test("of every environment, aligned", async () => {
    const { code, stdout, stderr } = await project({
      dev: withoutGroups("dev"),
      "pingone-dev": example("pingone-dev"),
    }).run(["access"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatchInlineSnapshot(`
      "dev: 3 agents, 13 rows of access
      AGENT                       MAY                               ON                         FOR                                     HOW
      Bot Traffic Analyzer Agent  monitor-system                    its own scope              itself                                  without a user
                                  logs-read, logs-search            Web Server Logs API App    itself                                  by exchange
      Digital Assistant AI Agent  read-data                         Digital Assistant Web App  barbara.jensen and anyone in customers  by exchange
      AI Agent                    address, openid, payment, prices  its own scopes             itself                                  without a user
                                  address, openid, payment, prices  its own scopes             anyone                                  after the user approves

      Findings, 1 medium and 3 info:
        medium no-owner: nobody can be asked what it is for, or told that it misbehaves
          Bot Traffic Analyzer Agent: has no owner and no sponsor (stacks/dev.yaml:68)
          Next: name owners, or a sponsor
        info 1 application-as-agent and 2 no-expiry: --all shows them

      pingone-dev: 3 agents, 7 rows of access
      AGENT          MAY           ON              FOR                                     HOW
      Support Agent  orders:read   Orders API      itself                                  without a user
                     agent:act     Agents API      itself                                  without a user
                     orders:read   Orders API      anyone signed in to Support Portal API  by exchange (not enforced)
                     agent:act     Agents API      anyone signed in to Support Portal API  by exchange (not enforced)
      Stock Watcher  orders:read   Orders API      itself                                  without a user
      Refund Agent   orders:write  Orders API      anyone                                  after the user approves
                     profile       OpenID Connect  anyone                                  after the user approves
      Not enforced: others get such a token, too, in which nobody acts; whoever takes it has to look at act.

      Findings, 1 low and 8 info:
        low acts-for-everyone: whoever takes over the agent acts for every user, and not for those alone who want it
          Support Agent: gets "agent:act", "orders:read" for everyone (stacks/pingone-dev.yaml:40)
          Next: name users or a group: on AIC subjects and subjectGroups of the entry, on PingOne userAccess.groups of the application that users sign in to
        info 2 long-lived-token, 3 no-expiry and 3 shared-secret: --all shows them
      "
    `);
  });

  test("of a file by its path", async () => {
    const { run } = project({ dev: withoutGroups("dev") });
    expect((await run(["access", "stacks/dev.yaml"])).stdout).toContain("stacks/dev.yaml: 3 agents");
  });

  test("as a page, beside what is printed; written over, and a folder that is missing is told", async () => {
    const made = project({ dev: example("dev") });
    made.write("access.html", "the page of before");
    const { code, stdout } = await made.run(["access", "dev", "--html", "access.html"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("dev: 3 agents") });
    expect(made.read("access.html")).toMatch(/^<!doctype html>.*Digital Assistant AI Agent.*<\/html>\n$/s);
    const missing = await made.run(["access", "dev", "--html", "missing/access.html"]);
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(missing.stderr).toContain("ERR_FILE: missing/access.html cannot be written (ENOENT)");
  });

  test("a mistake in the declaration is told as validate tells it", async () => {
    const { code, stdout, stderr } = await project({ dev: "platform: aic\nrealm: alpha\n" }).run(["access"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("ERR_DECLARATION: a mistake in the declaration");
  });
});

describe("questions", () => {
  const ask = async (...args: string[]) => {
    const { code, stdout, stderr } = await project({ dev: withoutGroups("dev") }).run(["access", "dev", ...args]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout.split("\n").slice(2).filter(Boolean);
  };

  test("who may get a scope", async () => {
    expect(await ask("--who-can", "read-data")).toEqual([
      "Digital Assistant AI Agent  read-data  Digital Assistant Web App  barbara.jensen and anyone in customers  by exchange",
    ]);
    expect(await ask("--who-can", "admin-action")).toEqual([]);
    const { stdout } = await project({ dev: withoutGroups("dev") }).run(["access", "dev", "--who-can", "read-data"]);
    expect(stdout).toMatch(/^dev: 1 agent, 2 rows of access\n/);
  });

  test("an answer says what may hide rows", async () => {
    const unread = withoutGroups("dev").replace(
      /( +)pattern: autonomous\n/,
      "$&$1overrides: { accessTokenMayActScript: 01e1a3c0-038b-4c16-956a-6c9d89328cff }\n",
    );
    const { code, stdout } = await project({ dev: unread }).run(["access", "dev", "--who-can", "nothing-at-all"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("cannot be read") });
    expect(stdout.match(/^ {2}(info|low|medium|high) /gm)).toEqual(["  medium "]);
  });

  test("an agent that is asked about in two revisions is not taken for a new one", async () => {
    const made = committed({ dev: CHANGES.aic.base });
    made.write("stacks/dev.yaml", CHANGES.aic.base.replace("scopes: [read]\n", "scopes: [read, write]\n"));
    const { stdout } = await made.run(["access", "dev", "--base", "HEAD", "--who-can", "write"]);
    expect(stdout).toContain("dev against HEAD: 1 agent more\n\nGained:\n");
  });

  test("on one application, by its client id or name", async () => {
    const on = async (target: string) => (await ask("--who-can", `logs-read@${target}`)).length;
    expect([await on("web-server-logs-api-app"), await on("Web Server Logs API App"), await on("ai-agent")]).toEqual([
      1, 1, 0,
    ]);
  });

  test("what an agent may get, by its id or name", async () => {
    expect(await ask("--what-can", "AI Agent")).toEqual(await ask("--what-can", "ai-agent"));
    expect(await ask("--what-can", "bot-traffic-analyzer-agent")).toHaveLength(2);
  });

  test("what others may get with a token that an agent hands on", async () => {
    const { code, stdout } = await project({ dev: handingOn("[portal, gateway]") }).run([
      ...["access", "--what-can", "crm-agent"],
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "dev: 1 agent, 2 rows of access
      AGENT              MAY                   ON                     FOR                                    HOW
      CRM Agent          supply-chain:restock  Agent Gateway          itself                                 without a user
      Gateway Extension  supply-chain:restock  Supply Chain MCP Tool  CRM Agent itself (its token for Agent  by exchange (not enforced)
                                                                      Gateway)
      Not enforced: others get such a token, too, in which nobody acts; whoever takes it has to look at act.

      Tokens of chains, hop by hop:
        Gateway Extension may supply-chain:restock on Supply Chain MCP Tool with CRM Agent's token for Agent Gateway, shown as acting (not enforced)
          1 CRM Agent: sub none, act none, aud audience of Agent Gateway
          2 Gateway Extension: sub none, act extension, aud audience of Supply Chain MCP Tool
      "
    `);
  });

  test("an agent that is not there is a mistake, and those that are get named", async () => {
    const { code, stderr } = await project({ dev: withoutGroups("dev") }).run(["access", "--what-can", "nobody"]);
    expect(code).toBe(1);
    expect(stderr).toContain('ERR_AGENT_UNKNOWN: there is no agent "nobody"');
    expect(stderr).toContain("use one of bot-traffic-analyzer-agent, digital-assistant-ai-agent, ai-agent");
  });

  test("what agents may do for a user; a group that nobody counted is said apart", async () => {
    expect(await ask("--for", "barbara.jensen")).toEqual([
      "Digital Assistant AI Agent  read-data                         Digital Assistant Web App  barbara.jensen  by exchange",
      "AI Agent                    address, openid, payment, prices  its own scopes             anyone          after the user approves",
      "Only for members of a group that nobody counted:",
      "AGENT                       MAY        ON                         FOR                  HOW",
      "Digital Assistant AI Agent  read-data  Digital Assistant Web App  anyone in customers  by exchange",
    ]);
  });
});

describe("against a revision", () => {
  test.each(["aic", "pingone"] as const)("%s: gained, lost and verdicts, for a machine, too", async (cloud) => {
    const { base, changes } = CHANGES[cloud];
    const made = committed({ dev: base });
    const [, removed] = changes;
    made.write("stacks/dev.yaml", removed ? changedText(base, removed) : "");
    const { code, stdout } = await made.run(["access", "dev", "--base", "main"]);
    expect(code).toBe(0);
    expect(stdout).toContain("dev against main: 1 agent less, 1 unchanged");
    expect(stdout).toMatch(
      /^ {2}- Assistant may no longer read on Shop.* for anyone in customers.* \(stacks\/dev\.yaml:\d+\)$/m,
    );
    const { environments } = JSON.parse(
      (await made.run(["access", "dev", "--base", "main", "--format", "json"])).stdout,
    );
    expect(environments).toMatchObject([
      {
        environment: "dev",
        changes: [
          {
            ...{ agent: { id: "assistant" }, verdict: "less", gained: [] },
            lost: [{ scope: "read", subject: { is: "group", name: "customers" }, place: { file: "stacks/dev.yaml" } }],
          },
          { agent: { id: "watcher" }, verdict: "unchanged" },
        ],
      },
    ]);
  });

  test("the bases that a declaration extends are those of the revision", async () => {
    const made = committed({ common: CHANGES.aic.base, dev: "extends: common.yaml\n" });
    made.write("stacks/common.yaml", CHANGES.aic.base.replace("[customers, staff]", "[staff]"));
    const { stdout } = await made.run(["access", "--base", "HEAD"]);
    expect(stdout).toContain(
      "- Assistant may no longer read on Shop for anyone in customers, by exchange (stacks/common.yaml:17)",
    );
  });

  test("what may be handed on from now is a gain, forbidden and found by what names the agent that hands on", async () => {
    const never = "accessPolicy: { never: [{ agent: crm-agent, target: tool }] }\n";
    const made = committed({ dev: handingOn("[portal]") + never });
    made.write("stacks/dev.yaml", handingOn("[portal, gateway]") + never);
    const { code, stdout } = await made.run(["access", "dev", "--base", "HEAD"]);
    expect(code).toBe(3);
    const may =
      "supply-chain:restock on Supply Chain MCP Tool with CRM Agent's token for Agent Gateway, shown as acting (not enforced)";
    expect(stdout).toContain(`+ Gateway Extension may now ${may}`);
    expect(stdout).toContain(`Gateway Extension: may ${may}`);
  });

  test("an environment that is new gains everything", async () => {
    const made = committed({ other: withoutGroups("dev") });
    made.write("stacks/dev.yaml", CHANGES.aic.base);
    const { stdout } = await made.run(["access", "dev", "--base", "HEAD"]);
    expect(stdout).toContain("dev against HEAD: 2 agents more\nNew agents: Assistant and Watcher\n");
  });

  test("an environment that is gone loses everything; a base was none", async () => {
    const made = committed({ common: CHANGES.aic.base, dev: "extends: common.yaml\n", old: CHANGES.pingone.base });
    git(made.folder, "rm", "--quiet", "stacks/old.yaml");
    const { code, stdout } = await made.run(["access", "--base", "HEAD"]);
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((line) => line.includes("against"))).toEqual([
      "dev against HEAD: 2 agents unchanged",
      "old against HEAD: 2 agents less",
    ]);
    expect(stdout).toContain("  - Watcher may no longer read on Shop API for itself, without a user (stacks/old.yaml:");
  });

  test("a revision and the tenant are asked for apart", async () => {
    const { code, stderr } = await project({ dev: CHANGES.aic.base }).run(["access", "--base", "main", "--tenant"]);
    expect(code).toBe(1);
    expect(stderr).toContain("'--base <ref>' cannot be used with option '--tenant'");
  });

  test("a mistake of the revision is told as its own", async () => {
    const made = committed({ dev: CHANGES.aic.base.replace("autonomous", "automatic") });
    made.write("stacks/dev.yaml", CHANGES.aic.base);
    const { code, stderr } = await made.run(["access", "--base", "HEAD"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/HEAD:stacks\/dev\.yaml:22:\d+ agents\.watcher\.pattern/);
  });

  test("a shallow clone knows what it has, and says how to fetch the rest", async () => {
    const origin = committed({ dev: CHANGES.aic.base });
    git(origin.folder, "branch", "release");
    origin.write("stacks/dev.yaml", CHANGES.aic.base.replace("[customers, staff]", "[staff]"));
    commit(origin);
    const clone = project();
    git(clone.folder, "clone", "--quiet", "--depth=1", `file://${origin.folder}`, ".");
    const here = await clone.run(["access", "dev", "--base", "origin/main"]);
    expect(here.stdout).toContain("dev against origin/main: 2 agents unchanged");
    const there = await clone.run(["access", "dev", "--base", "origin/release"]);
    expect(there.code).toBe(1);
    const fetch = "git fetch --depth=1 origin release:refs/remotes/origin/release";
    expect(there.stderr).toContain(`ERR_REVISION: git knows no revision origin/release here`);
    expect(there.stderr).toContain(fetch);
    expect((await clone.run(["access", "dev", "--base", "HEAD~1"])).stderr).toContain("git fetch --unshallow");
    git(clone.folder, ...fetch.split(" ").slice(1));
    const fetched = await clone.run(["access", "dev", "--base", "origin/release"]);
    expect(fetched.stdout).toContain("dev against origin/release: 1 agent less, 1 unchanged");
  });

  test("a folder without git, and a name that looks like an option", async () => {
    const { run } = project({ dev: CHANGES.aic.base });
    expect((await run(["access", "--base", "main"])).stderr).toMatch(
      /ERR_REVISION: there is no revision main here: .*not a git repository/,
    );
    const made = committed({ dev: CHANGES.aic.base });
    expect((await made.run(["access", "--base=--help"])).stderr).toContain(
      "ERR_REVISION: git knows no revision --help",
    );
  });
});

describe("findings and assertions", () => {
  const POLICY = `accessPolicy:
  never: [{ scope: admin }]
  critical: [{ scope: write, approvers: [ann], reason: it costs money }]
`;
  const wide = (text: string) =>
    text.replace("scopes: [read]\n        subjects", "scopes: [read, write]\n        subjects");

  test("a finding as bad as --fail-on says is exit code 3, and nothing else is", async () => {
    const { run } = project({ dev: CHANGES.aic.base });
    const { code, stdout } = await run(["access", "dev"]);
    expect(code).toBe(0);
    expect(stdout).toContain("  medium no-owner: nobody can be asked");
    expect(stdout).toMatch(/^ {4}Watcher: has no owner and no sponsor \(stacks\/dev\.yaml:\d+\)$/m);
    expect((await run(["access", "dev", "--fail-on", "medium"])).code).toBe(3);
    expect((await run(["access", "dev", "--fail-on", "high"])).code).toBe(0);
    expect((await run(["access", "--fail-on", "low", "--what-can", "watcher"])).stderr).toContain(
      "cannot be used with",
    );
  });

  test("an agent that has expired is exit code 3, also where nobody asked", async () => {
    const expired = CHANGES.aic.base.replace("pattern: autonomous", "pattern: autonomous\n    expires: 2026-01-31");
    const { code, stdout } = await project({ dev: expired }).run(["access", "dev"]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^ {2}high agent-expired: nothing is switched off by itself/m);
  });

  test("with a base only what the change brings counts", async () => {
    const made = committed({ dev: CHANGES.aic.base });
    expect((await made.run(["access", "--base", "HEAD", "--fail-on", "info"])).code).toBe(0);
    made.write("stacks/dev.yaml", wide(CHANGES.aic.base));
    const { code, stdout } = await made.run(["access", "--base", "HEAD", "--fail-on", "low"]);
    expect(code).toBe(3);
    expect(stdout).toContain('Assistant: reads ("read") and writes ("write") (stacks/dev.yaml:');
    expect(stdout).not.toContain("no-owner");
  });

  test.each(["aic", "pingone"] as const)("%s: an assertion that does not hold is exit code 3", async (cloud) => {
    const never = 'accessPolicy: { never: [{ agent: watcher, reason: "it is retired" }] }\n';
    const { run } = project({ dev: CHANGES[cloud].base + never });
    const { code, stdout } = await run(["access", "dev", "--format", "markdown"]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^- \*\*high\*\* never: it is retired\n {2}- Watcher: may read on Shop/m);
    const { environments } = JSON.parse((await run(["access", "dev", "--format", "json"])).stdout);
    expect(environments[0].findings[0]).toMatchObject({ rule: "never", severity: "high", about: { id: "watcher" } });
  });

  test("what is critical needs an approver of the base, whatever the change makes of the list", async () => {
    const made = committed({ dev: CHANGES.aic.base + POLICY });
    made.write("stacks/dev.yaml", wide(CHANGES.aic.base) + POLICY.replace("[ann]", "[eve]"));
    const check = (...by: string[]) =>
      made.run(["access", "dev", "--base", "HEAD", ...by.flatMap((name) => ["--approved-by", name])]);
    const refused = await check("eve");
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain("  high critical: it costs money\n    Assistant: may now write on Shop");
    expect(refused.stdout).toContain("Next: have it approved by ann, and say so with --approved-by");
    expect((await check("eve", "ann")).code).toBe(0);
    made.write("stacks/dev.yaml", wide(CHANGES.aic.base));
    expect((await check()).code).toBe(3);
    made.write("stacks/next.yaml", wide(CHANGES.aic.base) + POLICY);
    const fresh = await made.run(["access", "next", "--base", "HEAD"]);
    expect(fresh.code).toBe(3);
    expect(fresh.stdout).toMatch(
      /approved by ann, .*; they are those whom the new file names, since the base lacks it$/m,
    );
  });

  test("what somebody answers for is shown apart", async () => {
    const accept =
      "accessPolicy: { accept: [{ rule: no-owner, reason: new here, owner: ann, expires: 2099-12-31 }] }\n";
    const { code, stdout } = await project({ dev: CHANGES.aic.base + accept }).run(["access", "--fail-on", "medium"]);
    expect(code).toBe(0);
    expect(stdout).toContain(", accepted by ann: new here, until 2099-12-31");
  });
});
