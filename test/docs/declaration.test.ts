/** The reference of the declaration: up to date, complete, and no field of PingOne's console is missing in it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { applicationSettings } from "../../src/providers/pingone/application-settings.ts";
import { modelledProperties } from "../../src/providers/pingone/properties.ts";
import { resourceSettings } from "../../src/providers/pingone/resource.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { writtenSchemas } from "../../tools/schema/fields.ts";
import { referencePage } from "../../tools/schema/page.ts";

const read = (file: string) => readFileSync(join(projectRoot, file), "utf8");
const page = read("docs/declaration.md");

test("is up to date; npm run schema makes it so", () => {
  expect(referencePage(writtenSchemas())).toBe(page);
});

test("has a row for every field, none without a type and a word about it", () => {
  const rows = page.split("\n").filter((line) => /^\| \[?`/.test(line));
  expect(rows.length).toBeGreaterThan(250);
  const bare = rows.filter(
    (row) => !/^\|[^|]+\| [^|]+ \|(?:[^|\\]|\\.)*\|(?:[^|\\]|\\.)*\| \S(?:[^|\\]|\\.)* \|$/.test(row),
  );
  expect(bare).toEqual([]);
});

const facts = read("docs/contracts/pingone.md");
/** The rows of the tables below a heading, with their cells. */
const rowsBelow = (heading: string, next: string) =>
  facts
    .slice(facts.indexOf(`\n${heading}`), facts.indexOf(`\n${next}`))
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((text) => text.trim()),
    );
/** The properties that a cell names; what begins with a capital is a path or a word. */
const propertiesIn = (cell = "") => [...cell.matchAll(/`([a-z][A-Za-z0-9]*)/g)].map(([, name = ""]) => name);

test("every property of PingOne's console is declared by a field", () => {
  const rows = rowsBelow("#### Overview tab", "#### Remaining console items");
  const console = new Set(rows.flatMap(([, cell]) => propertiesIn(cell)));
  expect(console.size).toBeGreaterThan(40);
  const declared = [
    ...modelledProperties(z.strictObject(applicationSettings)),
    ...["name", "icon"], // fields of their own
    ...["type", "protocol", "assignActorRoles", "clientId", "id", "environment"], // what the kit or PingOne sets
    "clientSecret", // of an imported application, which the console does not have
    "accessTokenValiditySeconds", // of a resource, below
  ];
  expect([...console].filter((name) => !declared.includes(name))).toEqual([]);
  expect(modelledProperties(z.strictObject(resourceSettings))).toContain("accessTokenValiditySeconds");
});

test("of two durations nobody knows the property, which the page says", () => {
  const unknown = rowsBelow("#### Configuration tab", "#### Resources tab").filter(
    ([, cell]) => cell === "**no property found**",
  );
  const names = unknown.map(([name]) => name ?? "");
  expect(names).toEqual(["ID Token Duration", "PingOne API Access Token Duration"]);
  for (const name of names) expect(page).toContain(name);
});
