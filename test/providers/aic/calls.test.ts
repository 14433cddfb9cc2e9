/** How few calls AIC's kinds make, as the engine asks for them, however many agents there are. */

import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { DynamicProvider } from "../../../src/providers/lifecycle.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { startAic } from "../../support/aic.ts";
import { checked } from "../../support/kinds.ts";
import { OWNER, sent } from "../../support/properties.ts";
import { calls, type Seen, writes } from "../../support/tenant.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
beforeEach(() => tenant.reset());

const realm = "alpha";
const [AGENT, PRIVILEGE, APPLICATION] = ["aic:AiAgent", "aic:AgentPrivilege", "aic:Application"] as const;

type Run = (type: string) => DynamicProvider;
type Made = { readonly type: string; readonly id: string; readonly outs: Properties };

const create = async (run: Run, type: string, resource: string, inputs: Properties): Promise<Made> => {
  const wanted = await checked(tenant, { type, inputs: { realm, ...inputs } }, { ...OWNER, resource });
  return { type, ...(await run(type).create(wanted)) };
};

/** Applications to reach, with their ids, as a program that declares both hands them on. */
const createApplications = (count: number) =>
  Promise.all(
    named(count, "api").map(async (application) => {
      const { outs } = await create(tenant.run(), APPLICATION, application, {
        ...{ clientId: application, name: application, template: "service" },
      });
      return { application, applicationId: outs.applicationId };
    }),
  );

type Reach = Awaited<ReturnType<typeof createApplications>>;

/** An agent with an owner, then its privileges side by side. */
async function createAgent(run: Run, clientId: string, reach: Reach, more: Properties = {}): Promise<Made[]> {
  const agent = await create(run, AGENT, clientId, { clientId, name: clientId, owners: ["demo.owner"] });
  const privilege = (known: Reach[number]) =>
    create(run, PRIVILEGE, `${clientId}/${known.application}`, {
      ...{ agent: clientId, agentIdentityId: agent.outs.identityId, ...known },
      ...{ scopes: ["read"], subjects: ["barbara.jensen"], ...more },
    });
  return [agent, ...(await Promise.all(reach.map(privilege)))];
}

const named = (count: number, word: string) => Array.from({ length: count }, (_, index) => `${word}-${index}`);

/** Reads of a whole collection, such as names in one batch: not of one agent. */
const isRealmWide = ({ method, path }: Seen) => method === "GET" && /\/managed\/[a-z]+_[a-z]+$/.test(path);

describe("an agent with an owner and k privileges", () => {
  test.for([0, 1, 2, 5])("takes 3 + k calls of its own, and two to learn names, k = %i", async (k) => {
    const reach = await createApplications(k);
    const run = tenant.run();
    const seen = calls(await tenant.count(() => createAgent(run, "agent", reach)));
    const own = seen.filter((call) => !isRealmWide(call));
    expect(own.length, JSON.stringify(own, null, 1)).toBe(3 + k);
    expect(seen.length - own.length).toBe(k === 0 ? 1 : 2);
  });

  test("takes a call more to learn the names of groups, and another for applications of which only the name is known", async () => {
    const [application] = named(1, "api");
    await createApplications(1);
    const reach = [{ application: application as string, applicationId: undefined }];
    const more = { subjectGroups: ["customers"] };
    const run = tenant.run();
    const seen = calls(await tenant.count(() => createAgent(run, "agent", reach, more)));
    expect(seen.filter(isRealmWide), JSON.stringify(seen, null, 1)).toHaveLength(4);
    expect(seen).toHaveLength(3 + 1 + 4);
  });
});

describe("forty agents with a privilege each", () => {
  const COUNT = 40;

  test("take the same calls each, and names once; they are refreshed by pages, and nothing is written", async () => {
    const reach = await createApplications(1);
    const run = tenant.run();
    const made: Made[] = [];
    const creation = await tenant.count(async () => {
      for (const name of named(COUNT, "agent")) made.push(...(await createAgent(run, name, reach)));
    });
    const own = calls(creation).filter((call) => !isRealmWide(call));
    expect(own).toHaveLength(COUNT * (3 + 1));
    expect(calls(creation).length - own.length).toBe(2);

    const again = tenant.run();
    const refresh = await tenant.count(() =>
      Promise.all(made.map(({ type, id, outs }) => again(type).read(id, sent(outs)))),
    );
    expect(writes(refresh)).toEqual([]);
    // Clients, identities, privileges and names, a page of each.
    expect(calls(refresh).length, JSON.stringify(refresh, null, 1)).toBeLessThanOrEqual(8);
  });
});
