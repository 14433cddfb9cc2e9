/** The way to a declaration and back: whatever an agent, application or resource is, an entry that a declaration takes equals it. */

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as aicEntries from "../../src/adoption/aic/entries.ts";
import { foundIn as foundInRealm } from "../../src/adoption/aic/live.ts";
import type { Resource } from "../../src/adoption/candidate.ts";
import * as pingOneEntries from "../../src/adoption/pingone/entries.ts";
import { foundIn as foundInEnvironment } from "../../src/adoption/pingone/live.ts";
import { type Standing, standingOf } from "../../src/adoption/standing.ts";
import { aicDeclarationSchema } from "../../src/components/aic/declaration.ts";
import { pingOneDeclarationSchema } from "../../src/components/pingone/schema.ts";
import { aicContexts } from "../../src/providers/aic/context.ts";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { pingOneContexts } from "../../src/providers/pingone/context.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";
import type { Properties } from "../../src/providers/pulumi-values.ts";
import * as aic from "../providers/aic/choices.ts";
import * as pingOne from "../providers/pingone/choices.ts";
import { startAic } from "../support/aic.ts";
import { arbitraryOf, type Choices } from "../support/arbitrary.ts";
import { type Declared, type KindTenant, made } from "../support/kinds.ts";
import { startPingOne } from "../support/pingone.ts";
import { sent } from "../support/properties.ts";

/** The stack that takes over; what it meets is of another one. */
const STACK = { stack: "z9y8x7w6v5u4", name: "shop/taker", tenant: "a-tenant" };

/** A tenant of a cloud, and what a declaration can say there. */
type Cloud = {
  readonly tenant: KindTenant;
  readonly choices: Readonly<Record<string, Choices>>;
  readonly needs: readonly Declared[];
  standing(resource: Resource): Promise<Standing>;
  isPossible(type: string, inputs: Properties): boolean;
};

/** Something that is made, and entries for it that the schema takes, as resources. */
type Case = {
  readonly type: string;
  /** What is made beside it. @default nothing */
  readonly beside?: (inputs: Properties) => readonly Declared[];
  readonly taken: (inputs: Properties) => Promise<readonly (readonly Resource[])[]>;
};

const kinds = [...aicKinds, ...pingOneKinds];

async function roundTrip({ tenant, choices, standing, isPossible }: Cloud, { type, beside = () => [], taken }: Case) {
  const schema = kinds.find((kind) => kind.type === type)?.inputs ?? expect.unreachable(type);
  const arbitrary = arbitraryOf(schema, { ...choices["*"], ...choices[type] }) as fc.Arbitrary<Properties>;
  let compared = 0;
  const property = fc.asyncProperty(arbitrary, async (inputs) => {
    const { failures } = await tenant.provider(type).check(undefined, sent(inputs));
    fc.pre(failures.length === 0 && isPossible(type, inputs));
    const all = [{ type, inputs }, ...beside(inputs)];
    const objects: { readonly type: string; readonly id: string; readonly outs: Properties }[] = [];
    try {
      for (const one of all) objects.unshift({ type: one.type, ...(await made(tenant, one)) });
      const entries = await taken(inputs);
      for (const resource of entries.flat()) {
        expect(await standing(resource), JSON.stringify(resource)).toMatchObject({ is: "equal" });
        compared += 1;
      }
      // Taken over by a run that was killed before its state was written: ours, and as declared.
      for (const { type: one, name, props } of entries.at(-1) ?? []) {
        const owner = { ...STACK, resource: name };
        const declared = { type: one, inputs: { ...props, adopt: "match" } };
        objects.unshift({ type: one, ...(await made(tenant, declared, owner)) });
        expect(await standing({ type: one, name, props }), name).toMatchObject({ is: "own", id: expect.any(String) });
      }
    } finally {
      for (const { type: one, id, outs } of objects) await tenant.provider(one).delete(id, sent(outs));
    }
  });
  await fc.assert(property, { numRuns: 8 });
  expect(compared).toBeGreaterThan(0);
}

async function inRealm() {
  const tenant = await startAic();
  const context = () => aicContexts(tenant.admin).fresh;
  const cases: Case[] = [
    {
      type: "aic:AiAgent",
      taken: async ({ clientId }) => {
        const id = String(clientId);
        const { agents } = await foundInRealm(context(), "alpha");
        const found = agents.find((one) => one.clientId === id) ?? expect.unreachable();
        return aicEntries.agentEntries(found).flatMap((entry) => {
          const agent = aicDeclarationSchema.safeParse({ ...REALM, agents: { [id]: entry } }).data?.agents?.[id];
          return agent ? [aicEntries.agentResources(placeOf(id), agent)] : [];
        });
      },
    },
    {
      type: "aic:OAuth2Client",
      beside: ({ clientId }) => [
        { type: "aic:Application", inputs: { realm: "alpha", clientId, name: "An app", template: "spa" } },
        {
          type: "aic:AgentPrivilege",
          inputs: { realm: "alpha", agent: "support-agent", application: clientId, scopes: "all" },
        },
      ],
      taken: async ({ clientId }) => {
        const id = String(clientId);
        const { applications } = await foundInRealm(context(), "alpha");
        const { client, linked } = applications.find((one) => one.clientId === id) ?? expect.unreachable();
        const entry = aicEntries.applicationEntry(linked[0]?.inputs ?? {}, client?.inputs ?? {});
        const { data } = aicDeclarationSchema.safeParse({ ...REALM, applications: { [id]: entry } });
        const application = data?.applications?.[id];
        return application ? [aicEntries.applicationResources(placeOf(id), application)] : [];
      },
    },
  ];
  const standing = (resource: Resource) => standingOf(aicKinds, context(), resource, STACK);
  return { cases, cloud: { ...aic, tenant, standing, isPossible: () => true } };
}

const placeOf = (clientId: string) => ({
  ...({ realm: "alpha", tier: "development", clientId, actor: undefined } as const),
  scriptId: () => undefined,
});
const REALM = { platform: "aic", realm: "alpha", tier: "development" };

async function inEnvironment() {
  const tenant = await startPingOne();
  const context = () => pingOneContexts(tenant.connection).fresh;
  const nameOf = (name: string) => name;
  const cases: Case[] = [
    {
      type: "pingone:AiAgent",
      taken: async ({ name }) => {
        const { agents } = await foundInEnvironment(context(), undefined);
        const found = agents.find((one) => one.name === name) ?? expect.unreachable();
        return pingOneEntries.agentEntries(found, nameOf).flatMap((entry) => {
          const { data } = pingOneDeclarationSchema.safeParse({ platform: "pingone", agents: { one: entry } });
          return data?.agents?.one ? [pingOneEntries.agentResources(data, "one", data.agents.one)] : [];
        });
      },
    },
    {
      type: "pingone:Application",
      taken: async ({ name }) => {
        const { applications } = await foundInEnvironment(context(), undefined, (row) => row.name === name);
        const found = applications.find((one) => one.name === name) ?? expect.unreachable();
        const one = pingOneEntries.applicationEntry(found, nameOf);
        const { data } = pingOneDeclarationSchema.safeParse({ platform: "pingone", applications: { one } });
        const application = data?.applications?.one;
        return application ? [pingOneEntries.applicationResources(data, "one", application)] : [];
      },
    },
    {
      type: "pingone:Resource",
      taken: async ({ name }) => {
        const { resources } = await foundInEnvironment(context(), undefined);
        const found = resources.find((one) => one.name === name) ?? expect.unreachable();
        const entry = pingOneEntries.resourceEntry(found);
        const { data } = pingOneDeclarationSchema.safeParse({ platform: "pingone", resources: { one: entry } });
        return data ? [pingOneEntries.resourceResources(data, "one", () => undefined)] : [];
      },
    },
  ];
  const standing = (resource: Resource) => standingOf(pingOneKinds, context(), resource, STACK);
  return { cases, cloud: { ...pingOne, tenant, standing } };
}

describe.each([
  ["AIC", inRealm],
  ["PingOne", inEnvironment],
])("on %s", async (_cloud, start) => {
  const { cases, cloud } = await start();
  beforeAll(async () => {
    vi.spyOn(console, "warn").mockReturnValue();
    for (const need of cloud.needs) await made(cloud.tenant, need);
  });
  afterAll(() => cloud.tenant.stop());
  test.each(cases)("$type", (one) => roundTrip(cloud, one));
});
