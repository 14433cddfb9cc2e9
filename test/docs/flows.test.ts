/** Every command of docs/flows.md, typed as it stands there with the real curl, and every answer that the page shows. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Clone, makeClone } from "../support/clone.ts";
import { blocksOf, textsOf } from "../support/page.ts";

/** The blocks of the page, in order: commands, and the answers that follow some of them. */
const blocks = blocksOf("docs/flows.md", ["sh", "json"]);
const [sandbox, ...typed] = blocks;

/** Stands for whatever a tenant makes up. */
const ANYTHING = "…";
/** Seconds since the epoch, or until the token ends. */
const TIMES = ["nbf", "iat", "exp", "expires_in"];

test("the page about verify has people type the last of these commands", () => {
  expect(textsOf("docs/verify.md")).toEqual([typed.at(-1)?.text]);
});

let clone: Clone;
beforeAll(() => {
  clone = makeClone();
});
afterAll(() => clone.remove());

test("every command of the page brings the answer that the page shows", { timeout: 240_000 }, async () => {
  const child = spawn("bash", ["-c", `exec ${sandbox?.text}`], {
    cwd: clone.folder,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  try {
    await once(child.stdout, "data");
    const commands = typed.map(({ kind, text }, index) => (kind === "sh" ? `echo; echo "@@ ${index}"\n${text}` : ""));
    const { code, output } = await clone.type(commands.join("\n"));
    expect(code, output).toBe(0);
    const answers = new Map(
      [...output.matchAll(/^@@ (\d+)\n(.*?)(?=^@@ |$(?![\s\S]))/gms)].map(([, index, text = ""]) => [
        Number(index),
        text,
      ]),
    );
    const shown = typed.flatMap(({ kind, text }, index) => (kind === "json" ? [{ text, index }] : []));
    for (const { text, index } of shown) {
      const answer = JSON.parse(answers.get(index - 1) ?? "");
      expect(answer).toEqual(pattern(JSON.parse(text)));
    }
    expect(shown.length).toBe(14);
    const ids = [...output.matchAll(/"auditTrackingId":\s*"([0-9a-f-]{36})-(\d+)"/g)];
    expect(new Set(ids.map(([, id]) => id)).size).toBe(1);
    const counts = ids.map(([, , count]) => Number(count));
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
    expect(counts).toHaveLength(4);
  } finally {
    process.kill(-(child.pid ?? 0), "SIGTERM");
    await Promise.race([once(child, "close"), sleep(10_000)]);
  }
});

/** What the page shows, as a matcher: every member, at any time, and the order of scopes is not kept. */
function pattern(shown: unknown, name = ""): unknown {
  if (typeof shown === "number" && TIMES.includes(name)) return expect.toSatisfy((value) => isLike(value, shown));
  if (shown === ANYTHING) return expect.any(String);
  if (Array.isArray(shown)) return expect.toSatisfy((value) => Array.isArray(value) && same(value, shown));
  if (typeof shown !== "object" || shown === null) return shown;
  return Object.fromEntries(Object.entries(shown).map(([member, value]) => [member, pattern(value, member)]));
}

/** A point in time for another one; a rest of a lifetime for the same one, at most a minute later. */
const isLike = (value: unknown, shown: number) =>
  Number.isInteger(value) &&
  (shown > 1_000_000_000 ? Number(value) > 1_000_000_000 : Math.abs(Number(value) - shown) <= 60);

function same(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && other.every((value) => one.includes(value));
}
