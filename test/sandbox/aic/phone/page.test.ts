/** The phone page in a real browser: a person signs in, sees who asks for what, and approves or denies. */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openBrowser } from "../../../../tools/pictures.ts";
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
  page = await (await browser.newContext()).newPage();
  complaints.length = 0;
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);
});
afterEach(() => page.context().close());

async function signIn(username: string, password = world.tenant.users[username]?.password ?? ""): Promise<void> {
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("approve: who asks, the message and the scopes are shown; the client gets its token", async () => {
  const id = await world.startOk();
  await signIn("barbara.jensen");
  const card = page.getByRole("article");
  await card.waitFor();
  expect(await card.textContent()).toContain("approved asks for your approval");
  expect(await card.textContent()).toContain("Share your address?");
  expect(await card.textContent()).toContain("openid, address");
  await card.getByRole("button", { name: "Approve" }).click();
  await page.getByText("Nothing waits for you.").waitFor();
  expect(await page.getByRole("status").textContent()).toBe("Approved.");
  expect((await world.poll(id)).status).toBe(200);
  expect(complaints.filter((text) => !text.includes("401"))).toEqual([]);
});

test("deny: a request that comes while the page is open shows up by itself; the client is refused", async () => {
  await signIn("barbara.jensen");
  await page.getByText("Nothing waits for you.").waitFor();
  const id = await world.startOk();
  await page.getByRole("button", { name: "Deny" }).click();
  await page.getByText("Denied.").waitFor();
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
