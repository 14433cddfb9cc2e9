/** What becomes of an agent whose entry goes, or whose stack is destroyed, with the real engine: `onRemove` on both clouds (decision 0012). */

import { afterAll, describe, expect, test } from "vitest";
import { type LocalAic, startAic } from "../support/aic.ts";
import { type LocalPingOne, startPingOne } from "../support/pingone.ts";
import { development } from "./declarations.ts";
import { openProject } from "./project.ts";

const NAME = "Bot";
const TWO = ["read", "write"];

/** What the tenant has of the agent: whether it is on, and the scopes that it may get; undefined without one. */
type Look = () => Promise<{ readonly isOn: boolean; readonly scopes: readonly string[] } | undefined>;

async function aic() {
  const tenant: LocalAic = await startAic();
  const { admin } = tenant;
  const look: Look = async () => {
    const [row] = await admin.am("alpha").query("AIAgent", "_id eq 'bot'");
    if (!row) return undefined;
    const fields = ["permissions", "agentOAuth2ClientId"];
    const rows = await admin.idm.query("managed/alpha_aiagentprivilege", "true", { fields });
    const own = rows.filter(({ agentOAuth2ClientId }) => agentOAuth2ClientId === "bot");
    const scopes = own.flatMap(({ permissions }) =>
      (permissions as { values: string[] }[]).flatMap((one) => one.values),
    );
    return { isOn: (row.coreOAuth2ClientConfig as { status: string }).status === "Active", scopes: scopes.sort() };
  };
  return { tenant, look };
}

async function pingOne() {
  const tenant: LocalPingOne = await startPingOne();
  const { admin } = tenant;
  const look: Look = async () => {
    const row = (await admin.applications.list()).find(({ name }) => name === NAME);
    if (!row) return undefined;
    const logs = (await admin.resources.list()).find(({ name }) => name === "Logs");
    const rows = logs ? await admin.scopes(logs.id).list() : [];
    const names = new Map(rows.map(({ id, name }) => [id, String(name)]));
    const grants = await admin.below(row.id, "grants").list();
    const ids = grants.flatMap(({ scopes }) => (scopes as { id: string }[]).map(({ id }) => names.get(id) ?? id));
    return { isOn: row.enabled === true, scopes: ids.sort() };
  };
  return { tenant, look };
}

describe.each([
  {
    ...{ cloud: "AIC", start: aic, target: "application" },
    shared: { ...development, applications: { logs: { name: "Logs", type: "service", scopes: TWO } } },
    others: { ...development },
  },
  {
    ...{ cloud: "PingOne", start: pingOne, target: "resource" },
    shared: { platform: "pingone", resources: { logs: { name: "Logs", scopes: { read: "", write: "" } } } },
    others: { platform: "pingone" },
  },
])("on $cloud", async ({ cloud, start, target, shared, others }) => {
  const { tenant, look } = await start();
  afterAll(() => tenant.stop());
  const addStack = openProject(tenant);
  const withBot = (settings: object, scopes: readonly string[] = TWO, base: object = shared) => ({
    ...base,
    agents: { bot: { name: NAME, pattern: "autonomous", access: [{ [target]: "logs", scopes }], ...settings } },
  });
  const stack = await addStack(`${cloud.toLowerCase()}-one`, withBot({}));

  test("delete, which nobody has to say: the agent goes with its access", async () => {
    await stack.up();
    expect(await look()).toEqual({ isOn: true, scopes: TWO });
    const { stdout } = await stack.declare(shared).up();
    expect(stdout).not.toContain("stays on the tenant");
    expect(await look()).toBeUndefined();
  });

  test("disable: it stays, switched off and without its access; the entry that is back goes on with it", async () => {
    await stack.declare(withBot({ onRemove: "disable" })).up();
    const { stdout } = await stack.declare(shared).up();
    expect(stdout).toMatch(/AiAgent .*[Bb]ot stays on the tenant: it is switched off, and its declared access is gone/);
    expect(await look()).toEqual({ isOn: false, scopes: [] });
    expect(stack.resources.filter(({ type }) => type.endsWith("AiAgent"))).toEqual([]);

    await stack.declare(withBot({ onRemove: "disable" })).up();
    expect(await look()).toEqual({ isOn: true, scopes: TWO });
    await stack.drift();
  });

  test("retain: it stays as it is, with its access; an access entry alone still goes", async () => {
    await stack.declare(withBot({ onRemove: "retain" }, ["read"])).up();
    expect(await look()).toEqual({ isOn: true, scopes: ["read"] });
    await stack.declare(withBot({ onRemove: "retain", access: [] })).up();
    expect(await look()).toEqual({ isOn: true, scopes: [] });

    await stack.declare(withBot({ onRemove: "retain" })).up();
    const { stdout } = await stack.declare(shared).up();
    expect(stdout).toMatch(/AiAgent .*[Bb]ot stays on the tenant: it is as it was/);
    expect(await look()).toEqual({ isOn: true, scopes: TWO });

    await stack.declare(withBot({ onRemove: "retain" })).up();
    expect(await look()).toEqual({ isOn: true, scopes: TWO });
    await stack.drift();
  });

  test("destroy says what stays; another stack is told who let it go, and adopts it with its access", async () => {
    await stack.declare(shared).up();
    const access = cloud === "AIC" ? [{ application: "logs", scopes: TWO }] : [{ resource: "Logs", scopes: TWO }];
    const other = await addStack(`${cloud.toLowerCase()}-two`, withBot({ access }, TWO, others));
    const { stdout: refused } = await other.up({ exit: 1 });
    expect(refused).toMatch(/belongs to nobody: stack ping-agents\/\S+-one let it go/);
    await other.declare(withBot({ access, adopt: "match", onRemove: "disable" }, TWO, others)).up();
    expect(await look()).toEqual({ isOn: true, scopes: TWO });
    await other.drift();

    const { stdout } = await other.destroy();
    expect(stdout).toContain("stays on the tenant: it is switched off");
    expect(await look()).toEqual({ isOn: false, scopes: [] });
    await stack.destroy();
    expect((await look())?.isOn).toBe(false);
  });
});
