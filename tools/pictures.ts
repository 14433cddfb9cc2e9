#!/usr/bin/env node
/**
 * Makes the pictures that the documentation shows, of the page about access and of a comment, with the browser of this machine.
 * Usage: node tools/pictures.ts [FOLDER], by default docs/pictures
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { marked } from "marked";
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
import { changeFindings, type Subject } from "../src/cli/access/findings.ts";
import { parseDeclaration } from "../src/declaration/load.ts";
import { checkDeclaration, declaredAccess } from "../src/platforms.ts";
import { htmlPage } from "../src/reports/access/html/page.ts";
import { comparisonOf } from "../src/reports/access/report.ts";
import { browserHint, findBrowser } from "./bootstrap/browser.mjs";
import { projectRoot } from "./bootstrap/paths.mjs";

/** The pictures by their names: how large the window is, and what the reader prefers. */
export const PICTURES = {
  light: { viewport: { width: 1280, height: 920 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 920 }, colorScheme: "dark" },
  narrow: { viewport: { width: 390, height: 1100 }, colorScheme: "light" },
} as const satisfies Record<string, BrowserContextOptions>;

/** The browser of this machine, without a window. @throws Error where there is none */
export function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  // A test that could not run must not look like one that passed.
  if (!executablePath) throw new Error(`no browser: ${browserHint}`);
  const quiet = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];
  return chromium.launch({ executablePath, args: ["--no-sandbox", ...quiet] });
}

/** What the pictures show: a pull request that adds a scope, swaps a user and takes a scope away. */
export function pictured(): string {
  const file = "stacks/dev.yaml";
  const text = readFileSync(join(projectRoot, file), "utf8");
  const changed = text
    .replace("scopes: [read-data]", "scopes: [read-data, write-data]")
    .replace("subjects: [barbara.jensen]", "subjects: [demo.owner]")
    .replaceAll("        scopes: [logs-read, logs-search]", "        scopes: [logs-read]");
  const subjectOf = (written: string): Subject => {
    const parsed = parseDeclaration(written, file);
    const of = { ...parsed, declaration: checkDeclaration(parsed) };
    return { of, access: declaredAccess(of.declaration, of.placeOf) };
  };
  const [before, after] = [subjectOf(text), subjectOf(changed)];
  const findings = { ...changeFindings(after, before, []), isWhole: false };
  const said = { title: "dev", of: "change", base: "main", findings } as const;
  return htmlPage([comparisonOf([before.access, after.access], said)]);
}

/** As wide as a comment on a pull request. */
const COMMENT = {
  viewport: { width: 900, height: 700 },
  colorScheme: "light",
} as const satisfies BrowserContextOptions;

/** The report of a pull request with two stacks as a comment of GitHub looks, with its plans open. */
function comment(): string {
  const report = readFileSync(join(projectRoot, "test", "reports", "preview", "recorded", "two-stacks.md"), "utf8");
  const style = readFileSync(
    fileURLToPath(import.meta.resolve("github-markdown-css/github-markdown-light.css")),
    "utf8",
  );
  const html = String(marked.parse(report, { async: false })).replaceAll(
    "<details><summary>The plan",
    "<details open><summary>The plan",
  );
  return `<!doctype html><meta charset="utf-8"><style>${style} .markdown-body { padding: 24px }</style><body class="markdown-body">${html}`;
}

/** A picture of a page, as PNG. @param isWhole whether it shows what is below the window, too */
export async function picture(
  browser: Browser,
  html: string,
  options: BrowserContextOptions,
  isWhole = false,
): Promise<Buffer> {
  const page = await (await browser.newContext(options)).newPage();
  await page.setContent(html);
  const shot = await page.screenshot({ animations: "disabled", fullPage: isWhole });
  await page.context().close();
  return shot;
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const folder = argv[2] ?? join(projectRoot, "docs", "pictures");
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  for (const [name, options] of Object.entries(PICTURES)) {
    writeFileSync(join(folder, `access-${name}.png`), await picture(browser, pictured(), options));
  }
  writeFileSync(join(folder, "pull-request.png"), await picture(browser, comment(), COMMENT, true));
  await browser.close();
}
