/** Logging in as a service account, and what is refused without it. */
import { beforeAll, describe, expect, test } from "vitest";
import { createClock } from "../../../src/sandbox/index.ts";
import { assertion, CONFIG, login, send, type TestTenant, TOKEN_PATH, testTenant, tokenForm } from "../tenant.ts";

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant();
});

const token = (body: string) => send(tenant, TOKEN_PATH, { method: "POST", body });

describe("the order in which admin tools log in (aic §11.4)", () => {
  test("serverinfo/* comes first and needs no token", async () => {
    const { status, body } = await send(tenant, "/am/json/serverinfo/*");
    expect(status).toBe(200);
    expect(body).toMatchObject({ _id: "*", realm: "/", cloudOnlyFeaturesEnabled: true, oauth2AIAgentsEnabled: true });
  });

  test("the cookie's name is that of this tenant, also after a reset", async () => {
    const cookieName = async (of: TestTenant) => (await send(of, "/am/json/serverinfo/*")).body.cookieName;
    const before = await cookieName(tenant);
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(await cookieName(await testTenant())).not.toBe(before);
    await tenant.control("reset", {});
    expect(await cookieName(tenant)).toBe(before);
  });

  test("a scope that is not the account's fails the request and lists all offenders; then the same assertion works", async () => {
    const jwt = await assertion(tenant);
    const refused = await token(tokenForm(jwt, "fr:am:* fr:iga:* fr:autoaccess:*"));
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({
      error: "invalid_scope",
      error_description: "Unsupported scope for service account: fr:iga:*,fr:autoaccess:*",
    });
    const granted = await token(tokenForm(jwt, "fr:am:* fr:idm:*"));
    expect(granted.body).toMatchObject({ scope: "fr:am:* fr:idm:*", token_type: "Bearer", expires_in: 899 });
    expect((await token(tokenForm(jwt, "fr:am:*"))).body).toMatchObject({ error: "invalid_grant" });
  });

  test("version, scopes and the account itself can be read", async () => {
    expect((await tenant.call("GET", "/am/json/serverinfo/version")).body.version).toMatch(/^9\./);
    const scopes = (await tenant.call("GET", "/environment/scopes/service-accounts")).body;
    expect(scopes.map(({ scope }: { scope: string }) => scope)).toContain("fr:idc:esv:*");
    const account = await tenant.call("GET", `/openidm/managed/svcacct/${tenant.serviceAccount.id}?_fields=*`);
    expect(account.body).toMatchObject({ name: "sandbox", maxSessionTime: "15", quotaLimit: "5" });
  });
});

describe("the assertion is really verified (aic §11.1)", () => {
  const now = () => Math.floor(Date.now() / 1000);

  test("a percent-encoded form and PS256 are fine", async () => {
    const form = new URLSearchParams(tokenForm(await assertion(tenant)));
    expect((await token(form.toString())).status).toBe(200);
  });

  test.each([
    ["aud without the port", { aud: "http://127.0.0.1/am/oauth2/access_token" }],
    ["exp more than 180 s ahead", { exp: now() + 400 }],
    ["expired", { exp: now() - 10 }],
    ["another subject", { sub: "someone" }],
  ])("%s is invalid_grant", async (_, claims) => {
    const { status, body } = await token(tokenForm(await assertion(tenant, claims)));
    expect([status, body.error]).toEqual([400, "invalid_grant"]);
  });

  test("an unknown issuer is told, whatever the scopes", async () => {
    const { body } = await token(tokenForm(await assertion(tenant, { iss: "nobody" }), "fr:none:*"));
    expect(body).toEqual({ error: "invalid_grant", error_description: "Unknown JWT issuer" });
  });

  test("a signature by another key is invalid_grant", async () => {
    const other = await testTenant({ keys: undefined });
    const forged = await assertion({ serviceAccount: { ...other.serviceAccount, id: tenant.serviceAccount.id } });
    expect((await token(tokenForm(forged))).body.error).toBe("invalid_grant");
  });
});

describe("tokens (aic §11.2, §12.11)", () => {
  test.each([`${CONFIG}/agents/OAuth2Client/x`, "/openidm/managed/alpha_user/x", "/environment/secrets"])(
    "%s without or with an unknown token is 401",
    async (path) => {
      expect((await send(tenant, path)).status).toBe(401);
      expect((await send(tenant, path, { headers: { authorization: "Bearer nonsense" } })).status).toBe(401);
    },
  );

  test("a token opens only the server that its scopes name", async () => {
    const headers = { authorization: `Bearer ${await login(tenant, "fr:idm:*")}` };
    expect((await send(tenant, `${CONFIG}/agents/OAuth2Client/x`, { headers })).status).toBe(403);
    expect((await send(tenant, "/openidm/managed/alpha_user?_queryFilter=true", { headers })).status).toBe(200);
  });

  test("a token ends after 15 minutes", async () => {
    const clock = createClock();
    const short = await testTenant({ clock });
    expect((await short.call("GET", "/environment/count")).status).toBe(200);
    clock.advance(15 * 60 * 1000);
    expect((await short.call("GET", "/environment/count")).status).toBe(401);
  });
});
