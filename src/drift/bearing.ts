/** How a field bears on security: what more of it means, and what less. Every field of every kind has one. Pure. */

import { isDeepStrictEqual } from "node:util";
import type { Class, Verdict } from "./finding.ts";

/** What a change of a field means. */
export type Bearing = (was: unknown, is: unknown) => Verdict;

/** Bearings of the fields of an object; `*` is that of all others. */
export type Bearings = { readonly [field: string]: Bearing | Bearings };

type Way = "more" | "less" | "other";

type Options = {
  /** What a field means that is not there. @default the least of it */
  readonly absent?: "most" | "least";
  /** What an empty list means. @default the least of it */
  readonly empty?: "most" | "least";
  /** True where 0 stands for a value that is said elsewhere, so that nobody can tell which is more. @default false */
  readonly zeroIsElsewhere?: boolean;
  /** Of a change that widens or loosens. */
  readonly class?: Class;
};

/** A field of which more gives more: entries of a list, a longer time, `true`. What cannot be compared counts as more. */
export function reach(more: string, less: string, options: Options = {}): Bearing {
  const worse: Verdict = { class: options.class ?? "widened", means: more };
  return (was, is) => (wayOf(was, is, options) === "less" ? { class: "narrowed", means: less } : worse);
}

/** A field of which more holds back more. What cannot be compared counts as less. */
export function limit(less: string, more: string, options: Options = {}): Bearing {
  const worse: Verdict = { class: options.class ?? "weakened", means: less };
  return (was, is) => (wayOf(was, is, options) === "more" ? { class: "narrowed", means: more } : worse);
}

/** Words, or several that are worth the same. */
type Step = string | readonly string[];

/**
 * A field whose words stand in an order, the weakest first. A word that is not among them counts as weaker.
 *
 * @param other of a word that is worth the same
 */
export function ladder(steps: readonly Step[], weaker: string, stronger: string, other = stronger): Bearing {
  const stepOf = (value: unknown) => steps.findIndex((step) => [step].flat().includes(String(value)));
  return (was, is) => {
    const [before, after] = [stepOf(was), stepOf(is)];
    if (before < 0 || after < before) return { class: "weakened", means: weaker };
    return { class: "narrowed", means: after > before ? stronger : other };
  };
}

/** A field that protects, or decides who is who: nobody can say of a change that it is harmless. */
export const guard =
  (means: string): Bearing =>
  () => ({ class: "weakened", means });

/** A secret or key. */
export const credential =
  (means: string): Bearing =>
  () => ({ class: "replaced", means });

/** What people read, and what changes no token. */
export const label =
  (means = "people read something else"): Bearing =>
  () => ({ class: "cosmetic", means });

/** The bearing of a field; of a section that is there or not as a whole, that of its other fields. */
export function bearingAt(bearings: Bearings, path: readonly string[]): Bearing | undefined {
  const [key = "*", ...rest] = path;
  const found = Object.hasOwn(bearings, key) ? bearings[key] : bearings["*"];
  return typeof found === "object" ? bearingAt(found, rest) : found;
}

const MOST = Number.POSITIVE_INFINITY;
const LEAST = Number.NEGATIVE_INFINITY;

/** Which way a value has gone. */
function wayOf(was: unknown, is: unknown, options: Options): Way {
  const [before, after] = [rankOf(was, options), rankOf(is, options)];
  if (before !== undefined && after !== undefined) return after > before ? "more" : "less";
  // Against all or nothing whatever else there is has an order, too.
  if (before === MOST || after === LEAST) return "less";
  if (before === LEAST || after === MOST) return "more";
  const [old, now] = [listOf(was), listOf(is)];
  const isIn = (list: readonly unknown[], one: unknown) => list.some((other) => isDeepStrictEqual(one, other));
  if (now.some((one) => !isIn(old, one))) return "more";
  return old.some((one) => !isIn(now, one)) ? "less" : "other";
}

/** A place in an order; undefined for what has none by itself. */
function rankOf(value: unknown, { absent = "least", empty = "least", zeroIsElsewhere = false }: Options) {
  if (value === undefined || value === null) return absent === "most" ? MOST : LEAST;
  if (Array.isArray(value)) return value.length > 0 ? undefined : empty === "most" ? MOST : LEAST;
  if (value === "all" || value === "any") return MOST;
  if (value === "none") return LEAST;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number") {
    if (value === 0 && zeroIsElsewhere) return undefined;
    return value === -1 ? MOST : value;
  }
  const day = typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(day) ? undefined : day;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
