/** Every file opens with a comment that says in a sentence what it is. */

import { expect, test } from "vitest";
import { sources } from "../support/sources.ts";

const files = sources(["src", "test", "tools", "infra", "bin", "examples"], [".ts", ".mjs", ".js", ".html"]);

/** The first comment, without its marks, and what stands in the line below. */
function opening(text: string): { said: string; next: string } {
  const [, block, line, html, next = ""] =
    text.match(
      /^(?:#!.*\n)?(?:<!doctype html>\n)?(?:\/\*\*?([\s\S]*?)\*\/|((?:\/\/.*\n)+)|<!--([\s\S]*?)-->)\n?(.*)/i,
    ) ?? [];
  const said = (block ?? line ?? html ?? "").replace(/^[\s*/]+|\s*\n[\s*/]*/gm, " ").trim();
  return { said, next };
}

test("with a sentence", () => {
  const silent = files.filter(({ text }) => !/^["`'A-Z0-9\p{Lu}].*\S \S.*(?:\.|:)(?: |$)/u.test(opening(text).said));
  expect(silent.map(({ file, text }) => `${file}: ${opening(text).said}`)).toEqual([]);
});

test("which is about the file, not about its first declaration", () => {
  const ofSomethingElse = files.filter(
    ({ text }) => !/^(?:$|\/\*\*|import |export (?:\*|\{|type \{))/.test(opening(text).next),
  );
  expect(ofSomethingElse.map(({ file, text }) => `${file}: ${opening(text).next}`)).toEqual([]);
});
