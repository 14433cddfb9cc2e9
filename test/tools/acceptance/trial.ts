/** What the acceptances of both clouds are tried with: runs under a prefix, and one that is killed. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Judged } from "../../../tools/acceptance/compare.ts";
import { Journal, ownerOf } from "../../../tools/acceptance/journal.ts";
import { live } from "../../../tools/acceptance/lives.ts";
import type { Run } from "../../../tools/acceptance/run.ts";
import type { Wing } from "../../../tools/acceptance/wing.ts";
import type { StrikingProxy } from "../../support/proxy.ts";
import { temporaryFolder } from "../executables.ts";

export const PREFIX = "ping-acceptance-test-";

export const run = (folder: string): Run => ({ prefix: PREFIX, folder, progress: () => {} });

export const withVerdict = (found: readonly Judged[], wanted: Judged["verdict"]) =>
  found.filter(({ verdict }) => verdict === wanted);

/** What was written for a reader. */
export const kept = (folder: string) =>
  ["tenant.jsonl", "local.jsonl", "report.md"].map((name) => readFileSync(join(folder, name), "utf8"));

/** A difference, the fact that it contradicts, and the words that must tell it. */
export type Planted = readonly (readonly [fact: string, told: RegExp])[];

/** What follows from them is told, too: another answer leads to other calls, which no page is about. */
export function expectFound(found: readonly Judged[], planted: Planted): void {
  const contradicted = withVerdict(found, "contradicted");
  for (const [fact, told] of planted) {
    const differences = contradicted.filter(({ cite }) => cite === fact).flatMap((one) => one.differences);
    expect(differences, fact).toContainEqual(expect.stringMatching(told));
  }
  const others = contradicted.filter(({ cite }) => cite !== "no page" && !planted.some(([fact]) => fact === cite));
  expect(others).toEqual([]);
}

/**
 * Lives a kind through behind a proxy until the tenant has answered a call, and nothing is heard of the run any more: as a kill
 * does it, in the middle of writing a line.
 *
 * @returns the folder with what was written by then
 */
export async function killed<Context>(
  wing: Wing<Context>,
  { type, proxy, at }: { readonly type: string; readonly proxy: StrikingProxy; readonly at: number },
): Promise<string> {
  const [folder, after] = [temporaryFolder(), temporaryFolder()];
  const sample = wing.samples(PREFIX).find((one) => one.type === type);
  if (!sample) throw new Error(`no sample of ${type}`);
  const journal = new Journal(join(folder, "journal.jsonl"));
  const { tenant, ...connected } = await wing.tenant.stage(() => {});
  const stage = { ...connected, journal, owner: ownerOf(PREFIX, tenant), step: () => {} };
  const text = await new Promise<string>((resolve) => {
    proxy.strike(at, () => {
      resolve(readFileSync(join(folder, "journal.jsonl"), "utf8"));
      void proxy.stop();
    });
    live(stage, sample).catch(() => {});
  });
  await proxy.stop();
  writeFileSync(join(after, "journal.jsonl"), `${text}{"making":9`);
  return after;
}
