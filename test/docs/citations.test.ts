/** Citations: every section, table row and decision that the project cites is there, and there is one way to cite. */

import { expect, test } from "vitest";
import { sources } from "../support/sources.ts";

const FACTS = "docs/contracts/";
const NOTES = "docs/decisions/";
const pages = new Map(sources([FACTS], [".md"]).map(({ file, text }) => [file.slice(FACTS.length, -3), text]));
const decisions = sources([NOTES], [".md"]).map(({ file }) => file.slice(NOTES.length).slice(0, 4));
const texts = sources(
  ["src", "test", "tools", "infra", "bin", "examples", "stacks", "docs"],
  [".ts", ".mjs", ".js", ".yaml", ".html", ".md"],
).filter(({ file }) => file !== "test/docs/citations.test.ts" && !file.startsWith(FACTS));

const SECTION = "(?:\\d+(?:\\.\\d+)*|[A-Z]\\b)";
const ITEM = `§${SECTION}(?: G\\d+|, complaint \\d+)?`;
/** A page with its sections, and rows of their tables: `aic §2.3, §5.1`, `pingone §3.2, §8 G7`, `pingone §9, complaint 5`. */
const CITATION = new RegExp(`\\b(${[...pages.keys()].join("|")}) (${ITEM}(?:(?:, | and | to )${ITEM})*)`, "g");
/** Sections of standards, which everybody has. */
const STANDARD = /(?:RFC \d+|(?:CIBA|OpenID Connect) Core(?: \d\.\d)?) §\d+(?:\.\d+)*(?:(?:, | and )§\d+(?:\.\d+)*)*/g;
/** What nobody can look up: a section, a complaint or a gap of nothing, or "the contract". */
const DANGLING = /§|\bcomplaint \d|\bgap G\d|\bcontract\b/g;

/** The text with each comment in one piece, since a citation may go on in the next line; standards left out. */
const joined = (text: string) => text.replace(/\s*\n\s*(?:\*|\/\/|#)?\s*/g, " ").replace(STANDARD, "");

/** What can be cited of a page: headings, numbered points (`12.7` is point 7 of section 12), and rows that have a name. */
function targetsOf(page: string): Set<string> {
  const found = new Set<string>();
  let section = "";
  for (const line of page.split("\n")) {
    const [, heading] = line.match(/^#{2,4} (\d+(?:\.\d+)*|[A-Z])\.? /) ?? [];
    const [, point] = line.match(/^(\d+)\. /) ?? [];
    const [, row] = line.match(/^\| (G?\d+) \|/) ?? [];
    section = heading ?? section;
    if (heading) found.add(`§${heading}`);
    if (point) found.add(`§${section}.${point}`);
    if (row) found.add(row.startsWith("G") ? `§${section} ${row}` : `§${section}, complaint ${row}`);
  }
  return found;
}

test("every citation leads to a section, and to the row that it names", () => {
  const known = new Map([...pages].map(([name, text]) => [name, targetsOf(text)]));
  const cited = texts.flatMap(({ file, text }) =>
    [...joined(text).matchAll(CITATION)].flatMap(([, page = "", list = ""]) =>
      [...list.matchAll(new RegExp(ITEM, "g"))].map(([item]) => ({ file, page, item })),
    ),
  );
  expect(cited.length).toBeGreaterThan(400);
  expect(cited.filter(({ page, item }) => !known.get(page)?.has(item))).toEqual([]);
});

test("every decision that is cited is written down", () => {
  const cited = texts.flatMap(({ file, text }) =>
    [...joined(text).matchAll(/\b[Dd]ecisions? (\d+)/g)].map(([, number = ""]) => ({ file, number })),
  );
  expect(cited.length).toBeGreaterThan(5);
  expect(cited.filter(({ number }) => !decisions.includes(number))).toEqual([]);
  expect(new Set(decisions).size).toBe(decisions.length);
});

test("nothing is cited in another way", () => {
  const dangling = texts.flatMap(({ file, text }) => {
    const rest = joined(text).replace(CITATION, "");
    return [...rest.matchAll(DANGLING)].map(
      ({ index }) => `${file}: …${rest.slice(Math.max(0, index - 30), index + 30)}…`,
    );
  });
  expect(dangling).toEqual([]);
});
