/** What can go wrong on the way to a tenant, as a plan: which requests are struck, how often, and by what. */
import { z } from "zod";

/** One thing that goes wrong. What the request itself does takes place unless it says otherwise. */
const faultSchema = z.strictObject({
  /** HTTP method. @default all */
  method: z.string().optional(),
  /** Regular expression that is searched for in the path, without the query. */
  pathPattern: z.string().refine(isPattern, "is no regular expression"),
  /** Answer with this status instead; nothing takes place. 5xx are HTML as those of the gateway (aic §1.1), unless there is a body. */
  status: z.number().int().min(400).max(599).optional(),
  /** Headers of that answer, e.g. `retry-after`. */
  headers: z.record(z.string(), z.string()).optional(),
  /** JSON of that answer. */
  body: z.record(z.string(), z.unknown()).optional(),
  /** Cut the connection: before the request is handled, after its effect and before the answer, or in the middle of the answer. */
  drop: z.enum(["before", "during", "after"]).optional(),
  /** Spoil the answer: half its text, half its gzip, its own text as HTML, or a page in its place. */
  spoil: z.enum(["truncated", "cut-gzip", "content-type", "page"]).optional(),
  /** Forget all tokens with which the tenant is administered, before the request is handled. */
  revokesTokens: z.boolean().optional(),
  /** Somebody else writes the same document first: a JSON Merge Patch (RFC 7396) of what a GET of the path shows. */
  otherWriter: z.record(z.string(), z.unknown()).optional(),
  /** A list has another page after every page, with another cookie each time, and the same rows. */
  endless: z.boolean().optional(),
  /** Milliseconds to wait first. */
  delayMs: z.number().nonnegative().optional(),
  /** How many requests to strike. @default 1, without limit where there is a probability */
  times: z.number().int().positive().optional(),
  /** How many matching requests to let pass first. @default 0 */
  after: z.number().int().nonnegative().optional(),
  /** Which part of the matching requests to strike, from 0 to 1: by chance, which the seed decides. @default 1 */
  probability: z.number().min(0).max(1).optional(),
});

/** What goes wrong in a run. The first fault that strikes a request is the only one. */
export const faultPlanSchema = z.strictObject({
  faults: z.array(faultSchema),
  /** Where the chances start: the same requests in the same order are struck again. @default 1 */
  seed: z.number().int().optional(),
});

export type Fault = z.output<typeof faultSchema>;
export type FaultPlan = z.output<typeof faultPlanSchema>;

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

/** Faults that are armed, with how often they still let pass and strike. */
export class Faults {
  #armed: (Fault & { pattern: RegExp; passes: number; strikes: number })[] = [];
  #chance = chances(1);

  /** Replaces all faults. */
  arm({ faults, seed = 1 }: FaultPlan): void {
    this.#chance = chances(seed);
    this.#armed = faults.map((fault) => ({
      ...fault,
      pattern: new RegExp(fault.pathPattern),
      passes: fault.after ?? 0,
      strikes: fault.times ?? (fault.probability === undefined ? 1 : Number.POSITIVE_INFINITY),
    }));
  }

  /** The fault that strikes this request, if any. */
  strike(method: string, path: string): Fault | undefined {
    for (const fault of this.#armed) {
      if ((fault.method && fault.method !== method) || !fault.pattern.test(path) || fault.strikes === 0) continue;
      if (fault.passes > 0) {
        fault.passes -= 1;
        continue;
      }
      if (fault.probability !== undefined && this.#chance() >= fault.probability) continue;
      fault.strikes -= 1;
      return fault;
    }
    return undefined;
  }
}

/** Numbers from 0 up to 1 that a seed decides: mulberry32. */
function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
