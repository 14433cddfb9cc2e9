/** What a run made and has not removed yet, on disk before it is made: a run that was killed is cleaned up after. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { Owner } from "../../src/providers/owner.ts";
import type { Properties } from "../../src/providers/pulumi-values.ts";

/** A resource that is on the tenant, or may be. */
export type Entry = { readonly type: string; readonly id: string; readonly props: Properties };

const properties = z.record(z.string(), z.unknown());
const line = z.union([
  z.object({ making: z.number(), type: z.string(), id: z.string(), props: properties }),
  z.object({ made: z.number(), id: z.string(), props: properties }),
  z.object({ gone: z.number() }),
]);

/** A journal in a file, a line an event. Holds no secret: who writes it leaves them out. */
export class Journal {
  readonly #file: string;
  readonly #open = new Map<number, Entry>();
  #next = 0;

  /** Goes on with what the file has. */
  constructor(file: string) {
    this.#file = file;
    if (!existsSync(file)) return;
    for (const text of readFileSync(file, "utf8").split("\n").filter(Boolean)) this.#replay(text);
  }

  /** What is not removed, the last first. */
  get left(): readonly (readonly [number, Entry])[] {
    return [...this.#open].reverse();
  }

  /** Before a resource is made. @returns its number */
  making(entry: Entry): number {
    const number = this.#next;
    this.#write({ making: number, ...entry });
    return number;
  }

  made(number: number, id: string, props: Properties): void {
    this.#write({ made: number, id, props });
  }

  /** After it was removed; a journal without anything left goes. */
  gone(number: number): void {
    this.#write({ gone: number });
    if (this.#open.size === 0) rmSync(this.#file);
  }

  #write(event: z.infer<typeof line>): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const text = JSON.stringify(event);
    appendFileSync(this.#file, `${text}\n`, { mode: 0o600 });
    this.#replay(text);
  }

  /** A line that a kill cut off says nothing: what it was about had not begun, or stands in the line before. */
  #replay(text: string): void {
    const event = line.safeParse(attempt(text)).data;
    if (!event) return;
    if ("making" in event) {
      this.#open.set(event.making, { type: event.type, id: event.id, props: event.props });
      this.#next = event.making + 1;
    } else if ("made" in event) {
      const before = this.#open.get(event.made);
      if (before) this.#open.set(event.made, { ...before, id: event.id, props: event.props });
    } else this.#open.delete(event.gone);
  }
}

function attempt(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The owner of what a run makes. @param run its name */
export const ownerOf = (run: string, tenant: string): Omit<Owner, "resource"> => ({
  ...{
    stack: run
      .replaceAll(/[^a-z0-9]/g, "")
      .padEnd(12, "0")
      .slice(-12),
    name: "ping-agents/acceptance",
    tenant,
  },
});
