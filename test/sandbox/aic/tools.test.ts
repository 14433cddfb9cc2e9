/** What other tools read of a tenant when they list and export it (aic §11.4): they find nothing, and no gap, where nothing is. */
import { beforeAll, expect, test } from "vitest";
import { CONFIG, type TestTenant, testTenant } from "../tenant.ts";

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant();
});

test("no scope is offered whose server is not there", async () => {
  const { body } = await tenant.call("GET", "/environment/scopes/service-accounts");
  const scopes = body.map(({ scope }: { scope: string }) => scope);
  expect(scopes).toContain("fr:am:*");
  expect(scopes).not.toContain("fr:iga:*");
});

test("the configuration of IDM is listed, as names or by a filter, and each document is read by its name", async () => {
  const { body: names } = await tenant.call("GET", "/openidm/config");
  const ids = names.configurations.map(({ _id }: { _id: string }) => _id);
  expect(ids).toEqual(["managed", "sync", "ui/themerealm"]);
  for (const id of ids) expect((await tenant.call("GET", `/openidm/config/${id}`)).body._id).toBe(id);
  const { body: templates } = await tenant.call("GET", "/openidm/config?_queryFilter=_id+sw+'emailTemplate'");
  expect(templates.result).toEqual([]);
  const { body: themes } = await tenant.call("GET", "/openidm/config/ui/themerealm");
  expect(themes).toEqual({ _id: "ui/themerealm", realm: { alpha: [], bravo: [] } });
  expect((await tenant.call("GET", "/openidm/config/ui/other")).status).toBe(404);
  const tested = await tenant.call("POST", "/openidm/system?_action=testConnectorServers", {});
  expect(tested.body).toEqual({ openicf: [] });
});

test("kinds that nobody can make here are listed as none, of realms that there are", async () => {
  for (const kind of ["saml2", "federation/circlesoftrust"]) {
    const { status, body } = await tenant.call("GET", `${CONFIG}/${kind}?_queryFilter=true`);
    expect([status, body.result]).toEqual([200, []]);
    const gone = CONFIG.replace("alpha", "gamma");
    expect((await tenant.call("GET", `${gone}/${kind}?_queryFilter=true`)).status).toBe(404);
  }
  const providers = `${CONFIG}/services/SocialIdentityProviders`;
  const { body } = await tenant.call("POST", `${providers}?_action=nextdescendents`, {});
  expect(body).toEqual({ result: [] });
});

test("the realms and the environment are told", async () => {
  const { body } = await tenant.call("GET", "/am/json/global-config/realms?_queryFilter=true");
  const realms = body.result.map(({ _id, name, parentPath }: Record<string, unknown>) => [_id, name, parentPath]);
  expect(realms).toEqual([
    ["Lw", "/", null],
    ["L2FscGhh", "alpha", "/"],
    ["L2JyYXZv", "bravo", "/"],
  ]);
  expect((await tenant.call("GET", "/am/json/global-config/services")).status).toBe(403);
  expect((await tenant.call("GET", "/environment/info")).body).toMatchObject({ immutable: false, locked: false });
});

test("a slash at the end of a path makes no difference", async () => {
  const { body } = await tenant.call("POST", `${CONFIG}/services/?_action=nextdescendents`, {});
  expect(body.result).toHaveLength(1);
});
