/** No token, secret, password or request id is in anything that the verifier says of PingOne, whatever happens. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { FORMATS, render } from "../../../src/verify/index.ts";
import { REFUND, SUPPORT, startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.sandbox.stop());

const CREDENTIALS =
  /^(access_token|refresh_token|id_token|auth_req_id|client_secret|secret|password|subject_token|actor_token|token)$/;

/** Everything that a run says, and every credential that went over the wire meanwhile. */
async function listen() {
  const seen = new Set<string>();
  const note = (name: string, value: unknown) => {
    if (typeof value === "string" && value.length > 11 && CREDENTIALS.test(name)) seen.add(value);
  };
  const noteText = (text: string) => {
    try {
      for (const [name, value] of Object.entries(JSON.parse(text) as object)) note(name, value);
    } catch {
      for (const [name, value] of new URLSearchParams(text)) note(name, value);
    }
  };
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    noteText(String(init.body ?? ""));
    const authorization = new Headers(init.headers).get("authorization");
    if (authorization) seen.add(authorization.replace(/^\w+ /, ""));
    const response = await real(url, init);
    noteText(await response.clone().text());
    return response;
  });
  const said: string[] = [];
  const report = await tenant.verify(tenant.plan, { progress: (line) => said.push(line) });
  vi.unstubAllGlobals();
  const users = Object.values(tenant.sandbox.users).map(({ password }) => password);
  const canaries = [...seen, ...users, ...Object.values(tenant.secrets), tenant.sandbox.controlToken];
  expect(canaries.length).toBeGreaterThan(100);
  const output = [...said, ...FORMATS.map((format) => render(report, format))].join("\n");
  return { report, leaked: canaries.filter((canary) => output.includes(canary)) };
}

test("a run that passes says nothing secret", async () => {
  const { report, leaked } = await listen();
  expect(report.rows.every(({ verdict }) => verdict === "pass")).toBe(true);
  expect(leaked).toEqual([]);
});

test("a run that fails says nothing secret", async () => {
  for (const [key, grantTypes] of [
    [SUPPORT, ["CLIENT_CREDENTIALS"]],
    [REFUND, ["CLIENT_CREDENTIALS", "CIBA"]],
  ] as const) {
    const live = await tenant.admin.applications.get(tenant.id(key));
    await tenant.admin.applications.replace(tenant.id(key), { ...live, grantTypes });
  }
  const { report, leaked } = await listen();
  expect(report.rows.some(({ verdict }) => verdict === "fail")).toBe(true);
  expect(leaked).toEqual([]);
});
