/** What the commands of a workflow ask of GitHub and tell it, against a stand-in of its API. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { writeComment } from "../../../src/cli/forge/comment.ts";
import { connectGithub } from "../../../src/cli/forge/github.ts";
import { writeIssue } from "../../../src/cli/forge/issue.ts";
import { postName } from "../../../src/cli/forge/marker.ts";
import { pullRequest } from "../../../src/cli/forge/pull-request.ts";
import { reviewOptions } from "../../../src/cli/forge/review.ts";
import { startGithub } from "../../support/github.ts";

const github = await startGithub();
const folder = mkdtempSync(join(tmpdir(), "ping-agents-forge-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  github.calls.length = 0;
  github.faults.length = 0;
});

const repository = connectGithub(github.variables);
const people = { login: "somebody" };

/** A file with a report. */
function report(text: string): string {
  const file = join(folder, "report.md");
  writeFileSync(file, text);
  return file;
}

/** What a job has of its event. */
function event(payload: object, sha = "0".repeat(40)): NodeJS.ProcessEnv {
  const file = join(folder, "event.json");
  writeFileSync(file, JSON.stringify(payload));
  return { ...github.variables, GITHUB_EVENT_PATH: file, GITHUB_SHA: sha };
}

const error = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe("the comment of a pull request", () => {
  const write = (text: string, number: number) =>
    writeComment(repository, { number }, { name: "preview/dev", file: report(text) });

  test("is found again on any page, and written anew in its place", async () => {
    const all = github.comments(7);
    for (let id = 1; id <= 7; id += 1) all.push({ id, user: people, body: "talk" });
    expect(await write("One gain.", 7)).toBe("the comment preview/dev of pull request 7 is written");
    for (let id = 11; id <= 15; id += 1) all.push({ id, user: people, body: "more talk" });
    expect(await write("Two gains.", 7)).toBe("the comment preview/dev of pull request 7 is updated");
    expect(all).toHaveLength(13);
    expect(all[7]).toMatchObject({ body: "<!-- ping-agents:preview/dev -->\nTwo gains." });
    expect(github.calls.filter((call) => call.startsWith("GET /issues/7/comments"))).toHaveLength(3 + 5);
  });

  test("that says the same already is not written", async () => {
    expect(await write("Two gains.", 7)).toMatch(/stays as it is$/);
    expect(github.calls.filter((call) => !call.startsWith("GET"))).toEqual([]);
  });

  test("is not one of somebody else who wrote the marker, nor one that only quotes it", async () => {
    const forged = { id: 1, user: people, body: "<!-- ping-agents:preview/dev -->\nNothing is gained." };
    const gone = { id: 2, user: null, body: forged.body };
    const quoted = { id: 3, user: { login: repository.login }, body: `> ${forged.body}` };
    github.comments(8).push(forged, gone, quoted);
    expect(await write("One gain.", 8)).toMatch(/is written$/);
    expect(github.comments(8).map(({ body }) => body)).toEqual([
      forged.body,
      forged.body,
      quoted.body,
      "<!-- ping-agents:preview/dev -->\nOne gain.",
    ]);
  });

  test("brings its labels, and takes away those that no report has any more", async () => {
    const labelled = (name: string, ...labels: string[]) =>
      writeComment(
        repository,
        { number: 10 },
        { name, file: report(`<!-- ping-agents:labels ${labels.join(", ")} -->\nA report.`) },
      );
    await repository.call("POST", "/issues/10/labels", z.unknown(), { labels: ["by hand"] });
    await labelled("preview/dev", "gained", "lost", "deletions");
    await labelled("preview/staging", "lost");
    await labelled("preview/dev", "gained");
    expect(github.labels(10)).toEqual(["by hand", "gained", "lost"]);
    github.labels(10).splice(1, 1);
    await writeComment(repository, { number: 10 }, { name: "preview/dev", file: report("Nothing.") });
    expect(github.labels(10)).toEqual(["by hand", "lost"]);
  });

  test("has no more than GitHub takes, and says that it is not all", async () => {
    await write(`\`\`\`text\n${"a line\n".repeat(20_000)}\`\`\``, 9);
    const [{ body } = { body: "" }] = github.comments(9);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.match(/^```/gm)).toHaveLength(2);
    expect(body).toMatch(/a line\n```\n\n_The rest does not fit here/);
  });

  test("is not written without a report", async () => {
    await expect(write(" \n", 7)).rejects.toEqual(error("ERR_REPORT_EMPTY", /report\.md is empty; nothing was posted/));
    const missing = { name: "preview/dev", file: join(folder, "none.md") };
    await expect(writeComment(repository, { number: 7 }, missing)).rejects.toEqual(error("ERR_FILE", /ENOENT/));
    expect(github.calls).toEqual([]);
  });

  test.each(["a -->b", "a--b", "", "<b>", "two  blanks"])("cannot be called %j", (name) => {
    expect(() => postName(name)).toThrow(error("ERR_POST_NAME", /cannot be the name/));
  });
});

test("one issue is opened, updated and closed; the next time it is a new one", async () => {
  const write = (text: string, isResolved = false) =>
    writeIssue(repository, { title: "Drift in dev", file: report(text), isResolved });
  const marker = "<!-- ping-agents:Drift in dev -->";
  for (let number = 1; number <= 4; number += 1) {
    github.issues.push({ number, user: { login: repository.login }, title: "other", body: "other", state: "open" });
  }
  const pull = { number: 5, user: { login: repository.login }, title: "one", body: marker, state: "open" as const };
  github.issues.push({ ...pull, pull_request: {} }, { ...pull, number: 6, user: people });
  const others = structuredClone(github.issues);
  expect(await write("In sync.", true)).toBe('no issue "Drift in dev" is open');
  expect(await write("One thing.")).toMatch(/^issue \d+ "Drift in dev" is opened$/);
  expect(await write("One thing.")).toMatch(/stays as it is$/);
  expect(await write("Two things.")).toMatch(/is updated$/);
  const [own, ...more] = github.issues.slice(others.length);
  expect({ own, more }).toMatchObject({ own: { body: `${marker}\nTwo things.`, state: "open" }, more: [] });
  expect(await write("In sync.", true)).toMatch(/is closed$/);
  expect(own).toMatchObject({ body: `${marker}\nIn sync.`, state: "closed", state_reason: "completed" });
  expect(await write("Again.")).toMatch(/is opened$/);
  expect(github.issues.slice(0, others.length)).toEqual(others);
  expect(github.issues).toHaveLength(others.length + 2);
});

describe("what people said of a change", () => {
  const pull = { number: 20, head: { sha: "head" }, body: null, merged_at: null, merge_commit_sha: null };

  test("is the last verdict of each on the commit at hand, and what the description acknowledges", async () => {
    github.pulls.set(20, { ...pull, body: "A change.\r\n- allow-delete: agent/old\r\nallow-delete: `agent/older`\n" });
    const says = (login: string, state: string, commit_id = "head") => ({ user: { login }, state, commit_id });
    github
      .reviews(20)
      .push(
        says("early", "APPROVED", "before"),
        says("alice", "CHANGES_REQUESTED"),
        says("alice", "APPROVED"),
        says("alice", "COMMENTED"),
        says("bob", "APPROVED"),
        says("bob", "CHANGES_REQUESTED"),
        says("carol", "APPROVED"),
        says("carol", "DISMISSED"),
        { user: null, state: "APPROVED", commit_id: "head" },
      );
    const of = await pullRequest(repository, event({ pull_request: { ...pull, body: "of the event" } }));
    expect(await reviewOptions(repository, of)).toEqual([
      "--approved-by=alice",
      "--allow-delete=agent/old",
      "--allow-delete=agent/older",
    ]);
  });

  test("is, of the pull request that a push merged, also the fingerprints that they saw", async () => {
    github.pulls.set(21, { ...pull, number: 21, merged_at: "2026-11-27T00:00:00Z", merge_commit_sha: "a1" });
    const merged = await pullRequest(repository, event({}, "a1"));
    expect(merged).toMatchObject({ number: 21, head: "head", merged: true });
    const forged = "<!-- ping-agents:preview/dev -->\n<!-- ping-agents:fingerprint bad -->";
    github.comments(21).push({ id: 1, user: people, body: forged });
    await expect(reviewOptions(repository, merged)).rejects.toEqual(
      error("ERR_NOT_REVIEWED", /pull request 21 has no report with a fingerprint/),
    );
    const hostile = "A report.\n<!-- ping-agents:fingerprint bad -->";
    await writeComment(repository, merged, { name: "preview", file: report(hostile) });
    await expect(reviewOptions(repository, merged)).rejects.toEqual(error("ERR_NOT_REVIEWED", /no report/));
    const lines = ["preview", "fingerprint 1f2e3d", "fingerprint 9a8b7c"].map((line) => `<!-- ping-agents:${line} -->`);
    const whole = [...lines, hostile].join("\n");
    await writeComment(repository, merged, { name: "preview", file: report(whole) });
    expect(await reviewOptions(repository, merged)).toEqual(["--expect=1f2e3d", "--expect=9a8b7c"]);
    expect(await reviewOptions(repository, merged, "4c5b6a")).toEqual(["--expect=4c5b6a"]);
  });

  test("is nothing where the commit came by none", async () => {
    github.pulls.set(22, { ...pull, number: 22, merge_commit_sha: "b2" });
    for (const commit of ["b2", "c3"]) {
      await expect(pullRequest(repository, event({}, commit))).rejects.toEqual(
        error("ERR_PULL_REQUEST", new RegExp(`ends with the commit ${commit}`)),
      );
    }
    expect(await reviewOptions(repository, undefined, "4c5b6a")).toEqual(["--expect=4c5b6a"]);
  });
});

describe("a refusal of GitHub", () => {
  const ask = () => writeComment(repository, { number: 7 }, { name: "preview/dev", file: report("One gain.") });

  test("that passes is waited for: too many calls, which it says with 403, too", async () => {
    github.faults.push({ status: 403, headers: { "x-ratelimit-remaining": "0" } });
    expect(await ask()).toMatch(/is updated$/);
  });

  test.each([
    [{ status: 401 as const }, "ERR_API_UNAUTHENTICATED", /Next: let GITHUB_TOKEN be the token of the job/],
    [
      { status: 403 as const, headers: { "x-accepted-github-permissions": "issues=write" } },
      ...(["ERR_API_FORBIDDEN", /it needs issues=write.*\n.*forge http:\/\/127.*\n.*Next: give the job the/] as const),
    ],
    [{ status: 404 as const }, "ERR_API_NOT_FOUND", /Next: check GITHUB_REPOSITORY/],
  ])("that stays says what to do, and not the token: %j", async (fault, code, message) => {
    github.faults.push(fault, fault);
    await expect(ask()).rejects.toEqual(error(code, message));
    await expect(ask()).rejects.toEqual(
      expect.objectContaining({ message: expect.not.stringContaining(github.variables.GITHUB_TOKEN) }),
    );
  });

  test("is not needed where a setting is missing", () => {
    for (const name of ["GITHUB_TOKEN", "GITHUB_REPOSITORY"]) {
      const without = { ...github.variables, [name]: " " };
      expect(() => connectGithub(without)).toThrow(error("ERR_SETTING_MISSING", new RegExp(`not set: ${name}`)));
    }
  });
});
