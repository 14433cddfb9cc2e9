/**
 * What each operation does about an object, by whose it is, whether it equals the declaration and the policy: one table for all ways
 * in which an object says whose it is. What is refused or left alone is asked for, and nothing is written.
 */

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { PingAgentsError } from "../../src/errors.ts";
import type { DynamicProvider } from "../../src/providers/lifecycle.ts";
import type { Owner } from "../../src/providers/owner.ts";
import { startAic } from "../support/aic.ts";
import { forgetStacks, type KindSample } from "../support/kind-suite.ts";
import { checked, type KindTenant, made } from "../support/kinds.ts";
import { startPingOne } from "../support/pingone.ts";
import { OWNER, plain, sent } from "../support/properties.ts";
import { writes } from "../support/tenant.ts";
import { environmentSamples } from "./aic/environment-samples.ts";
import { oauthSamples } from "./aic/oauth-samples.ts";
import { samples as pingOneSamples } from "./pingone/samples.ts";

const OTHER: Owner = { ...OWNER, stack: "zzzzzzzzzzzz", name: "shop/other", resource: "theirs" };
/** What the object needs. */
const NEEDED: Owner = { ...OWNER, resource: "what it needs" };
const RENAMED: Owner = { ...OWNER, resource: "another key" };
/** The same declaration with a state that knows nothing of before. */
const LOST: Owner = { ...OWNER, stack: "nnnnnnnnnnnn" };

/** What an operation comes to. `takes`: it is ours afterwards, and as declared. `gone`: an update finds nothing. */
type Word = "makes" | "takes" | "removes" | "leaves" | "refuses" | "gone";

const OPERATIONS = ["never", "match", "overwrite", "lost", "update", "moved", "replace", "delete"] as const;
type Operation = (typeof OPERATIONS)[number];

const SITUATIONS = {
  nothing: async () => {},
  "the object of the state": async () => {},
  "that of another key": async (tenant, sample) => void (await made(tenant, sample, RENAMED)),
  "another stack's that equals": async (tenant, { type, inputs }) =>
    void (await made(tenant, { type, inputs: { ...inputs, adopt: "overwrite" } }, OTHER)),
  "another stack's that differs": async (tenant, { type, inputs, changed }) => {
    const { id, outs } = await made(tenant, { type, inputs: { ...inputs, adopt: "overwrite" } }, OTHER);
    await tenant.provider(type).update(id, sent(outs), await checked(tenant, { type, inputs: changed }, OTHER));
  },
  "one of before stacks were named": async (tenant) => forgetStacks(tenant, [OWNER, NEEDED]),
} satisfies Record<string, (tenant: KindTenant, sample: KindSample<never>) => Promise<void>>;
type Situation = keyof typeof SITUATIONS;

/**
 * Columns: a create by policy; one of a stack whose state was lost; an update; one under another stack's id, as after
 * `pulumi state move`; a replacement; a delete.
 */
const TABLE: Record<Situation, readonly [...Word[]] & { readonly length: typeof OPERATIONS.length }> = {
  nothing: ["makes", "makes", "makes", "makes", "gone", "gone", "makes", "removes"],
  "the object of the state": ["takes", "takes", "takes", "refuses", "takes", "takes", "makes", "removes"],
  "that of another key": ["takes", "takes", "takes", "refuses", "takes", "refuses", "takes", "leaves"],
  "another stack's that equals": ["refuses", "takes", "takes", "refuses", "refuses", "takes", "refuses", "leaves"],
  "another stack's that differs": ["refuses", "refuses", "takes", "refuses", "refuses", "takes", "refuses", "leaves"],
  "one of before stacks were named": ["refuses", "takes", "takes", "refuses", "takes", "takes", "makes", "removes"],
};

/** Where an object cannot say it, and why. */
const EXCEPTIONS: Readonly<Record<string, Partial<typeof TABLE>>> = {
  // A user has no room for a mark and keeps the id of the stack that made it: whoever takes it over leaves no trace.
  "its id": Object.fromEntries(
    ["that of another key", "another stack's that equals", "another stack's that differs"]
      .concat("one of before stacks were named")
      .map((situation) => [situation, TABLE["the object of the state"]]),
  ),
  // It is the parent's owner's, whose stack is marked and not the key; in the run that renames it, the declaration tells.
  "the metadata of its parent": {
    "that of another key": ["takes", "takes", "takes", "refuses", "takes", "takes", "makes", "removes"],
  },
};

const sampleOf = <Tenant>(samples: readonly KindSample<Tenant>[], type: string) =>
  (samples.find((sample) => sample.type === type) ?? expect.unreachable(type)) as KindSample<never>;

/** How the object says whose it is, an example of a kind, and where its tenant comes from. */
const WAYS: readonly [way: string, sample: KindSample<never>, start: () => Promise<KindTenant>][] = [
  ["a field of a client", sampleOf(oauthSamples, "aic:OAuth2Client"), startAic],
  ["a description", sampleOf(environmentSamples, "aic:Group"), startAic],
  ["a description, below others", sampleOf(oauthSamples, "aic:AgentPrivilege"), startAic],
  ["its id", sampleOf(environmentSamples, "aic:User"), startAic],
  ["metadata", sampleOf(pingOneSamples, "pingone:AiAgent"), startPingOne],
  ["a description on PingOne", sampleOf(pingOneSamples, "pingone:Resource"), startPingOne],
  ["the metadata of its parent", sampleOf(pingOneSamples, "pingone:ScopeGrant"), startPingOne],
];

describe.each(WAYS)("%s", (way, sample, start) => {
  const { type, inputs, needs = [] } = sample;
  let tenant: KindTenant;
  beforeAll(async () => {
    tenant = await start();
  });
  afterAll(() => tenant.stop());
  beforeEach(async () => {
    vi.spyOn(console, "warn").mockReturnValue();
    await tenant.reset();
    for (const need of needs) await made(tenant, need, NEEDED);
  });

  const cells = Object.entries({ ...TABLE, ...EXCEPTIONS[way] }).flatMap(([situation, words]) =>
    OPERATIONS.map((operation, index) => [situation as Situation, operation, words[index] as Word] as const),
  );
  test.each(cells)("%s, %s: %s", async (situation, operation, word) => {
    const { id, outs } = await made(tenant, sample);
    if (situation === "nothing") await tenant.provider(type).delete(id, sent(outs));
    await SITUATIONS[situation](tenant, sample);
    const found = await tenant.dump();
    const there = ids(tenant);

    const owner = { lost: LOST, moved: OTHER }[operation as string] ?? OWNER;
    const adopt = { match: "match", overwrite: "overwrite" }[operation as string];
    const news = await checked(tenant, { type, inputs: { ...inputs, ...(adopt && { adopt }) } }, owner);
    const provider = tenant.provider(type);
    let answer: { outs?: Record<string, unknown>; code?: string } = {};
    const seen = await tenant.count(async () => {
      answer = (await operate(provider, operation, { id, outs: sent(outs), news }).catch(
        (error: PingAgentsError) => error,
      )) as typeof answer;
    });

    expect(answer.code).toBe({ refuses: "ERR_OBJECT_EXISTS", gone: "ERR_OBJECT_GONE" }[word as string]);
    if (["refuses", "gone", "leaves"].includes(word)) {
      // A create may be refused by the tenant itself: it says that there is one.
      expect(writes(seen).filter(({ status }) => status !== 412 && status !== 400)).toEqual([]);
      expect(await tenant.dump()).toEqual(found);
    } else if (word === "removes") {
      expect(writes(seen).filter(({ method }) => method === "POST")).toEqual([]);
      expect(await tenant.provider(type).read(id, sent(outs))).toEqual({});
    } else {
      const own = await tenant.provider(type).read(id, sent(answer.outs));
      expect(plain(own.inputs)).toEqual(plain(news));
      expect(own.props?.__owner).toEqual(owner);
      if (word === "takes") expect(ids(tenant)).toEqual(expect.arrayContaining(there));
    }
  });
});

/** Which objects the tenant holds; relations are made anew with every write. */
const ids = ({ sandbox: { tenant } }: KindTenant) =>
  tenant.store.collections().flatMap((collection) => {
    const objects = tenant.store
      .list(collection)
      .filter(({ document }) => !JSON.stringify(document).includes('"ends"'));
    return objects.map(({ id }) => `${collection}/${id}`);
  });

type State = { readonly id: string; readonly outs: Record<string, unknown>; readonly news: Record<string, unknown> };

function operate(provider: DynamicProvider, operation: Operation, { id, outs, news }: State): Promise<unknown> {
  if (operation === "update" || operation === "moved") return provider.update(id, outs, news);
  if (operation === "delete") return provider.delete(id, outs).then(() => ({}));
  const create = () => provider.create(news);
  return operation === "replace" ? provider.delete(id, outs).then(create) : create();
}
