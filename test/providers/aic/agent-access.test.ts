/** An agent's privileges that nobody declared: seen by a refresh, taken away by a repair, or allowed; with what they let it do. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { aicContexts } from "../../../src/providers/aic/context.ts";
import { aicKinds } from "../../../src/providers/aic/platform.ts";
import type { DynamicProvider } from "../../../src/providers/lifecycle.ts";
import { type NamedOwner, withMark } from "../../../src/providers/owner.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { type LocalAic, startAic } from "../../support/aic.ts";
import { type Grant as ByHand, hands } from "../../support/hands.ts";
import { testPlatform, testProvider } from "../../support/kinds.ts";
import { OWNER, plain, sent } from "../../support/properties.ts";
import { calls } from "../../support/tenant.ts";

const realm = "alpha";
const BOT = "support-agent";
const PRIVILEGES = `managed/${realm}_aiagentprivilege`;
const TODAY = "2026-11-30";
const declared = { application: "billing-api", scopes: ["read"], subjects: ["barbara.jensen"] };

let tenant: LocalAic;
let warnings: string[];
beforeAll(async () => {
  tenant = await startAic();
  vi.spyOn(console, "warn").mockImplementation((text) => void warnings.push(String(text)));
});
afterAll(() => tenant.stop());
beforeEach(async () => {
  warnings = [];
  await tenant.reset();
  for (const clientId of ["billing-api", "orders-api"]) {
    await make("aic:OAuth2Client", { realm, clientId, scopes: ["read", "write"] });
    await make("aic:Application", { realm, clientId, name: clientId, template: "service" });
  }
});

/** The provider of a kind, connected anew, on a day of ours. */
function provider(type: string): DynamicProvider {
  const contexts = aicContexts(tenant.admin, () => TODAY);
  return testProvider(type, aicKinds, testPlatform(contexts, tenant.url));
}

async function check(type: string, inputs: Properties): Promise<Properties> {
  const checked = await provider(type).check(undefined, sent(inputs));
  expect(checked.failures).toEqual([]);
  return sent(checked.inputs);
}
const make = async (type: string, inputs: Properties, owner = OWNER) =>
  provider(type).create({ ...(await check(type, inputs)), __owner: owner });

const bot = { realm, clientId: BOT, name: "Support agent", undeclared: {} };
const label = `${BOT}/billing-api`;
const agent = (more: Properties = {}) => ({ ...bot, privileges: { [label]: declared }, ...more });
const privilege = (more: Properties = {}) => ({ realm, agent: BOT, ...declared, ...more });
/** The owner of the agent's privilege. */
const owner = { ...OWNER, resource: label };

/** A declared agent with its one privilege. @returns the outputs of the agent */
async function declareBot(more: Properties = {}): Promise<Properties> {
  const { outs } = await make("aic:AiAgent", agent(more));
  await make("aic:AgentPrivilege", privilege(), owner);
  return outs;
}

type Grant = Partial<ByHand>;

/** What somebody grants in the console. @returns the id */
const grant = (granted: Grant) => hands(tenant).grant({ agent: BOT, application: "billing-api", ...granted });

const ids = async () => (await tenant.admin.idm.query(PRIVILEGES)).map(({ _id }) => _id);
const refresh = (outs: Properties) => provider("aic:AiAgent").read(`${realm}/${BOT}`, sent(outs));
/** What a refresh shows as undeclared. */
const shown = async (outs: Properties) => plain((await refresh(outs)).inputs).undeclared;
/** A refresh, and the update that its difference leads to. */
async function repair(outs: Properties, more: Properties = {}): Promise<Properties> {
  const { props } = await refresh(outs);
  const wanted = await check("aic:AiAgent", agent(more));
  return (await provider("aic:AiAgent").update(`${realm}/${BOT}`, sent(props), wanted)).outs;
}

describe("by hand, seen, repaired", () => {
  test.for<[name: string, granted: Grant, sentence: string]>([
    ["another user", { scopes: ["read"], users: ["end.user"] }, "user end.user on billing-api: read"],
    ["a group", { scopes: ["read"], groups: ["customers"] }, "group customers on billing-api: read"],
    ["itself", { scopes: ["read"] }, "for itself on billing-api: read"],
    ["all scopes", { users: ["barbara.jensen"] }, "user barbara.jensen on billing-api: all scopes"],
    [
      "another application",
      {
        application: "orders-api",
        scopes: ["write", "read"],
        users: ["end.user", "barbara.jensen"],
        groups: ["customers"],
      },
      "user barbara.jensen, user end.user, group customers on orders-api: read, write",
    ],
    ["a scope more", { scopes: ["write"], users: ["barbara.jensen"] }, "user barbara.jensen on billing-api: write"],
    ["the same again", { scopes: ["read"], users: ["barbara.jensen"] }, "user barbara.jensen on billing-api: read"],
  ])("%s", async ([, granted, sentence]) => {
    const outs = await declareBot();
    const before = await tenant.content();
    const id = await grant(granted);
    expect(await shown(outs)).toEqual({ [id]: sentence });

    const repaired = await repair(outs);
    expect(await tenant.content()).toEqual(before);
    expect(plain(repaired)).toEqual(plain(outs));
    expect(await shown(repaired)).toEqual({});
    expect(warnings).toEqual([]);
  });

  test("an update takes away what the refresh before it showed, and nothing that came since", async () => {
    const outs = await declareBot();
    const seen = await grant({ scopes: ["read"] });
    const { props } = await refresh(outs);
    const since = await grant({ scopes: ["write"] });
    const { outs: updated } = await provider("aic:AiAgent").update(
      `${realm}/${BOT}`,
      sent(props),
      await check("aic:AiAgent", agent()),
    );
    expect(await ids()).toContain(since);
    expect(await ids()).not.toContain(seen);
    expect(await shown(updated)).toEqual({ [since]: "for itself on billing-api: write" });
  });

  test("a privilege whose entry left the declaration is the agent's until its own resource goes", async () => {
    const outs = await declareBot();
    const wanted = await check("aic:AiAgent", agent({ privileges: {} }));
    await provider("aic:AiAgent").update(`${realm}/${BOT}`, sent(outs), wanted);
    expect(await ids()).toHaveLength(1);
  });

  test("an agent whose program does not say its privileges keeps what others grant", async () => {
    const { outs } = await make("aic:AiAgent", { realm, clientId: BOT, name: "Support agent" });
    await grant({ scopes: ["read"] });
    const seen = await tenant.count(async () => expect(await shown(outs)).toBeUndefined());
    expect(seen.filter(({ path }) => path.includes("privilege"))).toEqual([]);
  });
});

describe("whose a privilege is", () => {
  const other = { stack: "a1b2c3d4e5f6", name: "shop/prod", resource: "its privilege" };
  const marked = (mark: NamedOwner) => ({ scopes: ["read"], description: withMark("Reads", mark) });

  test("another stack's is named with the stack, and stays", async () => {
    const outs = await declareBot();
    const id = await grant(marked(other));
    const sentence = 'for itself on billing-api: read; granted by "its privilege" of stack shop/prod (a1b2c3d4e5f6)';
    expect(await shown(outs)).toEqual({ [id]: sentence });
    const repaired = await repair(outs);
    expect(await ids()).toContain(id);
    expect(warnings).toEqual([expect.stringContaining(`${id}: ${sentence}`)]);
    expect(await shown(repaired)).toEqual({ [id]: sentence });
  });

  test("one with the mark of a resource that the stack does not have is not declared", async () => {
    const outs = await declareBot();
    const id = await grant(marked({ ...owner, resource: `${label}/gone` }));
    expect(await shown(outs)).toEqual({ [id]: "for itself on billing-api: read" });
    await repair(outs);
    expect(await ids()).not.toContain(id);
  });

  test("of two with one mark only the one counts that was made for the resource", async () => {
    const outs = await declareBot();
    const id = await grant(marked(owner));
    expect(await shown(outs)).toEqual({ [id]: "for itself on billing-api: read" });
    await repair(outs);
    expect(await ids()).toHaveLength(1);
  });
});

describe("allowed access", () => {
  const entry = (access: string, expires?: string) => ({ access, reason: "a trial", owner: "ann", expires });

  test.for([undefined, TODAY])("neither shows nor goes until %s", async (expires) => {
    const outs = await declareBot();
    const [allowed, other] = [await grant({ scopes: ["read"] }), await grant({ scopes: ["write"] })];
    const allow = [entry(allowed, expires), entry("nothing that is there")];
    const repaired = await repair(outs, { allow });
    expect(await ids()).toContain(allowed);
    expect(await ids()).not.toContain(other);
    expect(await shown(repaired)).toEqual({});
  });

  test("shows once it has expired, says so, and goes", async () => {
    const outs = await declareBot();
    const id = await grant({ scopes: ["read"] });
    const allow = [entry(id, "2026-11-29")];
    const { outs: allowed } = await provider("aic:AiAgent").update(
      `${realm}/${BOT}`,
      sent(outs),
      await check("aic:AiAgent", agent({ allow })),
    );
    expect(await shown(allowed)).toEqual({
      [id]: "for itself on billing-api: read; ann allowed it until 2026-11-29",
    });
    expect(await shown(await repair(allowed, { allow }))).toEqual({});
    expect(await ids()).not.toContain(id);
  });
});

test("with `report`, it shows each time, stays, and a run says so", async () => {
  const report = { undeclaredAccess: "report" };
  const outs = await declareBot(report);
  const id = await grant({ scopes: ["read"] });
  const before = await tenant.content();
  const sentence = "for itself on billing-api: read";
  const updated = await repair(outs, report);
  expect(await tenant.content()).toEqual(before);
  expect(warnings).toEqual([expect.stringContaining(`${id}: ${sentence}`)]);
  expect(await shown(updated)).toEqual({ [id]: sentence });
});

test("the first update of a state that was made before only says what is there; the next one takes it away", async () => {
  const { outs } = await make("aic:AiAgent", { realm, clientId: BOT, name: "Support agent" });
  await make("aic:AgentPrivilege", privilege(), owner);
  const id = await grant({ scopes: ["read"] });
  const updated = await repair(outs);
  expect(await ids()).toContain(id);
  expect(warnings).toEqual([expect.stringContaining(`${id}: for itself on billing-api: read`)]);
  await repair(updated);
  expect(await ids()).not.toContain(id);
});

describe("an agent that is there already", () => {
  /** As the console makes it. */
  async function foreign(): Promise<void> {
    const identity = { _id: randomUUID(), oauth2ClientId: BOT, name: "Support agent" };
    await tenant.admin.am(realm).put("AIAgent", BOT, {
      ...{ aiAgentIdentityAttributes: identity, aiAgentIdentityUid: identity._id },
    });
  }
  const adopt = (policy: string) => make("aic:AiAgent", agent({ adopt: policy }));
  const equal: Grant = { scopes: ["read"], users: ["barbara.jensen"] };

  test.for(["never", "match"])("is refused by %s, which lists the access that is not declared", async (policy) => {
    await foreign();
    await grant(equal);
    const id = await grant({ users: ["end.user"] });
    const before = await tenant.dump();
    await expect(adopt(policy)).rejects.toMatchObject({
      code: "ERR_OBJECT_EXISTS",
      message: expect.stringContaining(
        `undeclared.${id}: declared (unset), found "user end.user on billing-api: all scopes"`,
      ),
    });
    expect(await tenant.dump()).toEqual(before);
  });

  test("is taken over by match with the privileges that are declared, which stay the same objects", async () => {
    await foreign();
    const id = await grant(equal);
    const { outs } = await adopt("match");
    const { outs: taken } = await make("aic:AgentPrivilege", privilege({ adopt: "match" }), owner);
    expect(taken.privilegeId).toBe(id);
    expect(await ids()).toEqual([id]);
    expect(await shown(outs)).toEqual({});
    await hands(tenant).managed("aiagentprivilege", "_id", id, { permissions: [] });
    expect(await shown(outs)).toEqual({}); // what was taken over is declared, whatever it allows: its own resource shows that
    const widened = await provider("aic:AgentPrivilege").read("", sent(taken));
    expect(plain(widened.inputs)).toEqual({ ...plain(taken), privilegeId: undefined, scopes: "all" });
    await provider("aic:AgentPrivilege").delete("", sent(taken));
    expect(await ids()).toEqual([]);
  });

  test("of another stack is taken over by match with its privilege, which is refused where it allows something else", async () => {
    const other = { ...OWNER, stack: "a1b2c3d4e5f6", name: "shop/prod" };
    await make("aic:AiAgent", agent(), other);
    const { outs: others } = await make("aic:AgentPrivilege", privilege(), { ...other, resource: label });
    const id = String(others.privilegeId);
    await hands(tenant).managed("aiagentprivilege", "_id", id, { permissions: [] });
    await expect(adopt("match")).rejects.toThrow(`undeclared.${id}: declared (unset), found "user barbara.jensen on`);
    const permissions = [{ type: "scopes", values: ["read"] }];
    await hands(tenant).managed("aiagentprivilege", "_id", id, { permissions });
    const { outs } = await adopt("match");
    await expect(make("aic:AgentPrivilege", privilege(), owner)).rejects.toThrow("of stack shop/prod");
    const { outs: taken } = await make("aic:AgentPrivilege", privilege({ adopt: "match" }), owner);
    expect(taken.privilegeId).toBe(id);
    expect(await shown(outs)).toEqual({});
    expect(await ids()).toEqual([id]);
  });

  test("is taken over by match with what the state of another stack had taken over before and lost", async () => {
    await foreign();
    const mark = { stack: "a1b2c3d4e5f6", name: "shop/prod", resource: label };
    const id = await grant({ ...equal, description: withMark(undefined, mark) });
    const { outs } = await adopt("match");
    const { outs: taken } = await make("aic:AgentPrivilege", privilege({ adopt: "match" }), owner);
    expect(taken.privilegeId).toBe(id);
    expect(await shown(outs)).toEqual({});
    expect(await ids()).toEqual([id]);
  });

  test("is taken over by overwrite without the access that is not declared", async () => {
    await foreign();
    const id = await grant(equal);
    await grant({ users: ["end.user"] });
    await adopt("overwrite");
    expect(await ids()).toEqual([id]);
  });

  test("is taken over with access that is allowed", async () => {
    await foreign();
    const id = await grant({ users: ["end.user"] });
    const allow = [{ access: id, reason: "a trial", owner: "ann" }];
    const { outs } = await make("aic:AiAgent", agent({ adopt: "match", allow }));
    expect(await ids()).toEqual([id]);
    expect(await shown(outs)).toEqual({});
  });
});

test("a refresh lists the privileges once for all agents, and an update that repairs nothing does not look", async () => {
  const outs = await declareBot();
  const other = { ...bot, clientId: "other-agent", privileges: {} };
  const { outs: others } = await make("aic:AiAgent", other);
  const { props } = await refresh(outs);
  const agents = provider("aic:AiAgent");
  const seen = await tenant.count(() =>
    Promise.all([agents.read(`${realm}/${BOT}`, sent(props)), agents.read(`${realm}/other-agent`, sent(others))]),
  );
  const ofPrivileges = calls(seen).filter(({ path }) => path.includes("privilege"));
  expect(ofPrivileges).toHaveLength(1);

  const updated = await tenant.count(async () =>
    provider("aic:AiAgent").update(`${realm}/${BOT}`, sent(props), await check("aic:AiAgent", agent({ name: "Bot" }))),
  );
  expect(updated.filter(({ path }) => path.includes("privilege"))).toEqual([]);
});
