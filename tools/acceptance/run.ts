/** A run: every kind's life and the flows on a tenant and on a local one, what was recorded of both, and what is different. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox } from "../../src/sandbox/index.ts";
import { type Failure, type Flow, type Judged, judged, type Recording } from "./compare.ts";
import { type Recorded, Sanitiser } from "./exchange.ts";
import { Journal, ownerOf } from "./journal.ts";
import { cleanUp, live, type Stage } from "./lives.ts";
import { reportText } from "./report.ts";
import type { Subject, Wing } from "./wing.ts";

export type Run = {
  /** What every name begins with. */
  readonly prefix: string;
  /** Where journal, recordings and report go. */
  readonly folder: string;
  readonly progress: (line: string) => void;
  /** Ends the run after the step that is under way; what was made is removed. */
  readonly signal?: AbortSignal | undefined;
};

/** The file in which a folder has what was made and is not removed. */
const journalIn = (folder: string) => new Journal(join(folder, "journal.jsonl"));

/**
 * Accepts a tenant. Writes `tenant.jsonl`, `local.jsonl` and `report.md` into the folder.
 *
 * @throws ERR_TARGET for a tenant that says itself that it is for production
 */
export async function accept<Context>(wing: Wing<Context>, run: Run): Promise<Judged[]> {
  const { folder, prefix } = run;
  await wing.admit?.();
  mkdirSync(folder, { recursive: true });
  const localJournal = join(folder, "local-journal.jsonl");
  rmSync(localJournal, { force: true }); // what it was about is gone with its tenant
  const local = await startSandbox();
  try {
    const here = await recordingOf(wing, wing.local(local), run, new Journal(localJournal));
    const there = await recordingOf(wing, wing.tenant, run, journalIn(folder));
    for (const [name, { exchanges }] of [
      ["tenant", there],
      ["local", here],
    ] as const)
      writeFileSync(join(folder, `${name}.jsonl`), exchanges.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const found = judged(wing.facts, there, here);
    writeFileSync(join(folder, "report.md"), reportText(wing.place, prefix, found));
    return found;
  } finally {
    await local.stop();
  }
}

async function recordingOf<Context>(
  wing: Wing<Context>,
  subject: Subject<Context>,
  run: Run,
  journal: Journal,
): Promise<Recording> {
  const { prefix, progress, signal } = run;
  const sanitiser = new Sanitiser(prefix, subject.origin);
  const exchanges: Recorded[] = [];
  let current = "";
  const stage = await stageOf(subject, prefix, journal, {
    // What is asked before the first step says which tenant it is.
    observe: (exchange) => void (current && exchanges.push(sanitiser.recorded(current, exchange))),
    step: (name) => {
      current = name;
    },
  });
  const failures: Failure[] = [];
  /** One that ends too early is told, and the others go on. */
  const goOn = async (of: string, work: () => Promise<void>) => {
    signal?.throwIfAborted();
    progress(`${subject.origin}: ${of}`);
    await work().catch((error: unknown) => failures.push({ of, message: sanitiser.text(messageOf(error)) }));
  };
  for (const sample of wing.samples(prefix)) await goOn(sample.type, () => live(stage, sample));
  // What the verifier and its objects do is told by its cases.
  const told = exchanges.length;
  const flows: Flow[] = [];
  await goOn("flows", async () => void flows.push(...(await subject.flows(stage, { prefix, signal }))));
  signal?.throwIfAborted();
  return { exchanges: exchanges.slice(0, told), flows, failures };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

type Watch = { readonly observe: Parameters<Subject<unknown>["stage"]>[0]; readonly step: Stage<unknown>["step"] };

async function stageOf<Context>(
  subject: Subject<Context>,
  prefix: string,
  journal: Journal,
  { observe, step }: Watch,
): Promise<Stage<Context>> {
  const { tenant, ...rest } = await subject.stage(observe);
  return { ...rest, journal, step, owner: ownerOf(prefix, tenant) };
}

/** Removes what a run that was killed has left on the tenant. @returns how many objects */
export async function clean<Context>(
  wing: Wing<Context>,
  { prefix, folder }: Pick<Run, "prefix" | "folder">,
): Promise<number> {
  return cleanUp(await stageOf(wing.tenant, prefix, journalIn(folder), { observe: () => {}, step: () => {} }));
}

/** How many objects a run that was killed has left. */
export const leftIn = (folder: string): number => journalIn(folder).left.length;
