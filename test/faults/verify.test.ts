/**
 * `verify` of a stack that is up, under each plan of faults on a tenant that keeps its rules, under mixes on one that keeps none: what it
 * says is what it says undisturbed, or that something could not be tried; and it leaves nothing behind, at the latest when it is run again.
 * `npm run faults` tries every plan and twenty mixes, the suite a few.
 */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PingAgentsError } from "../../src/errors.ts";
import type { Report } from "../../src/verify/index.ts";
import { count } from "../../src/verify/report/report.ts";
import { isFull } from "../support/mode.ts";
import { type Cloud, STACKS, startCloud } from "./clouds.ts";
import { LocalStack } from "./local-stack.ts";
import { armedForVerify, mixOf, PLANS, type Plan } from "./plans.ts";
import { expectBounded, secretsIn } from "./story.ts";
import { expectTrue, runVerify, textsOf } from "./verify.ts";

const stacks = isFull ? STACKS : (["examples/pingone-signs-users-in"] as const);
const plans = isFull ? Object.keys(PLANS) : ["half a body"];
const mixes = Array.from({ length: isFull ? 20 : 1 }, (_, index) => index + 1);

describe.each(stacks)("%s", (name) => {
  let cloud: Cloud;
  const stack = new LocalStack();
  let content: unknown;
  let rules: string[];
  beforeAll(async () => {
    cloud = await startCloud(name);
    expect((await stack.up(cloud.connect(), cloud.plan)).errors).toEqual([]);
    content = await cloud.content();
    const tables = (await cloud.tenant.control("rules")) as Record<string, Readonly<Record<string, unknown>>>;
    rules = ["rules", "delegation", "pingone"].flatMap((table) => Object.keys(tables[table] ?? {}));
    for (const kind of KINDS) calm[kind] = await undisturbed(kind);
    expect(count(calm.strict?.report ?? expect.unreachable())).toMatchObject({ fail: 0, inconclusive: 0 });
  }, 600_000);
  afterAll(() => cloud?.tenant.stop());

  const calm: Partial<Record<Kind, { readonly report: Report; readonly calls: number }>> = {};

  async function undisturbed(kind: Kind) {
    await cloud.tenant.control("rules", { off: kind === "strict" ? [] : rules });
    let report: Report | undefined;
    const { length: calls } = await cloud.tenant.count(async () => {
      report = await runVerify(cloud, stack);
    });
    expect(await cloud.content()).toEqual(content);
    return { report: report as unknown as Report, calls };
  }

  /** @returns how the run ended: its counts, or the code of what kept it from working */
  async function verifiedUnder(plan: Plan, kind: Kind, seed?: number): Promise<string> {
    const { report: known, calls } = calm[kind] ?? expect.unreachable();
    const said: string[] = [];
    await cloud.tenant.control("rules", { off: kind === "strict" ? [] : rules });
    if (plan.skewSeconds !== undefined) await cloud.tenant.control("clock", { skewSeconds: plan.skewSeconds });
    await cloud.tenant.control("faults", armedForVerify(plan, cloud.name, calls, seed));
    let ended: Report | Error | undefined;
    const seen = await cloud.tenant.count(async () => {
      ended = await runVerify(cloud, stack, said).catch((error: Error) => error);
    });
    await cloud.tenant.control("faults", { faults: [] });
    await cloud.tenant.control("clock", { reset: true });

    expectBounded(seen, calls);
    if (ended instanceof Error) {
      expect(ended).toBeInstanceOf(PingAgentsError);
      expect(ended.message).toMatch(/\n {2}Next: /);
      said.push(ended.message);
    } else if (ended) {
      expectTrue(ended, known);
      said.push(...textsOf(ended));
    }
    for (const text of said)
      for (const secret of [...cloud.secrets, ...secretsIn(stack)]) expect(text).not.toContain(secret);
    if (ended && "rows" in ended) {
      const isThere = JSON.stringify(await cloud.content());
      const named = ended.rows.filter((row) => row.case === "cleanup" && row.verdict === "fail");
      for (const { got } of named) expect(isThere).toContain(got.split("/").at(-1));
    }
    // What could not be removed is named, and gone after the next run.
    if (JSON.stringify(await cloud.content()) !== JSON.stringify(content)) {
      expect(said.join("\n")).toContain("could not be removed");
      await runVerify(cloud, stack);
    }
    expect(await cloud.content()).toEqual(content);
    return ended instanceof PingAgentsError ? ended.code : inWords(ended as Report);
  }

  async function told(title: string, plan: Plan, kind: Kind, seed?: number): Promise<void> {
    const ended = await verifiedUnder(plan, kind, seed);
    if (isFull) console.log(`| ${[name, title, kind, ended].join(" | ")} |`);
  }

  test.each(plans)("%s", (title) => told(title, PLANS[title] ?? expect.unreachable(), "strict"));

  test.each(mixes.map(mixOf))("$name, on a tenant without rules", ({ name: title, plan, seed }) =>
    told(`${title} (seed ${seed})`, plan, "lax", seed),
  );
});

/** A tenant that keeps its rules, on which all passes, and one that keeps none, on which what must fail may not pass. */
const KINDS = ["strict", "lax"] as const;
type Kind = (typeof KINDS)[number];

function inWords(report: Report): string {
  const { pass, fail, inconclusive } = count(report);
  return `${pass} passed, ${fail} failed, ${inconclusive} inconclusive`;
}
