/** No token, secret, password or request id is in anything that the verifier says of PingOne, whatever happens. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { FORMATS, render } from "../../../src/verify/index.ts";
import { overhear } from "../wire.ts";
import { GUIDE, REFUND, SUPPORT, startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant({ signsIn: true });
});
afterAll(() => tenant.sandbox.stop());

const CREDENTIALS =
  /^(access_token|refresh_token|id_token|auth_req_id|client_secret|secret|password|subject_token|actor_token|token|code|code_verifier|nonce|state|request_uri|cookie)$/;

/** Everything that a run says, and every credential that went over the wire meanwhile. */
async function listen() {
  const seen = new Set<string>();
  const kinds = new Set<string>();
  const note = (name: string, value: unknown) => {
    if (typeof value === "string" && value.length > 11 && CREDENTIALS.test(name)) {
      seen.add(value);
      kinds.add(name);
    }
  };
  const noteText = (text: string) => {
    try {
      for (const [name, value] of Object.entries(JSON.parse(text) as object)) note(name, value);
    } catch {
      for (const [name, value] of new URLSearchParams(text)) note(name, value);
    }
  };
  const endListening = overhear(({ url, sent, authorization, answer, location = "", cookies }) => {
    if (authorization) seen.add(authorization.replace(/^\w+ /, ""));
    // Codes and errors come by redirects, and requests with their state and nonce go by addresses.
    for (const text of [sent, answer, ...[url, location].map((address) => address.split("?")[1] ?? "")]) noteText(text);
    for (const cookie of cookies) note("cookie", /=([^;]*)/.exec(cookie)?.[1]);
  });
  const said: string[] = [];
  const progress = (line: string) => void said.push(line);
  const reports = [
    await tenant.verify(tenant.plan, { progress }),
    // The agent that signs users in is in its own plan.
    await tenant.verify(tenant.signOn, { progress }),
  ];
  endListening();
  const users = Object.values(tenant.sandbox.users).map(({ password }) => password);
  const canaries = [...seen, ...users, ...Object.values(tenant.secrets), tenant.sandbox.controlToken];
  expect(canaries.length).toBeGreaterThan(100);
  for (const kind of ["code", "code_verifier", "refresh_token", "cookie"]) expect([...kinds], kind).toContain(kind);
  const output = [...said, ...reports.flatMap((report) => FORMATS.map((format) => render(report, format)))].join("\n");
  const rows = reports.flatMap((report) => report.rows);
  return { rows, leaked: canaries.filter((canary) => output.includes(canary)) };
}

test("a run that passes says nothing secret", async () => {
  const { rows, leaked } = await listen();
  expect(rows.every(({ verdict }) => verdict === "pass")).toBe(true);
  expect(leaked).toEqual([]);
});

test("a run that fails says nothing secret", async () => {
  for (const [key, grantTypes] of [
    [SUPPORT, ["CLIENT_CREDENTIALS"]],
    [REFUND, ["CLIENT_CREDENTIALS", "CIBA"]],
    [GUIDE, ["AUTHORIZATION_CODE", "CLIENT_CREDENTIALS"]],
  ] as const) {
    const live = await tenant.admin.applications.get(tenant.id(key));
    await tenant.admin.applications.replace(tenant.id(key), { ...live, grantTypes });
  }
  const { rows, leaked } = await listen();
  expect(rows.some(({ verdict }) => verdict === "fail")).toBe(true);
  expect(leaked).toEqual([]);
});
