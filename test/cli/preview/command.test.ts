/** `ping-agents preview` where the engine is not asked, or cannot be: there is a report all the same. */

import { expect, test } from "vitest";
import { BASES, declaredBy } from "../../reports/preview/pull-requests.ts";
import { project, VALID } from "../command.ts";

const away = {
  PATH:
    process.env.PATH?.split(":")
      .filter((folder) => !/node_modules|pulumi/.test(folder))
      .join(":") ?? "",
  XDG_CACHE_HOME: "/nowhere", // where the CLI is that was installed before
};

test("a declaration that is wrong, and a CLI that is missing: each environment says what it lacks, exit code 1", async () => {
  const { code, stdout } = await project({ bad: "platform: aic\nrealm: alpha\n", dev: VALID }).run(
    ["preview", "--format", "markdown"],
    away,
  );
  expect(code).toBe(1);
  const [head = "", bad = "", dev = ""] = stdout.split("### ");
  expect(head).toContain("<!-- ping-agents:preview -->\n<!-- ping-agents:labels ping-agents/failed, ");
  expect(head).toContain("\n## Preview of access and plan: failed\n");
  expect(bad).toContain("ERR\\_DECLARATION");
  expect(dev).toContain("ERR\\_PULUMI\\_CLI: nothing is known of the stack: there is no Pulumi CLI");
  expect(dev).toContain("- **dev**: no tenant was read; the state was not read\n");
});

test("offline that is no failure, and is told; what is expected is not there, and stops", async () => {
  const { run } = project({ dev: VALID });
  const { code, stdout } = await run(["preview", "dev", "--offline"], away);
  expect(code).toBe(0);
  expect(stdout).toContain("Not checked:\n  the tenant: ");
  expect(stdout).toContain("\n  the plan: ERR_PULUMI_CLI");
  const guarded = await run(["preview", "dev", "--offline", "--expect", "f", "--fail-on", "medium"], away);
  expect(guarded.code).toBe(3);
  expect(guarded.stdout).toContain(
    "\nStopped:\n  there is no plan to compare with what was reviewed\n  what is found: no-owner of Bot\n",
  );
});

test("a result is of one environment, and of a file that has a run", async () => {
  const made = project({ dev: BASES.dev, other: declaredBy("gain") });
  made.write("empty.jsonl", "error: no stack\n");
  for (const [args, said] of [
    [["--result", "empty.jsonl"], "ERR_ENVIRONMENT_UNKNOWN: a result is of one environment"],
    [["dev", "--result", "empty.jsonl"], "ERR_FILE: empty.jsonl has no event of the engine"],
    [["dev", "--max-deletions", "few"], "It is a number, such as 3"],
  ] as const) {
    const { code, stderr } = await made.run(["preview", ...args]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(said) });
  }
});
