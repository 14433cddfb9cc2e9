/** What the comment on each prepared pull request says: whole pages, beside this file. */

import { expect, test } from "vitest";
import { refusalsOf } from "../../../src/cli/preview/guards.ts";
import { render } from "../../../src/reports/preview/render.ts";
import { labelsOf, type Preview } from "../../../src/reports/preview/report.ts";
import { BASES, declaredBy, PULL_REQUESTS, type PullRequest, recordedPlan } from "./pull-requests.ts";
import { FRAME, previewFrom } from "./support.ts";

const previewOf = (name: PullRequest, more?: Partial<Preview>) => {
  const { stack } = PULL_REQUESTS[name];
  return previewFrom(stack, { before: BASES[stack], after: declaredBy(name), plan: recordedPlan(name) }, more);
};

const gain = () => previewOf("gain");
const deletion = () => {
  const { plan, fingerprint, ...preview } = previewOf("deletion");
  if (!plan) expect.unreachable();
  const stopped = refusalsOf(plan, fingerprint, { maxDeletions: { count: 0 }, allowDelete: [], expect: [] });
  return { ...preview, plan, fingerprint, stopped };
};

/** The report of a run, by the declaration that it brought. */
const ran = (name: PullRequest, run: string) =>
  previewFrom(
    "dev",
    { before: BASES.dev, after: declaredBy(name), plan: recordedPlan(run) },
    { is: "result", fingerprint: undefined, tenant: [], state: undefined },
  );

test.each<[string, () => readonly Preview[], readonly string[]]>([
  ["gain", () => [gain()], ["findings-low", "more-access"]],
  ["loss", () => [previewOf("loss")], ["less-access"]],
  ["deletion", () => [deletion()], ["deletions", "less-access", "stopped"]],
  ["failure", () => [previewOf("failure")], ["failed"]],
  [
    "two-stacks",
    () => [previewOf("loss"), previewOf("gain-pingone")],
    ["findings-medium", "less-access", "more-access"],
  ],
  [
    "drift",
    () => [previewFrom("dev", { before: BASES.dev, after: BASES.dev, plan: recordedPlan("drift") })],
    ["drift"],
  ],
  ["result", () => [ran("gain", "result")], ["findings-low", "more-access"]],
  ["result-failed", () => [ran("failure", "result-failed")], ["failed"]],
])("%s", async (name, previews, labels) => {
  const page = render(previews(), "markdown", FRAME);
  await expect(page).toMatchFileSnapshot(`recorded/${name}.md`);
  expect(labelsOf(previews())).toEqual(labels.map((label) => `ping-agents/${label}`));
});

test("in a terminal", async () => {
  await expect(render([gain(), previewOf("failure")], "text", FRAME)).toMatchFileSnapshot("recorded/terminal.txt");
});

test("for programs, without what nobody may see", () => {
  const [first] = JSON.parse(render([gain()], "json", FRAME)).environments;
  expect(first).toMatchObject({ environment: "dev", risk: "more", deletions: [], errors: [], warnings: [] });
  expect(first.plan.steps).toContainEqual({
    ...{ operation: "update", outcome: "planned", kind: "aic:OAuth2Client", name: "shop", called: "application/shop" },
    changes: [{ path: "tokens.accessTokenLifetime", is: "value", text: "raised from 900 to 3600" }],
  });
});
