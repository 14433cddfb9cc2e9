/**
 * Ends a process that Pulumi's engine started when the engine is gone. Neither the program nor the provider gets a sign when
 * the CLI is killed: their parents live on, and the provider would stay for ever, with the tenant's key in its environment.
 */

import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { languageHostOf, processes, signal } from "./processes.ts";

/** Milliseconds between two looks at the engine. */
const EVERY = 1000;
/** So many refusals one after the other mean that it is gone; one may be chance. A busy engine does not refuse. */
const REFUSALS = 2;
/** Milliseconds that what is under way gets to come to its end. */
const FINISH_WITHIN = 6000;

/**
 * Watches the engine. When it is gone, the language host is ended, which would wait for minutes, then this process, with
 * exit code 1. An engine that never answered is not taken for one that is gone.
 *
 * @param address of the engine, `127.0.0.1:36123`; nothing is watched without one
 * @param finish what to wait for first, for six seconds at most
 */
export function watchEngine(address: string | undefined, finish: () => Promise<unknown> = async () => {}): void {
  const [, host = "", port] = /^(.+):(\d+)$/.exec(address ?? "") ?? [];
  if (!address || !port) return;
  const languageHost = languageHostOf(address);
  let answered = false;
  let refusals = 0;
  let ending = false;

  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    endLanguageHost();
    await Promise.race([finish(), sleep(FINISH_WITHIN)]);
    process.exit(1);
  }

  function endLanguageHost(): void {
    const found = languageHost ?? languageHostOf(address as string);
    if (found) signal(found.id, "SIGTERM");
  }

  function look(): void {
    const socket = connect({ host, port: Number(port) });
    socket.unref();
    socket.once("connect", () => {
      [answered, refusals] = [true, 0];
      socket.destroy();
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) => {
      if (answered && code === "ECONNREFUSED" && ++refusals >= REFUSALS) void end();
    });
  }

  look();
  setInterval(look, EVERY).unref();
  // A pipe that nobody reads any more. Without this the SDK reports the error into the same pipe, again and again.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => void end());
  // The SDK ends a program whose engine is gone sooner than the looks above find out.
  process.on("exit", () => {
    if (!languageHost) return;
    const now = processes().find(({ id }) => id === languageHost.id);
    if (now && now.parent !== languageHost.parent) endLanguageHost();
  });
}

/** Operations under way, so that a process does not end in the midst of one. */
export class UnderWay {
  readonly #operations = new Set<Promise<unknown>>();

  /** The same operation, counted as under way until it is settled. */
  follow<Arguments extends unknown[], Result>(
    operation: (...args: Arguments) => Promise<Result>,
  ): (...args: Arguments) => Promise<Result> {
    return (...args) => {
      const running = operation(...args);
      this.#operations.add(running);
      const forget = () => this.#operations.delete(running);
      running.then(forget, forget);
      return running;
    };
  }

  /** Waits until all have come to their end, well or badly. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#operations);
  }
}
