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

test.each<[string, () => readonly Preview[], readonly string[]]>([
  ["gain", () => [gain()], ["findings-medium", "more-access"]],
  ["loss", () => [previewOf("loss")], ["less-access"]],
  ["deletion", () => [deletion()], ["deletions", "less-access", "stopped"]],
  ["failure", () => [previewOf("failure")], ["failed"]],
  ["two-stacks", () => [previewOf("gain-pingone"), previewOf("loss")], ["less-access", "more-access"]],
  ["drift", () => [previewFrom("dev", { before: BASES.dev, after: BASES.dev, plan: recordedPlan("drift") })], []],
  [
    "offline",
    () => [
      previewOf("gain", {
        plan: undefined,
        fingerprint: undefined,
        state: undefined,
        unchecked: ["the tenant", "the plan"],
      }),
    ],
    ["more-access"],
  ],
  ["result", () => [previewOf("gain", { is: "result", fingerprint: undefined })], []],
])("%s", async (name, previews, labels) => {
  const page = render(previews(), "markdown", FRAME);
  await expect(page).toMatchFileSnapshot(`recorded/${name}.md`);
  expect(labelsOf(previews())).toEqual(labels.map((label) => `ping-agents/${label}`));
});
