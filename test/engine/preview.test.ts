/** `ping-agents preview` with the real engine: what it says of a change, what it stops, and that it writes nothing. */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { BASES, declaredBy } from "../reports/preview/pull-requests.ts";
import { startAic } from "../support/aic.ts";
import { writes } from "../support/tenant.ts";
import { openProject } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const stack = await openProject(tenant)("dev", BASES.dev);
const folder = dirname(stack.declarationFile);

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], { cwd: folder });

type Json = {
  readonly environments: readonly [
    {
      readonly plan: { readonly steps: readonly { readonly called: string; readonly outcome: string }[] };
      readonly unchecked: readonly string[];
      readonly stopped: readonly string[];
    },
  ];
};
const preview = async (args: readonly string[], exit = 0, env = {}) =>
  JSON.parse((await stack.kit(["preview", "dev", "--format", "json", ...args], { exit, env })).stdout) as Json;

/** The commands of docs/pull-requests.md, as arguments. */
const page = readFileSync(join(projectRoot, "docs", "pull-requests.md"), "utf8");
const [shown = [], guarded = [], ...others] = [...page.matchAll(/```sh\nnpx ping-agents (.*)\n```/g)].map(
  ([, line = ""]) => line.split(" "),
);

test("a change is told, written nowhere, and stopped when it becomes another", async () => {
  expect(others).toEqual([]);
  await stack.up();
  git("init", "--quiet", "--initial-branch", "main");
  git("add", stack.declarationFile);
  git("commit", "--quiet", "--message", "base");
  stack.declare(declaredBy("gain"));
  const state = stack.stateText;
  let comment = "";
  const seen = await tenant.count(async () => {
    comment = (await stack.kit(shown)).stdout;
  });
  expect(writes(seen)).toEqual([]);
  expect(stack.stateText).toBe(state);
  expect(comment).toMatch(
    /^<!-- ping-agents:preview --><!-- project ping-agents -->\n<!-- ping-agents:labels .*more-access/,
  );
  expect(comment).toContain("access: 1 agent more, 1 unchanged; resources: 3 to update, ");
  expect(comment).toContain("- Assistant may now *write* on Shop for anyone in *staff* (2 people), by exchange (");
  const [, fingerprint = ""] = /<!-- ping-agents:fingerprint (\w+) -->/.exec(comment) ?? [];

  // Somebody else changes the tenant by hand: the up would put it back, which nobody has reviewed.
  const agent = (await tenant.admin.am("alpha").get("AIAgent", "watcher")) as Record<string, object>;
  const { _id, _rev, _type, ...document } = agent;
  const core = { ...document.coreOAuth2ClientConfig, scopes: { inherited: false, value: ["spy"] } };
  await tenant.admin.am("alpha").put("AIAgent", "watcher", { ...document, coreOAuth2ClientConfig: core });
  const [other] = (await preview([...guarded.slice(2), "--expect", fingerprint], 3)).environments;
  expect(other.stopped).toEqual([expect.stringContaining(`expected was ${fingerprint}`)]);
  const called = (of: typeof other) => of.plan.steps.map((step) => step.called);
  expect(called(other)).toEqual([
    ...["agent/assistant", "agent/assistant/access/shop"],
    ...["agent/watcher", "agent/watcher/access/shop", "application/shop"],
  ]);

  const { stdout } = await stack.up({ args: ["--refresh", "--json"] });
  writeFileSync(join(folder, "up.jsonl"), stdout);
  const [done] = (await preview(["--base", "main", "--result", "up.jsonl"])).environments;
  expect(done.plan.steps.map(({ outcome }) => outcome)).toEqual(Array(4).fill("done"));
});

test("without credentials it says what it could not check", async () => {
  const elsewhere = { PULUMI_BACKEND_URL: `${pathToFileURL(join(folder, "home")).href}?metadata=skip` };
  const [blind] = (await preview(["--offline"], 0, elsewhere)).environments;
  expect(blind.plan).toBeUndefined();
  expect(blind.unchecked.join("\n")).toMatch(/^the tenant: .*\nthe plan: no stack named 'dev' found/);
  const seen = await tenant.count(async () => {
    expect((await preview(["--offline"])).environments[0].plan).toMatchObject({ isWhole: true, steps: [] });
  });
  expect(seen.filter(({ path }) => path.includes("access_token"))).toEqual([]);
});
