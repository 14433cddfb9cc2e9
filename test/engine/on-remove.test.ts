/** What becomes of an agent whose entry goes, or whose stack is destroyed, with the real engine: `onRemove` on both clouds (decision 0012). */

import { afterAll, describe, expect, test } from "vitest";
import { type LocalAic, startAic } from "../support/aic.ts";
import { type LocalPingOne, startPingOne } from "../support/pingone.ts";
import { development } from "./declarations.ts";
import { openProject } from "./project.ts";

const TWO = ["read", "write"];
/** The agents, named by what becomes of them. */
const ALL = ["delete", "disable", "retain", "narrowed", "moved"] as const;

/** What the tenant has of an agent: whether it is on, and the scopes that it may get; undefined without one. */
type Look = (id: string) => Promise<{ readonly isOn: boolean; readonly scopes: readonly string[] } | undefined>;

async function aic() {
  const tenant: LocalAic = await startAic();
  const { admin } = tenant;
  const look: Look = async (id) => {
    const [row] = await admin.am("alpha").query("AIAgent", `_id eq '${id}'`);
    if (!row) return undefined;
    const fields = ["permissions", "agentOAuth2ClientId"];
    const rows = await admin.idm.query("managed/alpha_aiagentprivilege", "true", { fields });
    const own = rows.filter(({ agentOAuth2ClientId }) => agentOAuth2ClientId === id);
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
  const look: Look = async (id) => {
    const row = (await admin.applications.list()).find(({ name }) => name === id);
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
  const ON = { isOn: true, scopes: TWO };
  const OFF = { isOn: false, scopes: [] };
  const access = (scopes: readonly string[]) => [{ [target]: "logs", scopes }];
  /** Declares agents under their names. @param settings what is not as for all */
  const withBots = (settings: Readonly<Record<string, object>>, base: object = shared) => ({
    ...base,
    agents: Object.fromEntries(
      Object.entries(settings).map(([id, own]) => [
        id,
        { name: id, pattern: "autonomous", access: access(TWO), ...own },
      ]),
    ),
  });
  const disable = { onRemove: "disable" };
  const retain = { onRemove: "retain" };
  const stack = await addStack(
    `${cloud.toLowerCase()}-one`,
    withBots({ delete: {}, disable, retain, narrowed: { ...retain, access: access(["read"]) }, moved: retain }),
  );
  const stays = (id: string, how: string) => new RegExp(`AiAgent .*${id} stays on the tenant: ${how}`);
  const looks = async () => Object.fromEntries(await Promise.all(ALL.map(async (id) => [id, await look(id)])));

  test("an entry that goes: deleted where nobody says more, switched off without access, or as it was; and access alone still goes", async () => {
    await stack.up();
    expect(await looks()).toEqual({
      ...{ delete: ON, disable: ON, retain: ON, moved: ON },
      narrowed: { isOn: true, scopes: ["read"] },
    });
    const { stdout } = await stack.declare(withBots({ narrowed: { ...retain, access: [] } })).up();
    expect(stdout).not.toContain("delete stays on the tenant");
    expect(stdout).toMatch(stays("disable", "it is switched off, and its declared access is gone"));
    expect(stdout).toMatch(stays("retain", "it is as it was"));
    expect(await looks()).toEqual({
      ...{ delete: undefined, disable: OFF, retain: ON, moved: ON },
      narrowed: { isOn: true, scopes: [] },
    });
    const agents = stack.resources.filter(({ type }) => type.endsWith("AiAgent"));
    expect(agents.map(({ urn }) => urn.split("::").at(-1))).toEqual(["narrowed"]);
  });

  test("destroy says what stays; another stack is told who let it go, and adopts it with its access", async () => {
    const own = { access: [{ [target]: cloud === "AIC" ? "logs" : "Logs", scopes: TWO }] };
    const other = await addStack(`${cloud.toLowerCase()}-two`, withBots({ moved: own }, others));
    const { stdout: refused } = await other.up({ exit: 1 });
    expect(refused).toMatch(/belongs to nobody: stack ping-agents\/\S+-one let it go/);
    await other.declare(withBots({ moved: { ...own, ...disable, adopt: "match" } }, others)).up();
    expect(await look("moved")).toEqual(ON);
    await other.drift();

    const { stdout } = await other.destroy();
    expect(stdout).toContain("stays on the tenant: it is switched off");
    expect(await look("moved")).toEqual(OFF);
  });

  test("the entry that is back goes on with it, and with its access; what another stack let go stays when all goes", async () => {
    await stack.declare(withBots({ disable, retain, narrowed: retain })).up();
    expect(await looks()).toEqual({ delete: undefined, disable: ON, retain: ON, narrowed: ON, moved: OFF });
    await stack.drift();
    await stack.destroy();
    expect(await looks()).toMatchObject({ disable: { isOn: false }, retain: { isOn: true }, moved: OFF });
  });
});
