/** The page about access in a real browser: read, filtered, by keyboard, by a screen reader, with hostile names, at 500 agents. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Access } from "../../../src/access/access.ts";
import type { Finding } from "../../../src/access/findings.ts";
import type { Row } from "../../../src/access/row.ts";
import { htmlPage } from "../../../src/reports/access/html/page.ts";
import { comparisonOf } from "../../../src/reports/access/report.ts";
import { projectRoot } from "../../../tools/bootstrap/paths.mjs";
import { openBrowser, PICTURES, picture, pictured } from "../../../tools/pictures.ts";
import * as published from "../../access/published.ts";

let browser: Browser;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
afterEach(() => page?.context().close());

async function open(html: string, options: BrowserContextOptions = PICTURES.light): Promise<void> {
  page = await (await browser.newContext(options)).newPage();
  complaints.length = 0;
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => complaints.push(request.url()));
  await page.setContent(html);
}

const column = (name: "people" | "agents" | "targets" | "scopes") =>
  page.locator(`.${name} .node:visible .label`).allTextContents();
const status = () => page.getByRole("status").textContent();
const lines = () => page.locator("tr[data-nodes]:visible").count();

/** What axe finds wrong, as the rules of WCAG 2.2 AA and its best practices say. */
async function violations(): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target).join()]))",
  );
}

describe("two versions", () => {
  test("what came and what went is marked, and each version is shown by itself", async () => {
    await open(pictured());
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Access: dev against main");
    expect(await page.locator(".verdicts tbody tr").allInnerTexts()).toEqual([
      "Digital Assistant AI Agent\tmore\t2 people × 1 scope × 1 target\t3 people × 2 scopes × 1 target",
      "Bot Traffic Analyzer Agent\tless\titself × 3 scopes × 2 targets\titself × 2 scopes × 2 targets",
    ]);
    expect(await page.locator(".scopes .node:has(.gained) .label").allTextContents()).toEqual(["write-data"]);
    expect(await page.locator(".scopes .node:has(.lost) .label").allTextContents()).toEqual(["logs-search"]);
    expect(await page.locator("svg path.gained").count()).toBe(2);
    expect(await page.locator("svg path.lost").count()).toBe(2);
    await page.getByLabel("Before").check();
    expect(await column("scopes")).not.toContain("write-data");
    expect(await column("people")).toContain("barbara.jensen");
    await page.getByLabel("After").check();
    expect(await column("scopes")).toContain("write-data");
    expect(await column("people")).not.toContain("barbara.jensen");
    await page.getByLabel("Changes").check();
    expect(await status()).toBe("4 of 9 lines");
    expect(complaints).toEqual([]);
  });

  test("what the change lets rules find stands before the graph", async () => {
    await open(pictured());
    expect(await page.locator(".findings").innerText()).toBe(
      [
        "Findings, 2 low",
        "low reads-and-writes: what the agent reads can make it write: a text that it is given is an order to it",
        'Digital Assistant AI Agent: reads ("read-data") and writes ("write-data") (stacks/dev.yaml:90)',
        "Next: split the agent: one reads, and one writes after the user's approval",
        "low unused-scope: an agent that is taken over can use what it does not need",
        'Digital Assistant AI Agent: no tool needs "write-data": take it away, or say which tool does (stacks/dev.yaml:90)',
        "Next: take the scope away, or say which tool needs it",
      ].join("\n"),
    );
    const [findings, graph] = [page.locator(".findings"), page.locator(".graph")];
    expect((await findings.boundingBox())?.y).toBeLessThan((await graph.boundingBox())?.y ?? 0);
  });

  test("what is selected is left with all that leads through it, and the tokens on the way", async () => {
    await open(pictured());
    await page.getByRole("button", { name: "write-data" }).click();
    expect(await column("agents")).toEqual(["Digital Assistant AI Agent"]);
    expect(await lines()).toBe(2);
    const tokens = page.locator("tr:visible", { hasText: "demo.owner" }).locator(".hops li");
    expect(await tokens.locator("dd").allTextContents()).toEqual([
      ...["demo.owner", "none", "that application"],
      ...["demo.owner", "digital-assistant-ai-agent", "digital-assistant-ai-agent, digital-assistant-web-app"],
    ]);
  });

  test("the keyboard is enough", async () => {
    await open(pictured());
    await page.keyboard.press("/");
    await page.keyboard.type("logs search");
    expect(await status()).toBe("1 of 9 lines");
    await page.keyboard.press("Escape");
    expect(await status()).toBe("9 of 9 lines");
    await page.locator(".people .node").first().focus();
    for (const key of ["ArrowRight", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    expect(await page.locator(".node[aria-pressed=true] .label").textContent()).toBe("Bot Traffic Analyzer Agent");
  });
});

test.each(Object.entries(PICTURES))(
  "%s: axe finds nothing, and nothing is wider than the window",
  async (name, options) => {
    await open(pictured(), options);
    expect(await violations()).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
      name === "dark" ? "rgb(20, 23, 27)" : "rgb(251, 251, 250)",
    );
    expect((await page.locator("svg path").count()) > 0).toBe(name !== "narrow");
  },
);

test.each(Object.entries(PICTURES))(
  "%s: the picture of the documentation is there, small, and of its size",
  async (name, options) => {
    const [shown, made] = [
      readFileSync(join(projectRoot, "docs", "pictures", `access-${name}.png`)),
      await picture(browser, pictured(), options),
    ];
    const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(sizeOf(shown)).toEqual(sizeOf(made));
    expect(shown.length).toBeLessThan(200_000);
  },
);

describe("chains", () => {
  const stacks = () =>
    htmlPage(
      [published.signsUsersIn, published.autonomousTool, published.onBehalfOf, published.chain].map((access) => ({
        ...{ is: "matrix" as const, title: access.name },
        ...access(),
      })),
    );
  const one = (access: Access) => htmlPage([{ is: "matrix", title: "dev", ...access }]);

  test("who hands a token on is selected with all that comes of it, and an arrow leads on", async () => {
    await open(one(published.autonomousTool()));
    await page.getByRole("button", { name: "CRM Agent" }).click();
    expect(await lines()).toBe(2);
    expect(await column("agents")).toEqual(["CRM Agent", "Gateway Extension"]);
    expect(await column("targets")).toEqual(["Agent Gateway", "Supply Chain MCP Tool"]);
    // From nobody to the agent, from it to the gateway and to the extension, from that to the tool, and the scope of each.
    expect(await page.locator("svg path").count()).toBe(6);
  });

  test("the tokens on the way say who is meant, who acts and for whom they are", async () => {
    await open(one(published.chain()));
    await page.getByRole("searchbox").fill("anyone server then");
    expect(await status()).toBe("1 of 21 lines");
    const tokens = page.locator("tr:visible .hops li");
    expect(await tokens.locator(".holder").allTextContents()).toEqual([
      ...["the user's application", "Support Agent", "Gateway Extension", "Order Status Agent", "Gateway Extension"],
    ]);
    expect(await tokens.last().locator("dd").allTextContents()).toEqual([
      ...["any user", "extension after order after extension after support", "audience of Order Status MCP Server"],
    ]);
  });

  test("a change marks the tokens that may be handed on from now", async () => {
    const after = published.autonomousTool();
    const before = { ...after, rows: after.rows.filter(({ subject }) => subject.is !== "client") };
    await open(htmlPage([comparisonOf([before, after], { title: "dev", of: "change", base: "main" })]));
    await page.getByLabel("Changes").check();
    expect(await status()).toBe("1 of 3 lines");
    expect(await column("agents")).toEqual(["Gateway Extension", "CRM Agent"]);
  });

  test.each(Object.entries(PICTURES))(
    "%s: axe finds nothing, and nothing is wider than the window",
    async (_name, options) => {
      await open(stacks(), options);
      expect(await violations()).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
      expect(complaints.filter((text) => !text.startsWith("about:"))).toEqual([]);
    },
  );
});

const row = (agent: string, target: string, group: string, scope = "read"): Row => ({
  agent: { id: agent, name: agent },
  flow: "exchange",
  target: { is: "application", id: target, name: target },
  ...{ scope, subject: { is: "group", name: group }, via: [], grantedBy: "privilege/1" },
});
const matrix = (rows: readonly Row[]) =>
  htmlPage([{ is: "matrix", title: "dev", rows, agents: rows.map(({ agent }) => agent), people: new Map() }]);

test.each([
  ["<script>document.title='owned'</script>", "<script>document.title='owned'</script>"],
  ["</style><img src=x onerror=document.title='owned'>", "</style><img src=x onerror=document.title='owned'>"],
  ["\"'><b onclick=alert(1)>`a|b`", "\"'><b onclick=alert(1)>`a|b`"],
  ["txt\u202Egnp.exe\u200F", "txt<U+202E>gnp.exe<U+200F>"],
])("the name %j is shown, and does nothing", async (name, shown) => {
  await open(matrix([row(name, name, name, name)]));
  expect(await column("agents")).toEqual([shown]);
  expect(await column("targets")).toEqual([shown]);
  expect(await column("scopes")).toEqual([shown]);
  expect(await page.title()).toBe("Access: dev");
  expect(await page.locator("main :is(script, img, b, style)").count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("what gets into the page all the same may not run, and loads nothing", async () => {
  await open(matrix([row("Bot", "Shop", "staff")]).replace("<main>", "<main><script>document.title='owned'</script>"));
  expect(await page.title()).toBe("Access: dev");
  expect(complaints.join("\n")).toMatch(/Content Security Policy/);
});

test("many findings are folded, and told by their number", async () => {
  const finding = (at: number): Finding => ({
    ...{ rule: "no-owner", severity: "medium", about: { id: `${at}`, name: `Agent ${at}` }, what: "has no owner" },
    ...{ reason: "nobody can be asked", fix: "name owners" },
  });
  const pageOf = (count: number) =>
    htmlPage([
      {
        ...{ is: "matrix", title: "dev", rows: [row("Bot", "Shop", "staff")], agents: [], people: new Map() },
        findings: { open: Array.from({ length: count }, (_one, at) => finding(at)), accepted: [], isWhole: false },
      },
    ]);
  await open(pageOf(500));
  expect(await page.locator(".findings").innerText()).toBe("Findings, 500 medium");
  await page.getByText("Findings, 500 medium").click();
  expect(await page.locator(".findings ul ul li:visible").count()).toBe(501);
  await open(pageOf(11));
  expect(await page.locator(".findings ul ul li:visible").count()).toBe(12);
});

test("500 agents: columns are folded, and a selection is followed through all of them", async () => {
  const rows = Array.from({ length: 1500 }, (_one, at) =>
    row(`Agent ${at % 500}`, `App ${at % 61}`, `group-${at % 40}`),
  );
  await open(matrix(rows));
  expect([(await column("agents")).length, await lines()]).toEqual([24, 100]);
  await page.getByRole("button", { name: "Show all 1,500 lines" }).click();
  expect(await lines()).toBe(1500);
  expect(await page.locator(".hint").textContent()).toBe("Select something, or filter, to see how it is connected.");
  await page.getByRole("searchbox").fill("agent 417");
  expect(await column("agents")).toEqual(["Agent 417"]);
  expect(await column("targets")).toHaveLength(3);
  expect(await page.locator("svg path").count()).toBe(8);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.locator(".agents").getByRole("button", { name: "Show 476 more" }).click();
  expect(await column("agents")).toHaveLength(500);
});

test("500 agents whose tokens one gateway exchanges: one of them is followed to the tool", async () => {
  const [handed] = published.autonomousTool().rows.filter(({ subject }) => subject.is === "client");
  if (!handed) throw new Error("no chain");
  const rows = Array.from({ length: 500 }, (_one, at): Row => {
    const client = { id: `agent-${at}`, name: `Agent ${at}` };
    return { ...handed, subject: { is: "client", ...client } };
  });
  await open(matrix(rows));
  expect(await page.locator(".hint").textContent()).toBe("Select something, or filter, to see how it is connected.");
  await page.getByRole("searchbox").fill("agent-417");
  expect(await column("agents")).toEqual(["Gateway Extension", "Agent 417"]);
  expect(await page.locator("svg path").count()).toBe(4);
});
