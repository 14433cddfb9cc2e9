/**
 * More than one machine: two runners, each with a folder and a home of its own, on one state in an S3-compatible store. The
 * lock holds; a lost runner's lock is explained and cleared; two stacks of one realm take nothing from each other.
 */

import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { descendants, killHard, type Run, type Running, summary } from "../../engine/cli.ts";
import { development } from "../../engine/declarations.ts";
import { openProject, type Stack } from "../../engine/project.ts";
import { startAic } from "../../support/aic.ts";
import { hands } from "../../support/hands.ts";
import { startProxy } from "../../support/proxy.ts";
import { startStore } from "../../support/s3.ts";
import { TOKENS } from "../../support/tenant.ts";

const store = await startStore();
afterAll(() => store.stop());
const tenant = await startAic();
afterAll(() => tenant.stop());
const before = await tenant.dump();

/** Opened where writes are held back, so that a run is under way as long as it takes. */
let gate = Promise.withResolvers<void>();
gate.resolve();
let [held, landed] = [0, 0];
const proxy = await startProxy(tenant.url, async ({ method, url }, send) => {
  if (method === "GET" || TOKENS.test(url)) return send();
  held += 1;
  await gate.promise;
  const answer = await send();
  landed += 1;
  return answer;
});
afterAll(() => proxy.stop());
const hold = () => {
  [gate, held, landed] = [Promise.withResolvers<void>(), 0, 0];
};

const variables = () => tenant.variables(proxy.url);
const open = () => openProject({ variables }, { processes: true });
const runners = { first: open(), second: open() };
/** A stack whose state is in the store, as one of the runners has it. */
const on = (runner: keyof typeof runners, name: string, declaration: object) =>
  runners[runner](name, declaration, {}, store.variables);

const said = ({ stdout, stderr }: Run) => stdout + stderr;
/** How often each part stands in a text. */
const times = (text: string, ...parts: readonly (string | RegExp)[]) =>
  parts.map((part) => text.split(part).length - 1);

describe("one stack", async () => {
  const declaration = (name: string) => ({
    ...development,
    applications: { shop: { name: "Shop", type: "service", scopes: ["read"] } },
    agents: { bot: { name, pattern: "autonomous", access: [{ application: "shop", scopes: ["read"] }] } },
  });
  const [here, there] = [await on("first", "shared", declaration("Bot")), await on("second", "shared", {})];
  const declare = (name: string) => [here, there].map((stack) => stack.declare(declaration(name)));
  const start = (stack: Stack) => stack.start(["up", "--yes", "--skip-preview"]);
  await here.run(["stack", "init"]);

  /** Starts a run, and waits until it is in the midst of a write. */
  async function startHeld(): Promise<Running> {
    hold();
    const running = start(here);
    await expect.poll(() => held, { interval: 50, timeout: 60_000 }).toBeGreaterThan(0);
    return running;
  }

  /** Who has the lock, as the backend says it. */
  const holder = ({ child: { pid } }: Running) =>
    new RegExp(`\\S+@\\S+ \\(pid ${pid}\\) at \\d{4}-\\d\\d-\\d\\dT[\\d:]+`);

  /** `npx pulumi up` says whose the lock is and what to do, each once, and does nothing. */
  async function expectRefused(running: Running): Promise<void> {
    const refused = said(await there.up({ launched: true, exit: 1 }));
    expect(times(refused, holder(running), "`pulumi cancel`"), refused).toEqual([1, 1]);
  }

  test("of two runs that start together at most one has it, and the other does nothing", async () => {
    declare("Bot");
    hold();
    const runs = [here, there].map(start);
    const refused = await Promise.race(runs.map(({ ended }) => ended));
    expect(times(said(refused), "the stack is currently locked by 1 lock(s)"), said(refused)).toEqual([1]);
    gate.resolve();
    const ended = await Promise.all(runs.map((run) => run.ended));
    expect(ended.filter(({ exitCode }) => exitCode === 0).length).toBeLessThanOrEqual(1);
    await here.up();
  });

  test("whoever comes while a run is under way is told whose it is, and goes on after it", async () => {
    declare("Changed");
    const running = await startHeld();
    await expectRefused(running);
    gate.resolve();
    expect((await running.ended).exitCode).toBe(0);
    expect(Object.keys(summary(await there.up()))).toEqual(["unchanged"]);
  });

  test("a lost runner's lock is explained, once, and cleared by the command that is said", async () => {
    declare("Lost");
    const running = await startHeld();
    const pid = running.child.pid as number;
    for (const id of [pid, ...descendants(pid).map((below) => below.id)]) killHard(id);
    await running.ended;
    gate.resolve();
    // What was under way arrives although nobody waits for it.
    await expect.poll(() => landed, { interval: 50 }).toBe(held);

    const seen = await tenant.count(() => expectRefused(running));
    // The launcher asks what the tenant is: whether it is a local one, and of which realm.
    expect(seen.filter(({ path }) => !/^\/__sandbox$|\/serverinfo\//.test(path))).toEqual([]);
    await hands(tenant).agent("OAuth2Client", "shop", "coreOAuth2ClientConfig", { scopes: ["read", "admin"] });
    copyFileSync(there.declarationFile, join(dirname(there.declarationFile), "stacks", "shared.yaml"));
    const repair = ["drift", "shared", "--fix", "--yes", "--no-plan"];
    const { stderr } = await there.kit(repair, { exit: 1 });
    const parts = ["ERR_STACK_LOCKED", holder(running), "npx pulumi cancel --yes --stack shared", "currently locked"];
    expect(times(stderr, ...parts), stderr).toEqual([1, 1, 1, 0]);

    await there.run(["cancel", "--yes"], { launched: true });
    await there.kit(repair);
    expect(Object.keys(summary(await there.up()))).toEqual(["unchanged"]);
    expect(await there.driftedProperties()).toEqual({});
    await there.destroy();
    expect(await tenant.dump()).toStrictEqual(before);
  });
});

describe("two stacks of one realm", async () => {
  const grantType = (name: string) => `urn:example:grant-type:${name}`;
  /** Entries of documents that the whole realm shares; none that an agent needs, so that none stays for another's. */
  const declaration = (name: string, own: readonly string[]) => ({
    ...development,
    provider: {
      grantTypes: own.map((one) => grantType(`${name}-${one}`)),
      acr: Object.fromEntries(own.map((one) => [`${name}-${one}`, "Login"])),
    },
    agents: { [`${name}-agent`]: { name, pattern: "on-behalf-of", access: [] } },
  });
  const names = ["one", "two"] as const;
  const stacks = [await on("first", "one", {}), await on("second", "two", {})];

  /** Lets both run at once. */
  const both = <T>(run: (stack: Stack, name: string) => Promise<T>) =>
    Promise.all(stacks.map((stack, index) => run(stack, names[index] ?? "")));

  await both((stack) => stack.run(["stack", "init"]));

  /** Entries of the realm's OAuth2 provider that either stack declares. */
  async function entries() {
    const document = { ...(await tenant.admin.am("alpha").getOAuth2Provider()) } as {
      advancedOAuth2Config: { grantTypes: string[] };
      advancedOIDCConfig: { loaMapping?: Record<string, string> };
    };
    const { grantTypes } = document.advancedOAuth2Config;
    const ours = grantTypes.filter((type) => type.startsWith(grantType("")));
    return { grantTypes: ours.sort(), acr: Object.keys(document.advancedOIDCConfig.loaMapping ?? {}).sort() };
  }

  const expected = (own: readonly string[]) => {
    const all = names.flatMap((name) => own.map((one) => `${name}-${one}`)).sort();
    return { grantTypes: all.map(grantType), acr: all };
  };

  test.for([
    { own: ["a", "b", "c"], what: "are made" },
    { own: ["c", "d", "e"], what: "change what they own" },
  ])("$what from two runners at once, and nobody loses an entry", async ({ own }) => {
    await both((stack, name) => stack.declare(declaration(name, own)).up());
    expect(await entries()).toEqual(expected(own));
    expect(await both((stack) => stack.driftedProperties())).toEqual([{}, {}]);
  });

  test("are destroyed at once, and the tenant is as before", async () => {
    await both((stack) => stack.destroy());
    expect(await tenant.dump()).toStrictEqual(before);
  });
});
