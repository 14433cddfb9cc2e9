/** A run on either cloud makes only what its cases need, and asks a person for credentials before it makes anything. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Credentials } from "../../src/verify/credentials.ts";
import type { RunOptions } from "../../src/verify/options.ts";
import type { Report } from "../../src/verify/report/report.ts";
import { startTenant as startAic } from "./aic/tenant.ts";
import { startTenant as startPingOne } from "./pingone/tenant.ts";

type Seen = { readonly requests: readonly { readonly method: string; readonly path: string }[] };

/** A tenant of either cloud, as far as these tests go. */
type Subject = {
  stop(): Promise<void>;
  control(path: string, body?: object): Promise<unknown>;
  secretOf(name: string): string | undefined;
  passwordOf(name: string): string | undefined;
  verify(options: Partial<RunOptions>, credentials?: Partial<Credentials>): Promise<Report>;
};

async function aic(): Promise<Subject> {
  const tenant = await startAic();
  return {
    stop: () => tenant.sandbox.stop(),
    control: tenant.control,
    secretOf: (name) => tenant.secrets[name],
    passwordOf: (name) => tenant.sandbox.users[name]?.password,
    verify: (options, credentials) =>
      tenant.verify(tenant.plan, { ...options, credentials: { ...tenant.credentials, ...credentials } }),
  };
}

async function pingOne(): Promise<Subject> {
  const tenant = await startPingOne();
  const held = {
    clientId: async (key: string) => tenant.ids[key],
    clientSecret: async (key: string) => tenant.secrets[key],
    password: async (name: string) => tenant.sandbox.users[name]?.password,
    privateKey: async () => undefined,
  };
  return {
    stop: () => tenant.sandbox.stop(),
    control: tenant.control,
    secretOf: (name) => tenant.secrets[name],
    passwordOf: (name) => tenant.sandbox.users[name]?.password,
    verify: (options, credentials) =>
      tenant.verify(tenant.plan, { ...options, credentials: { ...held, ...credentials } }),
  };
}

describe.each([
  [
    "AIC",
    aic,
    { none: "F01", some: "I01", objects: ["OAuth2Client", "alpha_application"], asking: ["F03", "X01", "B17"] },
  ],
  [
    "PingOne",
    pingOne,
    { none: "P01", some: "N51", objects: ["applications", "grants"], asking: ["P01", "P04", "N36"] },
  ],
] as const)("on %s", (_cloud, start, { none, some, objects, asking }) => {
  let tenant: Subject;
  beforeAll(async () => {
    tenant = await start();
  });
  afterAll(() => tenant.stop());

  /** Requests to the administration API that make something. */
  async function creations(): Promise<string[]> {
    const { requests } = (await tenant.control("requests")) as Seen;
    const made = requests.filter(({ method, path }) =>
      path.startsWith("/v1/") ? method === "POST" : method === "PUT" && /^\/(am\/json|openidm)\//.test(path),
    );
    return made.map(({ path }) => path);
  }
  const forget = () => tenant.control("requests/clear", {});

  test("cases that need no throw-away object make none", async () => {
    await forget();
    const { rows } = await tenant.verify({ cases: [none] });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ verdict }) => verdict === "pass")).toBe(true);
    expect(await creations()).toEqual([]);
  });

  test("a case that needs one makes that one, and no more", async () => {
    await forget();
    const { rows } = await tenant.verify({ cases: [some] });
    expect(rows.every(({ verdict }) => verdict === "pass")).toBe(true);
    const kinds = (await creations()).map((path) =>
      path.split("/").findLast((part) => objects.some((kind) => kind === part)),
    );
    expect(kinds).toEqual(objects);
  });

  test("whoever is asked for credentials is asked before anything is made, and once", async () => {
    await forget();
    const asked: string[] = [];
    const made: number[] = [];
    const nothing = { clientSecret: async () => undefined, password: async () => undefined };
    const report = await tenant.verify(
      { cases: asking },
      {
        ...nothing,
        async ask(what) {
          asked.push(what);
          made.push((await creations()).length);
          const [, kind, name = ""] = /^(Client secret|Password) of (.+)$/.exec(what) ?? [];
          return kind === "Password" ? tenant.passwordOf(name) : tenant.secretOf(name);
        },
      },
    );
    expect(report.rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(asked.length).toBeGreaterThan(2);
    expect(new Set(asked).size).toBe(asked.length);
    expect(made.every((number) => number === 0)).toBe(true);
    expect((await creations()).length).toBeGreaterThan(0);
  });

  test("whoever gives up there leaves nothing behind", async () => {
    await forget();
    const before = await tenant.control("dump");
    const giveUp = async () => {
      throw new Error("gave up");
    };
    const run = tenant.verify({}, { clientSecret: async () => undefined, ask: giveUp });
    await expect(run).rejects.toThrow("gave up");
    expect(await creations()).toEqual([]);
    expect(await tenant.control("dump")).toEqual(before);
  });

  test("what is not at hand and nobody tells is inconclusive, and named", async () => {
    const { rows } = await tenant.verify(
      { cases: [none] },
      { clientSecret: async () => undefined, ask: async () => undefined },
    );
    expect(
      rows.every(({ verdict, cause }) => verdict === "inconclusive" && cause?.includes("set PING_AGENTS_SECRET_")),
    ).toBe(true);
  });
});
