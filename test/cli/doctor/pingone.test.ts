/** `ping-agents doctor` on PingOne: each broken set-up is told by its cause and the next step; a sound one is green. Writes nothing. */

import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closed, PROXY_VARIABLES, untrusted } from "../../support/network.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { writes } from "../../support/tenant.ts";
import { bound, diagnosed } from "./subject.ts";

/** All that a declaration can need of an environment. */
const SOUND = `platform: pingone
agents:
  bot:
    name: Bot
    pattern: approved
    owners: [demo.owner]
    access:
      - { resource: openid, scopes: [openid, profile] }
      - { resource: PingOne API, scopes: ["p1:read:user"] }
    policies: { kind: davinci, names: [Agent Approval] }
    userAccess: { groups: { match: any, names: [customers] } }
    authorization: { multipleResources: true }
`;
const ROLES = ["resources", "users", "roles", "groups", "signOnPolicies", "flowPolicies"].map((one) => `read ${one}`);

let tenant: LocalPingOne;
beforeAll(async () => {
  tenant = await startPingOne();
});
beforeEach(() => {
  for (const name of PROXY_VARIABLES) vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await tenant.arm();
  await tenant.reset();
  await tenant.control("clock", { reset: true });
});
afterAll(() => tenant.stop());

const look = (text: string, variables: Record<string, string | undefined> = {}, more = {}) =>
  diagnosed(text, { ...tenant.variables(), ...variables }, more);
const agent = () => ({
  ...{ name: "Another", type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true },
  ...{ grantTypes: ["CLIENT_CREDENTIALS"], tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC" },
});

describe("a sound set-up", () => {
  test("is green, and nothing is written", async () => {
    await tenant.admin.applications.create(agent());
    const seen = await tenant.count(async () => {
      for (const cli of [{}, { resources: [bound("pingone", tenant.environmentId)] }]) {
        const { outcome, checks } = await look(SOUND, {}, { cli });
        expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
        expect(outcome).toBe("sound");
        expect(checks.map(({ check }) => check)).toEqual([
          ...["kit", "pulumi", "file", "declaration", "state", "required-claims", "settings"],
          ...["connection", "clock", "tenant", "credentials", "environment", ...ROLES, "ai-agents", "names"],
        ]);
      }
    });
    expect(writes(seen)).toEqual([]);
    expect(seen.length).toBeGreaterThan(10);
  });

  test("without an agent leaves the licence open, and is sound", async () => {
    const { outcome, checks } = await look(SOUND);
    expect(checks.filter(({ status }) => status !== "ok")).toMatchObject([
      { check: "ai-agents", status: "open", next: expect.stringContaining("Agent IAM Core") },
    ]);
    expect(outcome).toBe("sound");
  });
});

test.each([
  [
    "no settings",
    { PINGONE_CLIENT_ID: undefined },
    /^settings: not set: PINGONE_CLIENT_ID .*\| export PINGONE_CLIENT_ID=/,
  ],
  [
    "no region",
    { PINGONE_API_URL: undefined, PINGONE_REGION_CODE: "XX" },
    /^settings: "XX" is no PingOne region .*\| export PINGONE_REGION_CODE=/,
  ],
  ["plain http", { PINGONE_AUTH_URL: "http://auth.example.com" }, /^settings: plain http .*\| use https/],
  [
    "an unknown host",
    { PINGONE_AUTH_URL: "https://auth.invalid" },
    /^connection: .*(ENOTFOUND|EAI_AGAIN) .*\| check PINGONE_REGION_CODE/,
  ],
  [
    "another worker",
    { PINGONE_CLIENT_ID: "00000000-0000-4000-8000-000000000000" },
    /^credentials: .*does not accept .*\| check PINGONE_CLIENT_ID/,
  ],
  [
    "a secret that was replaced",
    { PINGONE_CLIENT_SECRET: "canary-of-before" },
    /^credentials: .*does not accept .*\| check PINGONE_CLIENT_ID/,
  ],
])("%s", async (_what, variables, expected) => {
  const { said, checks } = await look(SOUND, variables);
  expect(said).toEqual([expect.stringMatching(expected)]);
  expect(JSON.stringify(checks)).not.toContain("canary");
});

test("an environment that cannot be told that a claim is required, on which a delegation rests", async () => {
  const text = readFileSync(new URL("../../../stacks/examples/pingone-autonomous-tool.yaml", import.meta.url), "utf8");
  const rowOf = async (declared: string, variables = {}) => {
    const { checks } = await look(declared, variables);
    return checks.find(({ check }) => check === "required-claims");
  };
  const real = { PINGONE_API_URL: "https://api.pingone.invalid/v1", PINGONE_AUTH_URL: "https://auth.pingone.invalid" };
  expect(await rowOf(SOUND, real)).toMatchObject({ status: "ok", found: "no claim is required" });
  expect(await rowOf(text)).toMatchObject({ status: "ok", found: "1 required, and the environment is told so" });
  expect(await rowOf(text, { ...real, PINGONE_REQUIRED_CLAIMS: "send" })).toMatchObject({ status: "ok" });
  expect(await rowOf(text, real)).toMatchObject({
    ...{ status: "failed", code: "ERR_UNENFORCED", next: expect.stringContaining("PINGONE_REQUIRED_CLAIMS=send") },
    found: expect.stringMatching(/^act of Supply Chain MCP Tool is required.*stacks\/dev.yaml:\d+/),
  });
});

test("a management API that is another's, with a certificate that nobody trusts, or not there", async () => {
  const [away, strange] = [await closed(), await untrusted()];
  expect((await look(SOUND, { PINGONE_API_URL: `https://127.0.0.1:${away}/v1` })).said).toEqual([
    expect.stringMatching(/^connection: .*ECONNREFUSED.*\| check PINGONE_REGION_CODE/),
  ]);
  expect((await look(SOUND, { PINGONE_API_URL: `https://127.0.0.1:${strange}/v1` })).said).toEqual([
    expect.stringMatching(/^connection: .*not trusted.*\| set NODE_EXTRA_CA_CERTS/),
  ]);
});

test("another time", async () => {
  await tenant.control("clock", { advanceSeconds: 600 });
  expect((await look(SOUND)).said).toEqual([expect.stringMatching(/^clock: this machine is \d+ s behind/)]);
});

test("a stack of another environment", async () => {
  const other = [bound("pingone", "00000000-0000-4000-8000-000000000000")];
  expect((await look(SOUND, {}, { cli: { resources: other } })).said).toEqual([
    expect.stringMatching(/^tenant: the stack is bound to the tenant 00000000-.*\| set the variables/),
  ]);
});

test("a worker without a role is told which, and what for", async () => {
  await tenant.arm({ method: "GET", pathPattern: "/users", status: 403, times: 100 });
  const { said, checks } = await look(SOUND);
  expect(said).toEqual([
    expect.stringMatching(/^read users: .*403: .*; it is needed for owners \| give the worker application the role/),
  ]);
  expect(checks.at(-1)).toMatchObject({ check: "names", status: "open" });
});

test("an environment that is declared and not there for the worker", async () => {
  const { said } = await look(SOUND.replace("agents:", "environment: 00000000-0000-4000-8000-000000000000\nagents:"));
  expect(said).toEqual([expect.stringMatching(/^environment: .*404.*\| check the name and PINGONE_ENVIRONMENT_ID/)]);
});

test("names that mean nothing are told with their place", async () => {
  const text = SOUND.replace("demo.owner", "demo.ownr").replace("customers", "costumers");
  const { said } = await look(text.replace("p1:read:user", "p1:read:usr").replace("Agent Approval", "Approval"));
  expect(said).toEqual([
    expect.stringMatching(
      /^names: there is no user with the user name "demo.ownr"; the nearest name is "demo.owner" at stacks\/dev.yaml:6:\d+/,
    ),
    expect.stringMatching(/^names: there is no DaVinci flow policy with the name "Approval"/),
    expect.stringMatching(/^names: there is no group with the name "costumers"; the nearest name is "customers"/),
    expect.stringMatching(
      /^names: the resource PingOne API has no scope "p1:read:usr"; the nearest name is "p1:read:user"/,
    ),
  ]);
});
