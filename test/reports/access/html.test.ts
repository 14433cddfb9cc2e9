/** The page about access as text: what it lets a browser do, and names that want to be more than names. */

import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../../src/access/findings.ts";
import type { Row } from "../../../src/access/row.ts";
import { htmlPage } from "../../../src/reports/access/html/page.ts";
import { comparisonOf } from "../../../src/reports/access/report.ts";
import { htmlName } from "../../../src/reports/names.ts";
import { CHANGES, changedText } from "../../access/changes.ts";
import { accessOf } from "../../access/support.ts";

/** A page of a change in which every name is the same. */
function hostilePage(name: string): string {
  const row: Row = {
    agent: { id: name, name },
    flow: "exchange",
    target: { is: "application", id: name, name },
    scope: name,
    subject: { is: "group", name },
    via: [],
    place: { file: name, line: 1, column: 1 },
    grantedBy: name,
  };
  const access = { rows: [row], agents: [{ id: name, name }], people: new Map() };
  const nothing = { rows: [], agents: [], people: new Map() };
  const finding: Finding = {
    ...{ rule: "never", severity: "high", about: { id: name, name }, what: name, reason: name, fix: name },
    ...{ grantedBy: name },
  };
  const accepted = { ...finding, entry: { rule: "no-owner" as const, owner: name, reason: name } };
  const findings = { open: [finding], accepted: [accepted], isWhole: false };
  return htmlPage([
    { is: "matrix", title: name, ...access, findings },
    comparisonOf([nothing, access], { title: name, of: "change", base: name, findings }),
  ]);
}

/** What a browser takes for markup: its tags with their attributes' names. */
const markup = (page: string) =>
  [...page.matchAll(/<(\/?[a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g)].map(([, tag, attributes = ""]) => [
    tag,
    attributes.replaceAll(/="[^"]*"/g, ""),
  ]);

test("only the style and the script of the page may run, and nothing may be loaded", () => {
  const page = hostilePage("Bot");
  const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const hashOf = (tag: string) => {
    const [, text = ""] = new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(page) ?? [];
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  };
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    `style-src ${hashOf("style")}`,
    `script-src ${hashOf("script")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ]);
  expect(page).not.toMatch(/\s(?:src|href|style|on[a-z]+)="/);
});

test("whatever the name is, it is no markup", () => {
  const plain = markup(hostilePage("x"));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), (name) => {
      const page = hostilePage(name);
      expect(markup(page).filter(([tag]) => tag !== "small")).toEqual(plain.filter(([tag]) => tag !== "small"));
      expect(htmlName(name)).not.toMatch(/[<>"']|[\p{Cc}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 40 },
  );
});

test("a change of both clouds marks what came and what went", () => {
  for (const { base, changes } of [CHANGES.aic, CHANGES.pingone]) {
    const [added] = changes;
    if (!added) throw new Error("no change");
    const sides = [accessOf(base), accessOf(changedText(base, added))] as const;
    const marks = (before: number, after: number) => {
      const pair = [sides[before] ?? sides[0], sides[after] ?? sides[0]] as const;
      const page = htmlPage([comparisonOf(pair, { title: "dev", of: "change", base: "main" })]);
      return new Set([...page.matchAll(/<tr data-mark="([a-z]+)"/g)].map(([, mark]) => mark));
    };
    expect(marks(0, 1)).toEqual(new Set(["gained", "kept"]));
    expect(marks(1, 0)).toEqual(new Set(["lost", "kept"]));
    expect(marks(0, 0)).toEqual(new Set(["kept"]));
  }
});
