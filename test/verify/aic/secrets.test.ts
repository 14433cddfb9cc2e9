/** No token, secret, password, assertion or private key is in anything that the verifier says, whatever happens. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { FORMATS, render } from "../../../src/verify/index.ts";
import { overhear } from "../wire.ts";
import { startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.sandbox.stop());

/** Names under which credentials travel, in forms and in JSON. */
const CREDENTIALS =
  /^(access_token|refresh_token|id_token|auth_req_id|client_secret|password|assertion|subject_token|actor_token|request|token|userpassword|d)$/;

const seen = new Set<string>();
const note = (value: unknown, name = ""): void => {
  if (typeof value === "string") {
    if (value.length > 11 && CREDENTIALS.test(name)) seen.add(value);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) note(inner, Array.isArray(value) ? name : key);
  }
};
const noteText = (text: string): void => {
  try {
    note(JSON.parse(text));
  } catch {
    for (const [name, value] of new URLSearchParams(text)) note(value, name);
  }
};

// What went over the wire must not come out anywhere else.
let endListening: () => void;
beforeEach(() => {
  seen.clear();
  endListening = overhear(({ url, sent, authorization, answer }) => {
    for (const text of [sent, answer, new URL(url).search.slice(1)]) noteText(text);
    if (authorization) seen.add(authorization.replace(/^\w+ /, ""));
  });
});
afterEach(() => endListening());

async function everything(): Promise<string> {
  const said: string[] = [];
  const write = (chunk: unknown) => said.push(String(chunk)) > 0;
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(write),
    vi.spyOn(process.stderr, "write").mockImplementation(write),
  ];
  const report = await tenant.verify(tenant.plan, { progress: (line) => said.push(line) });
  for (const spy of spies) spy.mockRestore();
  return [...said, ...FORMATS.map((format) => render(report, format))].join("\n");
}

function expectSilence(output: string) {
  const known = [...Object.values(tenant.secrets), String(tenant.signingKey.d), tenant.sandbox.controlToken];
  const users = Object.values(tenant.sandbox.users).map(({ password }) => password);
  const canaries = [...seen, ...known, ...users, String(tenant.sandbox.serviceAccount.jwk.d)];
  expect(canaries.length).toBeGreaterThan(200);
  expect(canaries.filter((canary) => output.includes(canary))).toEqual([]);
}

describe("a run", () => {
  test("that passes says nothing secret", async () => {
    const output = await everything();
    expect(output).toContain("passed, 0 failed");
    expectSilence(output);
  });

  test("to which the tenant issues every token that it should not says nothing secret", async () => {
    const { rules } = (await tenant.control("rules")) as { rules: Record<string, unknown> };
    await tenant.control("rules", { off: Object.keys(rules).filter((id) => id !== "B21") });
    const output = await everything();
    await tenant.control("rules", { off: [] });
    expect(output).toContain("FAIL");
    expectSilence(output);
  });

  test("that cannot log in names the setting, and nothing secret", async () => {
    const serviceAccount = { ...tenant.sandbox.serviceAccount, id: "nobody" };
    const failure = await tenant.verify(tenant.plan, { serviceAccount }).catch((error: unknown) => error);
    const output = failure instanceof Error ? `${failure.stack} ${String(failure.cause)}` : "";
    expect(output).toContain("ERR_VERIFY_LOGIN");
    expect([...seen].filter((canary) => output.includes(canary))).toEqual([]);
  });
});
