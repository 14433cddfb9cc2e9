/** Anything at all in place of a value: mistakes with places come of it, or it is accepted, and never a crash. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlatform, platforms } from "../../src/platforms.ts";
import { mistakesOf } from "./load.ts";
import { wildDeclarations } from "./wild.ts";

test.for(Object.keys(platforms).filter(isPlatform))("%s", { timeout: 60_000 }, (platform) => {
  const verdicts = new Set<boolean>();
  const property = fc.property(wildDeclarations(platform), (text) => {
    const mistakes = mistakesOf(text);
    verdicts.add(mistakes.length === 0);
    for (const mistake of mistakes) expect(mistake).toMatch(/^1:[1-9]/);
  });
  fc.assert(property, { numRuns: 100, endOnFailure: true });
  expect(verdicts.size).toBe(2); // else they are too wild, or too tame
});
