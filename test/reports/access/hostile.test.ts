/** Names that want to be more than names, in every format: of agents, scopes, people, applications. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVERY_SCOPE, type Row } from "../../../src/access/row.ts";
import { type Format, render } from "../../../src/reports/access/render.ts";
import { comparisonOf } from "../../../src/reports/access/report.ts";
import { markdownName, mermaidName, visible } from "../../../src/reports/names.ts";

/** A row in which every name is the same. */
const row = (name: string): Row => ({
  agent: { id: name, name },
  flow: "exchange",
  target: { is: "application", id: "app", name },
  scope: name,
  subject: { is: "group", name },
  via: [
    {
      ...{ id: "other", name },
      target: { is: "application", id: "app", name },
      claims: { sub: "user", act: ["other"] },
    },
  ],
  place: { file: name, line: 1, column: 1 },
  grantedBy: `privilege/${name}`,
});

const access = (name: string) => ({ rows: [row(name)], agents: [{ id: "bot", name }], people: new Map() });
const nothing = { rows: [], agents: [], people: new Map() };
const matrix = (name: string, format: Format) => render([{ is: "matrix", title: name, ...access(name) }], format);
const change = (name: string, format: Format) =>
  render([comparisonOf([nothing, access(name)], { title: name, of: "change", base: name })], format);
const formats: readonly Format[] = ["text", "markdown", "mermaid"];

const wild = [
  ...["<script>alert(1)</script>", "a|b", "`rm -rf`", "**bold**", "[a](https://evil.example.com)", "![x](y)", "\\|"],
  ...[
    "https://evil.example.com",
    "www.evil.example.com",
    "@everyone",
    "a\nb",
    "a\r\n| b | c |",
    "\u202Etxt.exe",
    "~~a~~",
  ],
  ...[
    "\u200B",
    "\u001B[31mred",
    "\u2028",
    '"] --> x',
    "end",
    "# title",
    "- [ ] task",
    "<!-- a",
    "--> b",
    "$x$",
    "&lt;",
  ],
];

test.each(wild)("%j", (name) => {
  for (const format of formats) {
    for (const text of [matrix(name, format), change(name, format)]) {
      const plain = format === "text" ? text : text.replaceAll(/<br>|<!-- -->/g, "");
      expect(plain).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      if (format === "text") continue;
      expect(plain.replaceAll("-->", "")).not.toMatch(/(?<![\\=.-])</);
      expect(plain).not.toMatch(/(?<!\\)`(?!``mermaid|``\n)(?<!``)/);
    }
  }
});

describe("whatever the name is", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 });
  const columns = (line: string) => line.split(/(?<!(?<!\\)(?:\\\\)*\\)\|/).length;

  test("it makes no line, and no column of a table", () => {
    fc.assert(
      fc.property(name, (one) => {
        for (const format of formats) {
          const [plain, hostile] = [matrix("x", format), matrix(one, format)].map((text) => text.split("\n"));
          if (format !== "text") expect(hostile?.length).toBe(plain?.length);
          const tables = (hostile ?? []).filter((line) => line.startsWith("|"));
          if (format === "markdown") expect(tables.map(columns)).toEqual([7, 7, 7]);
        }
      }),
    );
  });

  test("nothing of Markdown or Mermaid is left to mean something", () => {
    fc.assert(
      fc.property(name, (one) => {
        const bare = markdownName(one)
          .replaceAll("<!-- -->", "")
          .replaceAll(/\\[\\`*_{}[\]()#+!|~$]/g, "");
        expect(bare).not.toMatch(/[\\`*_{}[\]<>|~$]/);
        expect(mermaidName(one)).toMatch(/^(?:[\p{L}\p{N} .,:/_()'-]|#\d+;)*$/u);
        expect(visible(one)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

test("JSON has names as they are", () => {
  const name = '<script>"\u202E\n';
  const { environments } = JSON.parse(matrix(name, "json"));
  expect(environments[0].rows[0]).toMatchObject({ agent: { name }, scope: name, subject: { name } });
});

describe("mermaid", () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_one, index) => ({
      ...row(`app ${index}`),
      via: [],
      target: { is: "application" as const, id: `app-${index}`, name: `App ${index}` },
    }));
  const print = (count: number) =>
    render([{ is: "matrix", title: "dev", rows: rows(count), agents: [], people: new Map() }], "mermaid");

  test("draws up to 30 arrows, and is a table beyond", () => {
    expect(print(30).match(/-->/g)).toHaveLength(30);
    expect(print(31)).toMatch(/^\| Agent \|/);
  });

  test("every scope of an application is said so", () => {
    const all = { ...row("Bot"), scope: EVERY_SCOPE };
    expect(render([{ is: "matrix", title: "dev", rows: [all], agents: [], people: new Map() }], "mermaid")).toContain(
      '"every scope<br>',
    );
  });
});
