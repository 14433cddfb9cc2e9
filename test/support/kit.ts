/** The command line in the test's own process, where it is loaded already: without a terminal, one command at a time. */

import { main } from "../../src/cli/main.ts";
import { replaceSurroundings, type Surroundings } from "./surroundings.ts";

/** How a command ended and what it said. */
export type Said = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

let before: Promise<unknown> = Promise.resolve();

/** Runs a command, when those before it have ended. @param args without the name of the program */
export function runKit(args: readonly string[], surroundings: Omit<Surroundings, "print">): Promise<Said> {
  const turn = before.then(() => run(args, surroundings));
  before = turn.catch(() => {});
  return turn;
}

async function run(args: readonly string[], surroundings: Omit<Surroundings, "print">): Promise<Said> {
  const said = { stdout: "", stderr: "" };
  const restore = replaceSurroundings({
    ...surroundings,
    print: (stream, text) => {
      said[stream] += text;
    },
  });
  try {
    const exitCode = await main(args);
    return { exitCode, ...said };
  } finally {
    restore();
  }
}
