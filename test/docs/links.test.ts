/** The pages for people: the links, files and commands that they name are there. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { sources } from "../support/sources.ts";

const pages = [
  ...["README.md", "CONTRIBUTING.md", "REVIEW.md", "CHANGELOG.md"].map((file) => ({
    file,
    text: readFileSync(join(projectRoot, file), "utf8"),
  })),
  ...sources(["docs"], [".md"]),
];

/** The anchor of a heading, as GitHub makes it. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading));

test("every relative link of a page leads somewhere", () => {
  const links = pages.flatMap(({ file, text }) =>
    [...text.replace(/```[\s\S]*?```|`[^`\n]*`/g, "").matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(
      ([, to = "", at]) => ({ file, to: join(dirname(file), to || file.replace(/.*\//, "")), at }),
    ),
  );
  expect(links.length).toBeGreaterThan(40);
  const dead = links.filter(({ to, at }) => {
    if (!existsSync(join(projectRoot, to))) return true;
    return at !== undefined && !anchorsOf(readFileSync(join(projectRoot, to), "utf8")).includes(at);
  });
  expect(dead).toEqual([]);
});

test("every page is reached from the README, or from a page that is", () => {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    const text = pages.find((page) => page.file === file)?.text ?? "";
    for (const [, to = ""] of text.matchAll(/\]\((?![a-z]+:)([^)#\s]+\.md)/g)) visit(join(dirname(file), to));
  };
  visit("README.md");
  // Decisions are reached by their number, wherever one is cited.
  const notes = pages.filter(({ file }) => !file.startsWith("docs/decisions/"));
  expect(notes.map(({ file }) => file).filter((file) => !reached.has(file))).toEqual([]);
});

test("the layout names every folder, and none that is not there", () => {
  const architecture = pages.find(({ file }) => file === "docs/architecture.md");
  const layout = architecture?.text.match(/## Layout\n([\s\S]*?)\n## /)?.[1] ?? "";
  const named = [...layout.matchAll(/`([\w./-]+)`(?=.*\|$)/gm)]
    .map(([, path = ""]) => path)
    .filter((path) => path.includes("/"));
  expect(named.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  const folders = readdirSync(join(projectRoot, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(named).toEqual(expect.arrayContaining(folders.map(({ name }) => `src/${name}/`)));
});

test("every file and command that a page names is there", () => {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  // Pages of facts name files of other repositories.
  const ours = pages.filter(({ file }) => !file.startsWith("docs/contracts/"));
  const missing = ours.flatMap(({ file, text }) => {
    const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].filter(([, script = ""]) => !(script in scripts));
    const files = [...text.matchAll(/`((?:src|test|docs|infra|tools)\/[\w./-]+)`/g)];
    const gone = files.filter(([, path = ""]) => !existsSync(join(projectRoot, path)));
    return [...commands, ...gone].map(([, what]) => `${file}: ${what}`);
  });
  expect(missing).toEqual([]);
});

test("the README is short", () => {
  expect(pages[0]?.text.split("\n").length).toBeLessThan(120);
});
