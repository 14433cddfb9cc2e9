/** What the comment on a pull request says of tokens that may be handed on from now, or no longer: whole pages, beside this file. */

import { expect, test } from "vitest";
import { render } from "../../../src/reports/preview/render.ts";
import { labelsOf } from "../../../src/reports/preview/report.ts";
import { handingOn } from "../../access/changes.ts";
import { FRAME, planWith, previewFrom, step } from "./support.ts";

const [without, handedOn] = [handingOn("[portal]"), handingOn("[portal, gateway]")];

const plan = planWith([step("pingone:Application", "extension")]);

test.each([
  ["handed-on", without, handedOn, "more-access"],
  ["no-longer-handed-on", handedOn, without, "less-access"],
])("%s", async (name, before, after, label) => {
  const previews = [previewFrom("pingone-dev", { before, after, plan })];
  await expect(render(previews, "markdown", FRAME)).toMatchFileSnapshot(`recorded/${name}.md`);
  await expect(render(previews, "text", FRAME)).toMatchFileSnapshot(`recorded/${name}.txt`);
  expect(labelsOf(previews)).toContain(`ping-agents/${label}`);
});
