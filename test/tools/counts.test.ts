/** The last line of CI: what is counted. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { temporaryFolder } from "./executables.ts";

function counts(...reports: string[]) {
  const files = reports.map((report) => {
    const file = join(temporaryFolder(), "report.json");
    writeFileSync(file, report);
    return file;
  });
  return spawnSync(process.execPath, [join(projectRoot, ".ci", "counts.mjs"), ...files], { encoding: "utf8" }).stdout;
}

const passed = { status: "passed" };
const failed = { status: "failed" };

test.each([
  ["all passed", [{ status: "passed", assertionResults: [passed, passed] }], "2 passed, 0 failed\n"],
  ["some failed", [{ status: "failed", assertionResults: [passed, failed, failed] }], "1 passed, 2 failed\n"],
  ["a file that does not load counts", [{ status: "failed", assertionResults: [] }], "0 passed, 1 failed\n"],
])("%s", (_, testResults, line) => {
  expect(counts(JSON.stringify({ testResults }))).toBe(line);
});

test("several reports: all that ran", () => {
  const report = JSON.stringify({ testResults: [{ status: "failed", assertionResults: [passed, failed] }] });
  expect(counts("", report, report)).toBe("2 passed, 2 failed\n");
});

test("no report: nothing ran", () => {
  expect(counts("")).toBe("0 passed, 0 failed\n");
});
