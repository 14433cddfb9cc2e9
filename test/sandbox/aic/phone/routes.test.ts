/** The calls of the phone page: only the user, signed in on the page itself, may answer. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import { type Reply, send } from "../../tenant.ts";
import { createWorld, HOST, type World } from "../oauth/world.ts";

const PHONE = "/__sandbox/phone";
/** What the page is told while nobody is signed in. */
const NOBODY = { user: null, pending: [] };

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.provision());

const call = (method: string, path: string, body?: object, headers: Record<string, string> = { origin: HOST }) =>
  send(world.tenant, `${PHONE}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });

async function signIn(username: string, realm = "alpha"): Promise<Record<string, string>> {
  const password = world.tenant.users[username]?.password ?? "";
  const { status, headers } = await call("POST", "/session", { realm, username, password });
  expect(status).toBe(200);
  return { origin: HOST, cookie: headers.get("set-cookie")?.split(";")[0] ?? "" };
}

test("the page brings all of its own, allows nothing else, and knows no credential", async () => {
  const { status, headers, body } = await call("GET", "");
  expect(status).toBe(200);
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'nonce-[^']+'; style-src 'nonce-[^']+'; connect-src 'self'; img-src data:;/,
  );
  expect(body).not.toMatch(/src=|href="(?!data:,")|https?:/);
  expect(body).not.toContain(world.tenant.controlToken);
  const again = await call("GET", "");
  expect(again.headers.get("content-security-policy"), "a nonce is used once").not.toBe(policy);
});

test("the cookie is out of reach of scripts and of other sites", async () => {
  const password = world.tenant.users["barbara.jensen"]?.password ?? "";
  const { headers } = await call("POST", "/session", { realm: "alpha", username: "barbara.jensen", password });
  expect(headers.get("set-cookie")).toMatch(
    /^sandbox-phone-8080=[\w-]{43}; Path=\/__sandbox\/phone; HttpOnly; SameSite=Strict$/,
  );
});

test("wrong password, unknown user and deactivated user cannot sign in", async () => {
  const password = world.tenant.users["barbara.jensen"]?.password ?? "";
  const attempt = (username: string, given: string) =>
    call("POST", "/session", { realm: "alpha", username, password: given });
  const refused = (reply: Reply) => {
    expect([reply.status, reply.body, reply.headers.get("set-cookie")]).toEqual([200, { signedIn: false }, null]);
  };
  refused(await attempt("barbara.jensen", "wrong"));
  refused(await attempt("nobody", password));
  const value = [{ operation: "replace", field: "/accountStatus", value: "inactive" }];
  const session = await signIn("barbara.jensen");
  await world.tenant.call("PATCH", `/openidm/managed/alpha_user/${world.ids.barbara}`, value);
  refused(await attempt("barbara.jensen", password));
  expect((await call("GET", "/requests", undefined, session)).body, "nor go on").toEqual(NOBODY);
});

test("a user sees and answers the own requests only; the answer reaches the client", async () => {
  const id = await world.startOk();
  expect((await call("GET", "/requests")).body).toEqual(NOBODY);
  const owner = await signIn("demo.owner");
  expect((await call("GET", "/requests", undefined, owner)).body.pending).toEqual([]);
  const [{ id: listed, createdAt, expiresAt }] = await world.pending();
  expect((await call("POST", `/requests/${listed}/approve`)).status, "not signed in").toBe(401);
  expect((await call("POST", `/requests/${listed}/approve`, undefined, owner)).status).toBe(404);
  const barbara = await signIn("barbara.jensen");
  expect((await call("GET", "/requests", undefined, barbara)).body).toEqual({
    user: "barbara.jensen",
    pending: [
      {
        ...{ id: listed, client: "approved", displayName: "Approved App" },
        ...{ bindingMessage: "Share your address?", scopes: ["openid", "address"] },
        createdAt: Date.parse(createdAt) / 1000,
        expiresAt: Date.parse(expiresAt) / 1000,
      },
    ],
  });
  expect((await call("POST", `/requests/${listed}/approve`, undefined, barbara)).status).toBe(204);
  expect((await world.poll(id)).status).toBe(200);
});

test("the same name in another realm is another user", async () => {
  await world.startOk();
  const bravo = await signIn("barbara.jensen", "bravo");
  expect((await call("GET", "/requests", undefined, bravo)).body.pending).toEqual([]);
});

test("other pages, on other ports of this machine too, and other names of it are refused", async () => {
  await world.startOk();
  const [{ id }] = await world.pending();
  const { cookie = "" } = await signIn("barbara.jensen");
  for (const origin of ["http://127.0.0.1:9999", "https://evil.example", "null"]) {
    expect((await call("POST", `/requests/${id}/approve`, undefined, { origin, cookie })).status).toBe(403);
  }
  expect((await call("POST", `/requests/${id}/approve`, undefined, { cookie })).status, "no origin").toBe(403);
  const rebound = await world.tenant.app.request(`http://evil.example:8080${PHONE}`);
  expect(rebound.status).toBe(403);
  expect(await world.pending()).toHaveLength(1);
});

test("signing out ends the session; it ends by itself as well", async () => {
  const session = await signIn("barbara.jensen");
  expect((await call("DELETE", "/session", undefined, session)).status).toBe(204);
  expect((await call("GET", "/requests", undefined, session)).body).toEqual(NOBODY);
  const other = await signIn("barbara.jensen");
  await world.advance(12 * 3600);
  expect((await call("GET", "/requests", undefined, other)).body).toEqual(NOBODY);
});
