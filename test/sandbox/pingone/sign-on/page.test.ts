/** The sign-on pages of PingOne in a real browser: a person signs on, reads what the agent asks for, and consents or declines. */

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openBrowser, PICTURES } from "../../../../tools/pictures.ts";
import { type ConsentWorld, createConsentWorld, TEXT } from "./world.ts";

let world: ConsentWorld;
let browser: Browser;
let page: Page;
let application: Server;
let callback: string;
let client: { readonly id: string; readonly secret: string };
let days = 0;
const complaints: string[] = [];

beforeAll(async () => {
  world = await createConsentWorld();
  // The application that the user comes from, and goes back to.
  application = createServer((_request, response) => response.end("<title>Back</title>"));
  await once(application.listen(0, "127.0.0.1"), "listening");
  callback = `http://127.0.0.1:${(application.address() as AddressInfo).port}/callback`;
  client = await world.application("page", { redirectUris: [callback] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  application?.close();
  await world?.stop();
});

beforeEach(async () => {
  // Whoever consented in a test before is asked again.
  days += 200;
  await world.control("clock", { reset: true });
  await world.control("clock", { advanceSeconds: days * 86_400 });
  complaints.length = 0;
  await open({});
});
afterEach(async () => {
  await page.context().close();
  expect(complaints, "nothing in the console").toEqual([]);
});

async function open(options: BrowserContextOptions): Promise<void> {
  await page?.context().close();
  page = await (await browser.newContext({ locale: "en", ...options })).newPage();
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const asked = world.asked({ client_id: client.id, redirect_uri: callback }) as Record<string, string>;
  await page.goto(`${world.issuer}/authorize?${new URLSearchParams(asked)}`);
}

async function signOn(password = world.barbara.password): Promise<void> {
  await page.getByLabel("User name").fill(world.barbara.username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign on" }).click();
}

/** What the application was told. */
async function told(): Promise<URLSearchParams> {
  await page.waitForURL(`${callback}**`);
  return new URL(page.url()).searchParams;
}

test("consent: the text as it was written, and back to the application with a code", async () => {
  await signOn();
  await page.getByRole("heading", { name: "Agent <consent>" }).waitFor();
  expect(await page.getByRole("region", { name: "Agreement" }).textContent()).toBe(TEXT);
  expect(await page.locator("main script").count()).toBe(0);
  await page.getByRole("button", { name: "Agree" }).click();
  const redirect_uri = callback;
  expect((await world.redeem((await told()).get("code"), { redirect_uri }, client)).status).toBe(200);
});

test("decline: back to the application without a code", async () => {
  await signOn();
  await page.getByRole("button", { name: "Decline" }).click();
  const said = await told();
  expect([said.get("code"), said.get("error"), said.get("state")]).toEqual([null, "access_denied", "s1"]);
});

test("a wrong password is said, and the page waits for another one", async () => {
  await signOn("wrong");
  await page.getByRole("alert").getByText("Wrong user name or password.").waitFor();
  await signOn();
  await page.getByRole("button", { name: "Agree" }).waitFor();
});

test("all of it by the keyboard", async () => {
  expect(await page.evaluate("document.activeElement.name"), "where one begins to type").toBe("username");
  await page.keyboard.type(world.barbara.username);
  await page.keyboard.press("Tab");
  await page.keyboard.type(world.barbara.password);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Agree" }).waitFor();
  for (const role of ["region", null, null]) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe(role);
  }
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Decline");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  expect((await told()).get("code")).toEqual(expect.any(String));
});

test.each(Object.entries(PICTURES))(
  "%s: axe finds nothing, buttons are large enough, nothing is wider",
  async (_, options) => {
    await open(options);
    await page.getByLabel("Password").waitFor();
    await looksRight(1);
    await signOn();
    await page.getByRole("button", { name: "Agree" }).waitFor();
    await looksRight(2);
    const paper = await page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor");
    expect(paper === "rgb(255, 255, 255)").toBe(options.colorScheme === "light");
  },
);

async function looksRight(buttons: number): Promise<void> {
  expect(await violations()).toEqual([]);
  const sizes = await page
    .getByRole("button")
    .evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
    );
  expect(sizes).toHaveLength(buttons);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
}

/** What axe finds wrong, as the rules of WCAG 2.2 AA and its best practices say. */
async function violations(): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target).join()]))",
  );
}
