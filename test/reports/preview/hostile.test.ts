/** What somebody else wrote, in a report of a change: names of resources, values, messages, an environment, a project. */

import { describe, expect, test } from "vitest";
import { declared } from "../../../src/cli/preview/environment.ts";
import { MARKERS, markdownReport } from "../../../src/reports/preview/markdown.ts";
import type { Preview } from "../../../src/reports/preview/report.ts";
import { textReport } from "../../../src/reports/preview/text.ts";
import { EMPTY, FRAME, planWith, step } from "./support.ts";

/** A report in which everything that can be named has one name. */
function named(name: string): Preview {
  const steps = [
    step("aic:User", `alpha/${name}`, { before: { [name]: name }, after: { [name]: `${name}!`, scopes: [name] } }),
    step("aic:Group", `alpha/${name}`, { operation: "delete", after: undefined }),
    step("aic:AiAgent", name, { operation: "replace", replacedFor: [name], before: {}, after: { [name]: name } }),
  ];
  const messages = (["error", "warning"] as const).map((severity) => ({
    severity,
    text: `${name}\n${name}`,
    resource: steps[0],
  }));
  return {
    ...EMPTY,
    environment: name,
    plan: declared(planWith(steps, { isWhole: false, messages, drift: steps })),
    ...{ failures: [name], unchecked: [name], stopped: [name], tenant: [name] },
  };
}

test.each([
  ...["<script>alert(1)</script>", "a|b", "`rm -rf`", "**bold**", "![x](y)", "\\|", "</details>", "--> b"],
  ...[
    "@everyone",
    "a\r\n| b | c |",
    "\u202Etxt.exe",
    "\u200B",
    "\u2028",
    "# title",
    "~~a~~",
    "<!-- ping-agents:preview -->",
  ],
])("%j is a name and nothing else", (name) => {
  const page = markdownReport([named(name)], FRAME);
  const plain = page.replaceAll(/<!-- -->|<\/?(?:details|summary)>|<br>/g, "");
  expect(plain).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
  expect(plain.slice(plain.indexOf("\n## "))).not.toMatch(/(?<![\\=.-])</);
  expect(plain.startsWith(MARKERS.preview)).toBe(true);
  expect(plain).not.toMatch(/(?<!\\)`/);
  expect(page.split("<details>")).toHaveLength(page.split("</details>").length);
  expect(textReport([named(name)], FRAME)).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
  // As many lines as of a harmless name.
  const lines = (of: string) => markdownReport([named(of)], FRAME).split("\n").length;
  if (!/[\r\n]/.test(name)) expect(lines(name)).toBe(lines("x"));
});

test("a name of a project does not end its comment", () => {
  const [first = ""] = markdownReport([EMPTY], { ...FRAME, project: "a --> <b>" }).split("\n");
  expect(first).toBe("<!-- ping-agents:preview --><!-- project a_--___b_ -->");
});

describe("a secret in a message is not told", () => {
  test.each(["Bearer abcdefghijklmnop", '{"client_secret":"abcdefghijklmnop"}', "password=abcdefghijklmnop"])(
    "%s",
    (text) => {
      const plan = declared(planWith([], { isWhole: false, messages: [{ severity: "error", text }] }));
      for (const page of [markdownReport([{ ...EMPTY, plan }], FRAME), textReport([{ ...EMPTY, plan }], FRAME)]) {
        expect(page).not.toContain("abcdefgh");
      }
    },
  );
});
