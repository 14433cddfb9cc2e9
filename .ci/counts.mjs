// Prints `N passed, N failed` from a JSON report of vitest. A file that failed as a whole, without a failed test in it
// (it does not load, or its hooks fail), counts as one failure. Without a report nothing ran: 0 passed, 0 failed.
import { readFileSync } from "node:fs";

const text = readFileSync(process.argv[2] ?? "", "utf8");
const files = text ? JSON.parse(text).testResults : [];

let passed = 0;
let failed = 0;
for (const { status, assertionResults } of files) {
  const failures = assertionResults.filter((test) => test.status === "failed").length;
  passed += assertionResults.filter((test) => test.status === "passed").length;
  failed += failures || (status === "failed" ? 1 : 0);
}
console.log(`${passed} passed, ${failed} failed`);
