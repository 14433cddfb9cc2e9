/** The suite in three projects: what a test reaches, also by way of its helpers, decides where it runs. */
import { expect, test } from "vitest";
import { projectOf, testsOf } from "../support/projects.ts";

test.each([
  ["unit", "test/verify/judge.test.ts", "reaches neither"],
  ["unit", "test/admin-api/http/transport.test.ts", "listens itself and starts nothing"],
  ["sandbox", "test/sandbox/control.test.ts", "by the sandbox's own fixture"],
  ["sandbox", "test/providers/aic/names.test.ts", "by the fixture of a cloud"],
  ["engine", "test/providers/pointer.test.ts", "starts a process itself, beside a tenant"],
  ["engine", "test/engine/kinds.test.ts", "by the project it opens"],
  ["engine", "test/cli/validate.test.ts", "by the command it runs"],
  ["engine", "test/sandbox/aic/phone/page.test.ts", "drives a browser"],
  ["faults", "test/faults/long/machines.test.ts", "by its folder, which npm test leaves out"],
])("%s: %s %s", (project, file) => {
  expect(projectOf(file)).toBe(project);
});

test("all of test/engine is in the project of that name", () => {
  const elsewhere = [...testsOf("unit"), ...testsOf("sandbox")];
  expect(elsewhere.filter((file) => file.startsWith("test/engine/"))).toEqual([]);
});
