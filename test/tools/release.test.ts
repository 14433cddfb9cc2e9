/** The workflow that releases: what it may, and what it runs. Its script is tried with the package. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

type Step = { readonly uses?: string; readonly run?: string };
type Job = { readonly permissions: object; readonly needs?: string; readonly steps: readonly Step[] };

const text = readFileSync(join(projectRoot, ".github", "workflows", "release.yml"), "utf8");
const { permissions, jobs } = parse(text) as { permissions: object; jobs: Readonly<Record<string, Job>> };
const steps = Object.values(jobs).flatMap((job) => job.steps);

test("takes no action but by the hash of a commit, and puts no expression into a script", () => {
  for (const { uses, run = "" } of steps) {
    if (uses) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
    expect(run).not.toContain("${{");
  }
});

test("keeps no secret, and only the job that publishes may write, after the tests", () => {
  expect(text).not.toContain("secrets.");
  expect(permissions).toEqual({});
  expect(jobs.test?.permissions).toEqual({ contents: "read" });
  expect(jobs.release).toMatchObject({ needs: "test", permissions: { contents: "write", "id-token": "write" } });
});

test("publishes by the script of this repository", () => {
  expect(steps.map(({ run }) => run).filter((run) => run?.includes("tools/"))).toEqual([
    expect.stringMatching(/^node tools\/release\.mjs "\$TAG" /),
  ]);
});
