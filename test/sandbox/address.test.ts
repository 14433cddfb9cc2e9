/** Whose issuer and audience it is: the tenant's own address, whatever a request calls it. */
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningSandbox, startSandbox } from "../../src/sandbox/server.ts";
import { assertion, TOKEN_PATH, tokenForm } from "./tenant.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

/** Asks the tenant under another name. */
async function ask(host: string, path: string, form?: string) {
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const method = form === undefined ? "GET" : "POST";
  const sent = request(new URL(path, sandbox.url), { method, headers: { host, ...(form !== undefined && type) } });
  const [answer] = (await once(sent.end(form), "response")) as [IncomingMessage];
  return { status: answer.statusCode, body: (await json(answer)) as Record<string, unknown> };
}

const login = async (host: string, aud: string) =>
  (await ask(host, TOKEN_PATH, tokenForm(await assertion(sandbox, { aud: aud + TOKEN_PATH })))).status;

test.each(["/am/oauth2/alpha", "pingone"])("the issuer of %s does not follow the header Host", async (realm) => {
  const path = realm === "pingone" ? `/${sandbox.pingone.environmentId}/as` : realm;
  const { body } = await ask("evil.example:80", `${path}/.well-known/openid-configuration`);
  expect(body.issuer).toBe(sandbox.url + path);
});

test("an assertion is made out to the tenant's own address, or to a forwarder on this machine, and to no other", async () => {
  expect(await login("evil.example:80", sandbox.url)).toBe(200);
  expect(await login("127.0.0.1:1", "http://127.0.0.1:1")).toBe(200);
  expect(await login("evil.example:80", "http://evil.example:80")).toBe(400);
  expect(await login("127.0.0.1:1", "http://127.0.0.1:2")).toBe(400);
});
