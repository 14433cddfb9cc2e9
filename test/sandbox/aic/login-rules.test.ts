/** Each rule of the service accounts' login: a request that it refuses, and what comes of the same once the rule is off. */
import { beforeAll, expect, test } from "vitest";
import { assertion, type Reply, send, type TestTenant, TOKEN_PATH, testTenant, tokenForm } from "../tenant.ts";

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant();
});

const post = (body: string | URLSearchParams) => send(tenant, TOKEN_PATH, { method: "POST", body });
const login = async (claims: Record<string, unknown> = {}, scope?: string) =>
  post(tokenForm(await assertion(tenant, claims), scope));
const changed = async (name: string, value: string) => {
  const form = new URLSearchParams(tokenForm(await assertion(tenant)));
  form.set(name, value);
  return post(form);
};
const now = () => Math.floor(Date.now() / 1000);
const setStatus = (accountStatus: string) =>
  tenant.call("PATCH", `/openidm/managed/svcacct/${tenant.serviceAccount.id}`, [
    { operation: "replace", field: "accountStatus", value: accountStatus },
  ]);

const CASES: readonly { readonly rule: string; readonly provoke: () => Promise<Reply> }[] = [
  { rule: "loginGrant", provoke: () => changed("grant_type", "password") },
  { rule: "loginClient", provoke: () => changed("client_id", "somebody") },
  { rule: "loginScope", provoke: () => login({}, "fr:none:*") },
  { rule: "loginWithoutScope", provoke: () => login({}, "") },
  {
    rule: "inactiveAccount",
    async provoke() {
      expect((await setStatus("inactive")).status).toBe(200);
      const reply = await login();
      await setStatus("active");
      return reply;
    },
  },
  {
    rule: "assertionSignature",
    async provoke() {
      const { serviceAccount } = await testTenant({ keys: undefined });
      return post(tokenForm(await assertion({ serviceAccount: { ...serviceAccount, id: tenant.serviceAccount.id } })));
    },
  },
  { rule: "assertionClaim", provoke: () => login({ aud: "http://127.0.0.1/am/oauth2/access_token" }) },
  { rule: "assertionExpired", provoke: () => login({ exp: now() - 10 }) },
  { rule: "assertionLifetime", provoke: () => login({ exp: now() + 400 }) },
  {
    rule: "assertionReplay",
    async provoke() {
      const form = tokenForm(await assertion(tenant));
      await post(form);
      return post(form);
    },
  },
];

type Listed = Record<string, { evidence: string; error: string; fixed?: boolean }>;
const rules = async () => (await tenant.control("rules")).body.login as Listed;

test.each(CASES)("$rule", async ({ rule, provoke }) => {
  const { error, evidence } = (await rules())[rule] ?? expect.unreachable(rule);
  const { status, body, headers } = await provoke();
  expect([status, Object.keys(body), body.error]).toEqual([400, ["error_description", "error"], error]);
  expect([headers.get("x-sandbox-rule"), headers.get("x-sandbox-evidence")]).toEqual([rule, evidence]);

  await tenant.control("rules", { off: [rule] });
  expect(await provoke()).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 899 } });
  await tenant.control("rules", { off: [] });
});

test("no switch is without a case, but where there is no account or no assertion at all", async () => {
  const listed = await rules();
  const switches = Object.keys(listed).filter((id) => !listed[id]?.fixed);
  expect(switches.sort()).toEqual(CASES.map(({ rule }) => rule).sort());
  await tenant.control("rules", { off: Object.keys(listed) });
  expect((await login({ iss: "nobody" })).headers.get("x-sandbox-rule")).toBe("unknownAccount");
  expect((await post(tokenForm("no-jwt"))).headers.get("x-sandbox-rule")).toBe("assertionFormat");
});
