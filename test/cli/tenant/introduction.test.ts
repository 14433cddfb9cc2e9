/** What is said of a stack's tenant before a command, and when the command is refused; the CLI is one that answers as it is told. */

import { beforeAll, describe, expect, test } from "vitest";
import { introduction, refuseUnfinished } from "../../../src/cli/tenant/introduction.ts";
import { type StackState, selectedStack, stackState } from "../../../src/cli/tenant/stack-state.ts";
import type { PingAgentsError } from "../../../src/errors.ts";
import type { Said } from "../../../src/tenants.ts";
import { serve } from "../../admin-api/server.ts";
import { script, temporaryFolder } from "../../tools/executables.ts";

const ID = "0bc4b1ac-2f25-4b2a-9a33-9dc3a1c7a2f3";
const OTHER = "11111111-2f25-4b2a-9a33-9dc3a1c7a2f3";

/** A CLI with a state and a configuration. */
function cli(resources: readonly object[], config: Readonly<Record<string, string>> = {}, pending: object[] = []) {
  const folder = temporaryFolder();
  const values = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value, secret: false }]));
  const answers = [
    `export) echo '${JSON.stringify({ version: 3, deployment: { resources, pending_operations: pending } })}';;`,
    `*) echo '${JSON.stringify({ ...values, "ping-agents:serviceAccountKey": { secret: true } })}';;`,
  ];
  script(folder, "pulumi", `case "$2" in`, ...answers, "esac");
  return stackState(["--stack", "dev"], { PATH: `${folder}:${process.env.PATH}` });
}

const urn = (name: string) => `urn:pulumi:dev::ping-agents::pulumi-nodejs:dynamic/x::${name}`;
const binding = (platform: string, tenant: string, inputs: object = {}) => ({
  ...{ urn: urn("tenant"), type: `pulumi-nodejs:dynamic/${platform}:StackBinding`, inputs },
  outputs: { ...inputs, stackId: "abcdefghijkl", tenant, origin: "https://last.example.com" },
});
const agent = (platform: string) => ({ urn: urn("bot"), type: `pulumi-nodejs:dynamic/${platform}:AiAgent` });
const NOTHING: Pick<StackState, "bindings" | "unbound" | "clients"> = { bindings: [], unbound: [], clients: [] };
const aic = { platform: "aic", realm: "alpha", tier: "production", file: "stacks/dev.yaml" } as const;
const refusal = (work: Promise<unknown>): Promise<PingAgentsError> =>
  work.then(
    () => expect.unreachable("was not refused"),
    (error) => error,
  );

describe("a stack as the CLI knows it", () => {
  test("its name, its bindings, and what has none", async () => {
    const state = await cli([
      { urn: urn("stack"), type: "pulumi:pulumi:Stack" },
      binding("pingone", ID),
      binding("pingone", OTHER, { environmentId: OTHER }),
      agent("pingone"),
      agent("aic"),
    ]);
    expect(state).toMatchObject({
      name: "dev",
      bindings: [
        { platform: "pingone", tenant: ID, origin: "https://last.example.com" },
        { platform: "pingone", tenant: OTHER, environment: OTHER },
      ],
      unbound: ["aic"],
    });
  });

  test("what a run was about to make when it was cut off", async () => {
    const cutOff = (type: string, resource: object) => ({ type, resource });
    const pending = [cutOff("creating", agent("aic")), cutOff("deleting", agent("aic"))];
    const state = await cli([binding("aic", ID)], {}, pending);
    expect(() => refuseUnfinished(state)).toThrow(/ERR_UNFINISHED: .* bot; .*\n.*npx pulumi up/);
    refuseUnfinished(await cli([binding("aic", ID), agent("aic")], {}, pending));
  });

  test("its outputs, and the client ids of what it manages", async () => {
    const state = await cli([
      { urn: urn("stack"), type: "pulumi:pulumi:Stack", outputs: { clients: { bot: 1 } } },
      { ...agent("pingone"), outputs: { clientId: "an-id" } },
      agent("aic"),
    ]);
    expect(state.outputs).toEqual({ clients: { bot: 1 } });
    expect(state.clients).toEqual([{ platform: "pingone", name: "bot", clientId: "an-id" }]);
  });

  test("its configuration, without secrets", async () => {
    const { config } = await cli([], { "ping-agents:tenantUrl": "https://a.example.com" });
    expect(config("ping-agents:tenantUrl")).toBe("https://a.example.com");
    expect(config("ping-agents:serviceAccountKey")).toBeUndefined();
  });

  test.each([
    "no stack named 'dev' found",
    "no stack selected; please use `pulumi stack select` to choose one",
    "no Pulumi.yaml project file found (searching upwards from /). If you have not created a project yet, …",
  ])("there is none: %s", async (said) => {
    const folder = temporaryFolder();
    script(folder, "pulumi", `cat >&2 <<'END'\nerror: ${said}\nEND`, "exit 255");
    const env = { PATH: `${folder}:${process.env.PATH}` };
    expect(await stackState([], env)).toMatchObject({ name: undefined, bindings: [], unbound: [] });
    expect(await selectedStack([], env)).toBeUndefined();
  });

  test.each([
    [
      "echo warning: old >&2; echo 'error: incorrect passphrase' >&2; exit 255",
      "does not answer: incorrect passphrase",
    ],
    ["exit 1", "does not answer: exit code 1, and no JSON"],
    ["echo no JSON", "does not answer: exit code 0, and no JSON"],
    ["echo '[]'", "does not answer: JSON of a shape that is not known"],
    [`echo '{"deployment":{"resources":3}}'`, "does not answer: JSON of a shape that is not known"],
  ])("is not known where the CLI cannot be asked: %s", async (line, reason) => {
    const folder = temporaryFolder();
    script(folder, "pulumi", line);
    const failure = await refusal(stackState(["--stack", "dev"], { PATH: `${folder}:${process.env.PATH}` }));
    expect(failure.code).toBe("ERR_PULUMI_CLI");
    expect(failure.message).toContain(reason);
    expect(failure.hint).toMatch(/see that npx pulumi (stack export|config --json) --stack dev does/);
  });

  test("is not known without a CLI", async () => {
    const env = { PATH: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
    const { message } = await refusal(stackState([], env));
    expect(message).toMatch(/^ERR_PULUMI_CLI: .* there is no Pulumi CLI \(.*\)\n {2}Next: install Pulumi 3\.\d+\.\d+ /);
  });
});

describe("a tenant of AIC", () => {
  let url: string;
  let env: Record<string, string>;
  const asked = async (cookieName: unknown) => {
    const { url: at, calls } = await serve({ body: { cookieName } });
    url = at;
    env = { AIC_TENANT_URL: url };
    return calls;
  };
  const bound = (tenant: string) => cli([binding("aic", tenant)]);

  test("is said with realm and tier; nothing is asked where there is nothing to compare", async () => {
    const calls = await asked("live");
    expect(await introduction("dev", { env, declared: aic }, NOTHING)).toEqual([
      `Stack dev, tenant ${url}, realm alpha, tier production`,
    ]);
    expect(calls).toEqual([]);
  });

  test("is the one that the stack is bound to, whatever its address was", async () => {
    const calls = await asked("live");
    const lines = await introduction("dev", { env, declared: aic }, await bound("live"));
    expect(lines).toEqual([`Stack dev, tenant ${url}, realm alpha, tier production`]);
    expect(calls.map(({ url: path, headers }) => [path, headers.authorization])).toEqual([
      ["/am/json/serverinfo/*", undefined],
    ]);
  });

  test("is another one: refused with both, and the command that binds anew", async () => {
    await asked("live");
    const error = await refusal(introduction("dev", { env }, await bound("dev1")));
    expect(error.code).toBe("ERR_OTHER_TENANT");
    expect(error.message).toContain(
      `the stack is bound to the tenant dev1 at https://last.example.com, and ${url} is live\n`,
    );
    expect(error.message).toContain("PING_AGENTS_TENANT=live npx pulumi up");
  });

  test("is another one, and the user says that it is meant", async () => {
    await asked("live");
    const lines = await introduction("dev", { env: { ...env, PING_AGENTS_TENANT: "live" } }, await bound("dev1"));
    expect(lines[0]).toBe(`Stack dev, tenant ${url}; up binds it to this tenant, live, and no longer to dev1`);
    const config = (key: string) => ({ "ping-agents:tenant": "third" })[key];
    const error = await refusal(introduction("dev", { env, config }, await bound("dev1")));
    expect(error.message).toContain(`ERR_OTHER_TENANT: ping-agents:tenant is third, and ${url} is live`);
  });

  test("does not answer: that is said, and nothing is refused", async () => {
    await asked("live");
    env = { AIC_TENANT_URL: "http://127.0.0.1:1" };
    const lines = await introduction("dev", { env }, await bound("dev1"));
    expect(lines[0]).toMatch(
      /^Stack dev, tenant http:\/\/127\.0\.0\.1:1; the tenant was not checked: ERR_API_UNREACHABLE/,
    );
  });

  test("is not named: that is said, and nothing is refused", async () => {
    for (const state of [await bound("dev1"), NOTHING]) {
      const lines = await introduction("dev", { env: {}, declared: aic }, state);
      expect(lines[0]).toMatch(
        /^Stack dev, tenant not named, realm alpha, tier production; the tenant was not checked: ERR_SETTING_MISSING: not set: AIC_TENANT_URL/,
      );
    }
  });

  test("a state of before does not name it", async () => {
    await asked("live");
    expect(await introduction("dev", { env }, await cli([agent("aic")]))).toEqual([
      `Stack dev, tenant ${url}; its state does not name a tenant yet, up binds it to this one`,
    ]);
  });
});

describe("an environment of PingOne", () => {
  let env: Record<string, string>;
  beforeAll(() => {
    env = { PINGONE_ENVIRONMENT_ID: ID, PINGONE_REGION_CODE: "EU" };
  });
  const line = `Stack dev, tenant https://api.pingone.eu, environment ${ID}`;

  test("is said", async () => {
    const declared = { platform: "pingone", file: "stacks/dev.yaml" } as const;
    expect(await introduction("dev", { env, declared }, NOTHING)).toEqual([line]);
    const other = { ...declared, environment: OTHER };
    expect(await introduction("dev", { env, declared: other }, NOTHING)).toEqual([line.replace(ID, OTHER)]);
  });

  test("is compared; resources that name one of their own are on that", async () => {
    const state = await cli([binding("pingone", ID), binding("pingone", OTHER, { environmentId: OTHER })]);
    expect(await introduction("dev", { env }, state)).toEqual([line]);
    const error = await refusal(introduction("dev", { env: { ...env, PINGONE_ENVIRONMENT_ID: OTHER } }, state));
    expect(error.message).toContain(`bound to the tenant ${ID} at https://last.example.com, and`);
  });
});

describe("a client id that is not the kit's own", () => {
  const client = (platform: string, name: string, clientId: string) => ({
    ...{ urn: urn(name), type: `pulumi-nodejs:dynamic/${platform}:AiAgent`, outputs: { clientId } },
  });
  const env = { PINGONE_ENVIRONMENT_ID: ID, PINGONE_REGION_CODE: "EU", PINGONE_CLIENT_ID: "an-id" };

  test("is refused where the stack manages that client, before anything is asked", async () => {
    const { url, calls } = await serve({ body: { cookieName: "live" } });
    const both = [binding("aic", "live"), binding("pingone", ID), client("pingone", "support-agent", "an-id")];
    const error = await refusal(introduction("dev", { env: { ...env, AIC_TENANT_URL: url } }, await cli(both)));
    expect(error.message).toBe(
      "ERR_OWN_CLIENT: PINGONE_CLIENT_ID is the client id of support-agent, which this stack manages; nothing was called\n" +
        "  at tenant https://api.pingone.eu\n" +
        "  Next: set PINGONE_CLIENT_ID and PINGONE_CLIENT_SECRET to the kit's worker application; " +
        "what npx ping-agents env prints is for the agent's own process, not for this shell",
    );
    expect(calls).toEqual([]);
    const config = (key: string) => ({ "ping-agents:pingOneClientId": "an-id" })[key];
    const said = { env: { ...env, PINGONE_CLIENT_ID: "" }, config };
    expect((await refusal(introduction("dev", said, await cli(both.slice(1))))).code).toBe("ERR_OWN_CLIENT");
  });

  test("is none of the kit's business where it is that of another client, or of another cloud", async () => {
    const line = `Stack dev, tenant https://api.pingone.eu, environment ${ID}`;
    for (const other of [client("pingone", "support-agent", "other"), client("aic", "support-agent", "an-id")]) {
      const { clients } = await cli([other]);
      expect(await introduction("dev", { env }, { ...(await cli([binding("pingone", ID)])), clients })).toEqual([line]);
    }
  });
});

test("a stack on both clouds has a line for each; a declaration is about its own alone", async () => {
  const env = { PINGONE_ENVIRONMENT_ID: ID, PINGONE_REGION_CODE: "EU", AIC_TENANT_URL: "https://a.example.com" };
  const said: Said = { env, declared: { ...aic, tenant: "https://a.example.com" } };
  expect(await introduction("dev", said, { ...NOTHING, unbound: ["pingone"] })).toEqual([
    "Stack dev, tenant https://a.example.com, realm alpha, tier production",
    `Stack dev, tenant https://api.pingone.eu, environment ${ID}; its state does not name a tenant yet, up binds it to this one`,
  ]);
});

test("a stack of which nobody knows the cloud", async () => {
  expect(await introduction("dev", { env: {} }, NOTHING)).toEqual([
    "Stack dev; its tenant was not checked: nothing says on which cloud it is",
  ]);
});
