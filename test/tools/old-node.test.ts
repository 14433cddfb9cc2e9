/** A Node that is too old is told so in one line, wherever the user comes in. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

/** Starts `file` on a Node that reports that version. */
function startOn(version: string, file: string) {
  const disguise = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(disguise)}`, join(projectRoot, file), "--help"],
    { encoding: "utf8" },
  );
  return { status, stdout, lines: stderr.trim().split("\n") };
}

test.each([
  ["bin/ping-agents.mjs", "npx ping-agents"],
  ["infra/index.js", "npx pulumi"],
])("%s on Node 20", (file, wayOut) => {
  for (const version of ["20.20.2", "22.17.1", "18.0.0"]) {
    const { status, stdout, lines } = startOn(version, file);
    expect({ status, stdout, count: lines.length }).toEqual({ status: 1, stdout: "", count: 1 });
    expect(lines[0]).toContain(`needs Node 22.18 or newer, this is ${version}`);
    expect(lines[0]).toContain(wayOut);
    expect(lines[0]).toContain("Node 24");
  }
});

test.each(["22.18.0", "24.0.0"])("Node %s is not refused", (version) => {
  expect(startOn(version, "bin/ping-agents.mjs").lines.join()).not.toContain("needs Node");
});
