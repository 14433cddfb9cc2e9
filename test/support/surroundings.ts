/** Lets code that a process of its own would run be run in the test's, with what the process would have been given. */

import type { EventEmitter } from "node:events";
import { format } from "node:util";

/** What code finds around it. */
export type Surroundings = {
  /** All environment variables. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** The working directory. @default that of this process */
  readonly cwd?: string;
  /** Gets what is printed. */
  readonly print: (stream: "stdout" | "stderr", text: string) => void;
};

const STREAMS = { log: "stdout", info: "stdout", debug: "stdout", warn: "stderr", error: "stderr" } as const;

let isReplaced = false;

/**
 * Replaces the surroundings of this process.
 *
 * @returns a function that restores them
 * @throws Error when they are replaced already: a process has one environment
 */
export function replaceSurroundings({ env, cwd = process.cwd(), print }: Surroundings): () => void {
  if (isReplaced) throw new Error("two at once in one process: start them as processes");
  isReplaced = true;
  const { env: variables, exitCode, stdout, stderr } = process;
  const before = { folder: process.cwd(), console: { ...console }, out: stdout.write, err: stderr.write };
  const { prepareStackTrace } = Error;
  const keptListeners = EMITTERS().map(keepListeners);
  process.env = { ...env };
  process.chdir(cwd);
  process.exitCode = undefined;
  // A process of ours tells positions itself (infra/index.js); the SDK makes a stack for each resource.
  Object.assign(Error, { prepareStackTrace: undefined });
  for (const [method, stream] of Object.entries(STREAMS))
    Object.assign(console, { [method]: (...args: unknown[]) => print(stream, `${format(...args)}\n`) });
  for (const stream of ["stdout", "stderr"] as const) {
    const write = (text: unknown) => {
      print(stream, String(text));
      return true;
    };
    Object.assign(process[stream], { write });
  }
  return () => {
    isReplaced = false;
    process.env = variables;
    process.chdir(before.folder);
    process.exitCode = exitCode;
    Object.assign(Error, { prepareStackTrace });
    Object.assign(console, before.console);
    Object.assign(stdout, { write: before.out });
    Object.assign(stderr, { write: before.err });
    for (const restore of keptListeners) restore();
  };
}

const EMITTERS = (): EventEmitter[] => [process, process.stdout, process.stderr];

/** Remembers who listens. @returns a function that sends away who came since */
function keepListeners(emitter: EventEmitter): () => void {
  const before = new Map(emitter.eventNames().map((event) => [event, emitter.rawListeners(event)]));
  return () => {
    for (const event of emitter.eventNames())
      for (const listener of emitter.rawListeners(event))
        if (!before.get(event)?.includes(listener)) emitter.off(event, listener as () => void);
  };
}
