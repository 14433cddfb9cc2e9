/** The phone page in a real browser: a person signs in, sees who asks for what, and approves or denies. */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openBrowser, PICTURES } from "../../../../tools/pictures.ts";
import { createWorld, type World } from "../oauth/world.ts";

let world: World;
let browser: Browser;
let page: Page;
let server: ReturnType<typeof serve>;
let address: string;
const complaints: string[] = [];

beforeAll(async () => {
  world = await createWorld();
  server = serve({ fetch: world.tenant.app.fetch, port: 0, hostname: "127.0.0.1" });
  if (!server.listening) await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/__sandbox/phone`;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

beforeEach(async () => {
  await world.provision();
  complaints.length = 0;
  await open({});
});
afterEach(async () => {
  await page.context().close();
  expect(complaints, "nothing in the console").toEqual([]);
});

async function open(options: BrowserContextOptions): Promise<void> {
  await page?.context().close();
  page = await (await browser.newContext(options)).newPage();
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);
}

async function signIn(username: string, password = world.tenant.users[username]?.password ?? ""): Promise<void> {
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("approve: who asks for what, and until when; the card confirms it, and the client gets its token", async () => {
  const id = await world.startOk();
  await signIn("barbara.jensen");
  const card = page.getByRole("article");
  await card.waitFor();
  const [{ id: listed, createdAt, expiresAt }] = await world.pending();
  expect(await card.getByRole("heading").textContent()).toBe("Approved App");
  expect(await card.textContent()).toContain("Share your address?");
  const facts = await card.locator("dt, dd").allTextContents();
  expect(facts.filter((_, index) => index % 2 === 0)).toEqual(["Would get", "Client", "Asked", "Expires", "Request"]);
  expect([facts[1], facts[3], facts[9]]).toEqual(["openid, address", "approved", listed]);
  const times = await card.locator("time").evaluateAll((all) => all.map((one) => one.getAttribute("datetime")));
  expect(times).toEqual([createdAt, expiresAt]);
  await card.getByRole("button", { name: "Approve" }).click();
  await card.getByText("You approved this.").waitFor();
  await page.getByText("Nothing waits for you.").waitFor();
  expect(await card.getByRole("button").count()).toBe(0);
  expect(await page.evaluate("document.activeElement.textContent")).toBe("You approved this.");
  expect((await world.poll(id)).status).toBe(200);
});

test("deny: a request that comes while the page is open shows up by itself; the client is refused", async () => {
  await signIn("barbara.jensen");
  await page.getByText("Nothing waits for you.").waitFor();
  const id = await world.startOk();
  await page.getByRole("button", { name: "Deny" }).click();
  await page.getByRole("article").getByText("You denied this.").waitFor();
  expect((await world.poll(id)).body.error).toBe("access_denied");
});

test("a wrong password shows nothing; another user sees nothing; signing out hides it again", async () => {
  await world.startOk();
  await signIn("barbara.jensen", "wrong");
  await page.getByText("Wrong name or password.").waitFor();
  expect(await page.getByRole("article").count()).toBe(0);
  await signIn("demo.owner");
  await page.getByText("Nothing waits for you.").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Password").waitFor();
  await signIn("barbara.jensen");
  await page.getByRole("article").waitFor();
});

test("a message that looks like markup stays text", async () => {
  const binding_message = "!<img src=x onerror=document.title='owned'>";
  await world.start(await world.requestJwt({ binding_message }));
  await signIn("barbara.jensen");
  const card = page.getByRole("article");
  await card.waitFor();
  expect(await card.textContent()).toContain(binding_message);
  expect(await card.locator("img").count()).toBe(0);
  expect(await page.title()).toBe("Phone of the local tenant");
});

test("a request that was answered elsewhere goes", async () => {
  await world.startOk();
  await signIn("barbara.jensen");
  const card = page.getByRole("article");
  await card.waitFor();
  await world.answer("deny");
  await card.waitFor({ state: "detached" });
});

test.each(Object.entries(PICTURES))(
  "%s: axe finds nothing, buttons are large enough, nothing is wider",
  async (_, options) => {
    await open(options);
    await page.getByLabel("Password").waitFor();
    expect(await violations()).toEqual([]);
    await world.startOk();
    await signIn("barbara.jensen");
    await page.getByRole("article").waitFor();
    expect(await violations()).toEqual([]);
    const sizes = await page
      .getByRole("button")
      .evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
      );
    expect(sizes).toHaveLength(3);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    const paper = await page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor");
    expect(paper === "rgb(255, 255, 255)").toBe(options.colorScheme === "light");
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("You approved this.").waitFor();
    expect(await violations()).toEqual([]);
  },
);

/** What axe finds wrong, as the rules of WCAG 2.2 AA and its best practices say. */
async function violations(): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target).join()]))",
  );
}
