/** Refresh tokens (RFC 6749 §6), and that configuration is read live (oauth-flows §2). */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { basic, claimsOf, config, createWorld, type Form, SECRET, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.provision());

const own = () => world.ownToken("logs-agent");
const refreshTokenOf = async (): Promise<string> => (await world.userToken()).body.refresh_token;
const refresh = (form: Form) =>
  world.post("access_token", { grant_type: "refresh_token", client_id: "web-app", client_secret: SECRET, ...form });

describe("refresh tokens", () => {
  test("RFC 6749 §6 narrow, rotate, and are used once", async () => {
    const first = (await world.userToken({ scope: "openid read-data" })).body.refresh_token;
    const { body } = await refresh({ refresh_token: first, scope: "openid" });
    expect(body).toMatchObject({ scope: "openid", token_type: "Bearer", expires_in: 3599 });
    expect(claimsOf(body.access_token)).toMatchObject({ sub: world.ids.barbara, aud: "web-app", scope: ["openid"] });
    expect((await refresh({ refresh_token: first })).body.error).toBe("invalid_grant");
    const next = await refresh({ refresh_token: body.refresh_token });
    expect(next.body.scope, "the refresh token keeps all scopes").toBe("openid read-data");
  });

  test("oauth-flows §2 come only when the client has the grant as well as the realm", async () => {
    await world.set("OAuth2Client/web-app", "advancedOAuth2ClientConfig", "grantTypes", ["password"]);
    expect((await world.userToken()).body).not.toHaveProperty("refresh_token");
  });

  test("of another client, an access token, and a forged one are refused", async () => {
    await world.set("OAuth2Client/bystander", "advancedOAuth2ClientConfig", "grantTypes", ["refresh_token"]);
    const refresh_token = await refreshTokenOf();
    const foreign = await refresh({ refresh_token, client_id: "bystander" });
    const access = await refresh({ refresh_token: await world.accessTokenOf(world.userToken()) });
    const forged = await refresh({ refresh_token: `${refresh_token.slice(0, -2)}xx` });
    for (const reply of [foreign, access, forged]) expect(reply.body.error).toBe("invalid_grant");
    expect((await refresh({ refresh_token })).status).toBe(200);
  });
});

describe("configuration is read live (oauth-flows §2)", () => {
  test("the lifetime of the acting client, else the provider's", async () => {
    await world.amendProvider((document) => {
      document.coreOAuth2Config.accessTokenLifetime = 120;
    });
    const short = await own();
    expect(short.body.expires_in).toBe(119);
    expect(claimsOf(short.body.access_token).expires_in).toBe(120);
    await world.set("AIAgent/logs-agent", "coreOAuth2ClientConfig", "accessTokenLifetime", 60);
    expect((await own()).body.expires_in).toBe(59);
  });

  test("a deleted agent has no tokens any more", async () => {
    const token = await world.accessTokenOf(own());
    await world.tenant.call("DELETE", `${config()}/agents/AIAgent/logs-agent`);
    expect((await own()).body.error).toBe("invalid_client");
    expect((await world.get("tokeninfo", { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  test("while AI agents are switched off no agent is known, and clients are", async () => {
    await world.tenant.control("feature", { aiagent: false });
    expect((await own()).body.error).toBe("invalid_client");
    const form = { grant_type: "client_credentials", scope: "prices" };
    expect((await world.post("access_token", form, basic("approved", SECRET))).status).toBe(200);
  });

  test("a realm without provider, and one that does not exist, have no endpoints", async () => {
    await world.tenant.call("DELETE", `${config()}/services/oauth-oidc`);
    expect(await own()).toMatchObject({ status: 404, body: { error: "not_found" } });
    expect(await world.get(".well-known/openid-configuration", {}, "charlie")).toMatchObject({ status: 404 });
  });
});
