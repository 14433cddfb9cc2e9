/** Access that somebody adds by hand on PingOne: a drift check names it, a repair takes it away, an entry lets it stay. */

import { afterAll, expect, test } from "vitest";
import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import { startPingOne } from "../../support/pingone.ts";
import { openProject } from "../project.ts";

const tenant = await startPingOne();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
const declaration = (allow: string[] = []) => ({
  platform: "pingone",
  resources: {
    funds: { name: "Funds API", scopes: { "funds:read": "Read", "funds:pay": "Pay" } },
    safe: { name: "Safe API", scopes: { "safe:open": "Open" } },
  },
  agents: {
    "fund-bot": {
      name: "Fund Bot",
      pattern: "autonomous",
      owners: ["demo.owner"],
      access: [{ resource: "funds", scopes: ["funds:read"] }],
      allow: allow.map((access) => ({ access, reason: "a trial", owner: "ann" })),
    },
  },
});
const stack = await addStack("access", declaration());
await stack.up();
const before = await tenant.dump();

const named = async (rows: Promise<PingOneObject[]>, name: string) =>
  (await rows).find((row) => row.name === name || row.username === name) ?? expect.unreachable(name);

/** What somebody does in the console: a grant, a scope of one, a claim, a policy, an owner, and a scope of a resource. */
async function addByHand(): Promise<void> {
  const { admin } = tenant;
  const bot = await named(admin.applications.list(), "Fund Bot");
  const funds = await named(admin.resources.list(), "Funds API");
  const safe = await named(admin.resources.list(), "Safe API");
  const scopes = async ({ id }: PingOneObject) => (await admin.scopes(id).list()).map((scope) => ({ id: scope.id }));
  const grants = admin.below(bot.id, "grants");
  for (const { id, resource } of await grants.list())
    await grants.replace(id, { resource, scopes: await scopes(funds) });
  await grants.create({ resource: { id: safe.id }, scopes: await scopes(safe) });
  await admin.below(bot.id, "attributes").create({ name: "team", value: "all", required: false });
  const policy = await named(admin.signOnPolicies.list(), "Single_Factor");
  await admin.below(bot.id, "signOnPolicyAssignments").create({ signOnPolicy: { id: policy.id }, priority: 1 });
  const role = await named(admin.roles.list(), "Application Owner");
  const { id } = await named(admin.users.list(), "end.user");
  const scope = { id: bot.id, type: "APPLICATION" };
  await admin.roleAssignments("users", id).create({ role: { id: role.id }, scope });
  await admin.scopes(funds.id).create({ name: "funds:close" });
}

const DRIFT = {
  "pingone:AiAgent fund-bot": ["claim/team", "grant/Safe API", "owner/end.user", "policy/Single_Factor"],
  "pingone:Resource funds": ["scope/funds:close"],
  "pingone:ScopeGrant fund-bot/funds": ["scope/funds:pay"],
};
const asShown = (drift: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(drift).map(([resource, accesses]) => {
      return [resource, accesses.map((access) => `undeclared["${access}"]`)];
    }),
  );

test("a drift check names it, and `up --refresh` takes it away", async () => {
  await addByHand();
  expect(await stack.driftedProperties()).toEqual(asShown(DRIFT));
  const { stdout } = await stack.drift({ exit: 7 });
  for (const text of ["scopes of Safe API: safe:open", "claim team = all", "owner end.user"]) {
    expect(stdout).toContain(text);
  }
  await stack.up({ args: ["--refresh"] });
  expect(await tenant.dump()).toEqual(before);
  await stack.drift();
});

test("with `report` it shows each time, and `up` says that it stays", async () => {
  const report = { ...declaration(), undeclaredAccess: "report" };
  await stack.declare(report).up();
  await addByHand();
  const found = await tenant.dump();
  const { stdout, stderr } = await stack.up({ args: ["--refresh"] });
  for (const access of Object.values(DRIFT).flat()) expect(stdout + stderr).toContain(`${access}: `);
  expect(await tenant.dump()).toEqual(found);
  expect(await stack.driftedProperties()).toEqual(asShown(DRIFT));
});

test("with an entry that allows it, nothing shows and nothing goes", async () => {
  const found = await tenant.dump();
  const resources = declaration().resources;
  const funds = { ...resources.funds, allow: [{ access: "scope/funds:close", reason: "a trial", owner: "ann" }] };
  const allowed = Object.values(DRIFT)
    .flat()
    .filter((access) => access !== "scope/funds:close");
  await stack.declare({ ...declaration(allowed), resources: { ...resources, funds } }).up({ args: ["--refresh"] });
  expect(await tenant.dump()).toEqual(found);
  await stack.drift();
});
