/** How the eight changes look in a terminal and in a pull request: whole pages, beside this file. */

import { describe, expect, test } from "vitest";
import { type Format, render } from "../../../src/reports/access/render.ts";
import { comparisonOf } from "../../../src/reports/access/report.ts";
import { CHANGES, changedText } from "../../access/changes.ts";
import { accessOf } from "../../access/support.ts";

describe.each(["aic", "pingone"] as const)("%s", (cloud) => {
  test.each<[Format, string]>([
    ["text", "txt"],
    ["markdown", "md"],
  ])("%s", async (format, ending) => {
    const { base, changes } = CHANGES[cloud];
    const reports = changes.map((change) =>
      comparisonOf([accessOf(base), accessOf(changedText(base, change))], {
        ...{ title: change.what, of: "change", base: "main" },
      }),
    );
    await expect(render(reports, format)).toMatchFileSnapshot(`changes/${cloud}.${ending}`);
  });
});
