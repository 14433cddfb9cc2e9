/** `ping-agents preview` where the engine is not asked, or cannot be: there is a report all the same. */

import { expect, test } from "vitest";
import { BASES, declaredBy } from "../../reports/preview/pull-requests.ts";
import { project, VALID } from "../command.ts";

const away = {
  PATH:
    process.env.PATH?.split(":")
      .filter((folder) => !/node_modules|pulumi/.test(folder))
      .join(":") ?? "",
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
  expect(dev).toContain("ERR\\_PULUMI\\_CLI: nothing is known of the stack: there is no Pulumi CLI on PATH");
  expect(dev).toContain("| dev | none was read | not read | nothing | none |");
});

test("offline that is no failure, and is told", async () => {
  const { code, stdout } = await project({ dev: VALID }).run(["preview", "dev", "--offline"], away);
  expect(code).toBe(0);
  expect(stdout).toContain("Not checked:\n  the tenant: ");
  expect(stdout).toContain("\n  the plan: ERR_PULUMI_CLI");
});

test("a result is of one environment, and of a file that has a run", async () => {
  const made = project({ dev: BASES.dev, other: declaredBy("gain") });
  made.write("empty.jsonl", "error: no stack\n");
  for (const [args, said] of [
    [["--result", "empty.jsonl"], "ERR_ENVIRONMENT_UNKNOWN: a result is of one environment"],
    [["dev", "--result", "empty.jsonl"], "ERR_FILE: empty.jsonl has no event of the engine"],
    [["dev", "--result", "missing.jsonl"], "ERR_FILE: missing.jsonl cannot be read (ENOENT)"],
    [["dev", "--result", "empty.jsonl", "--expect", "x"], "cannot be used with"],
    [["dev", "--max-deletions", "few"], "It is a number, such as 3"],
  ] as const) {
    const { code, stderr } = await made.run(["preview", ...args]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(said) });
  }
});
