/** Times in seconds, which people may write with a unit. Pure. */

import { z } from "zod";

/** Seconds of a unit. */
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** The seconds that a number, or a text such as `15m`, stands for; undefined for anything else. */
export function secondsOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const [, count, unit = ""] = typeof value === "string" ? (/^(\d{1,9})([smhd])$/.exec(value) ?? []) : [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? 1);
}

const WORDS = "expected seconds, or a time with its unit: 90s, 15m, 1h or 30d";

/**
 * A time in whole seconds, as a number or with a unit: `90s`, `15m`, `1h`, `30d`. It becomes the number.
 *
 * @param most the longest. @default none
 */
export function seconds(least: number, most?: number) {
  const range = most === undefined ? z.int().min(least) : z.int().min(least).max(most);
  const written = z
    .string()
    .regex(/^\d{1,9}[smhd]$/, WORDS)
    .transform((text) => secondsOf(text) ?? 0);
  return z.union([range, written.pipe(range)], WORDS).meta({ unit: "seconds", examples: ["15m"] });
}
