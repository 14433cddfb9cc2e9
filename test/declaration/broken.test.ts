/**
 * Broken declarations, one mistake a file or a few: each is told at its place, in words that help. A file ends with what is
 * expected of it, a comment for every mistake.
 */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mistakesOf } from "./load.ts";

const folder = new URL("./broken/", import.meta.url);
const files = readdirSync(folder);

test("there are many, on both platforms", () => {
  const of = (platform: string) => files.filter((file) => file.startsWith(`${platform}-`)).length;
  expect([of("aic"), of("pingone")].every((count) => count >= 40)).toBe(true);
  expect(files.length).toBeGreaterThanOrEqual(100);
});

test.for(files)("%s", (file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  const expected = [...text.matchAll(/^# (\d+:\d+ .+)$/gm)].map(([, mistake]) => mistake);
  expect(expected.length).toBeGreaterThan(0);
  expect(mistakesOf(text)).toEqual(expected);
});
