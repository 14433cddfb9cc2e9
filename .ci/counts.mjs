// Prints `N passed, N failed` from JSON reports of vitest. A file that failed as a whole, without a failed test in it
// (it does not load, or its hooks fail), counts as one failure. Without reports nothing ran: 0 passed, 0 failed.
import { readFileSync } from "node:fs";

const texts = process.argv.slice(2).map((report) => readFileSync(report, "utf8"));
const files = texts.flatMap((text) => (text ? JSON.parse(text).testResults : []));

let passed = 0;
let failed = 0;
for (const { status, assertionResults } of files) {
  const failures = assertionResults.filter((test) => test.status === "failed").length;
  passed += assertionResults.filter((test) => test.status === "passed").length;
  failed += failures || (status === "failed" ? 1 : 0);
}
console.log(`${passed} passed, ${failed} failed`);
