/** An acceptance on AIC, with a local tenant as the real one: what it does otherwise is found, and nothing of the run stays or is told. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { aicKinds } from "../../../src/providers/aic/platform.ts";
import { aicSamples, LEFT_OUT } from "../../../tools/acceptance/aic/samples.ts";
import { aicWing } from "../../../tools/acceptance/aic/wing.ts";
import type { Judged } from "../../../tools/acceptance/compare.ts";
import { Journal, ownerOf } from "../../../tools/acceptance/journal.ts";
import { live, type Sample } from "../../../tools/acceptance/lives.ts";
import { accept, clean, leftIn, type Run } from "../../../tools/acceptance/run.ts";
import { type LocalAic, startAic } from "../../support/aic.ts";
import { type ProxiedCall, startProxy } from "../../support/proxy.ts";
import { temporaryFolder } from "../executables.ts";

/** Those that prove what is planted, and need no waiting. */
const CASES = ["F01", "F03", "C07", "X01", "X06"];
const PREFIX = "ping-acceptance-test-";

let tenant: LocalAic;
beforeAll(async () => {
  tenant = await startAic();
});
beforeEach(() => {
  vi.spyOn(console, "warn").mockReturnValue(); // a restart that is due is said at every write
});
afterEach(async () => {
  vi.restoreAllMocks();
  await tenant.control("rules", { off: [] });
});
afterAll(() => tenant.stop());

/** The tenant as the real one. @param url of a proxy before it */
const wingAt = (url = tenant.url) => {
  const { id: serviceAccountId, jwk } = tenant.sandbox.serviceAccount;
  const settings = { tenantUrl: url, serviceAccountId, serviceAccountKey: JSON.stringify(jwk) };
  return aicWing(settings, { realm: "alpha", tier: "development", cases: CASES });
};
const run = (folder: string, more: Partial<Run> = {}): Run => ({ prefix: PREFIX, folder, progress: () => {}, ...more });
const contradicted = (found: readonly Judged[]) => found.filter(({ verdict }) => verdict === "contradicted");

test("every kind has a sample, or is left out for a reason", () => {
  const sampled = aicSamples(PREFIX, "alpha", "development").map(({ type }) => type);
  expect([...sampled, ...LEFT_OUT].toSorted()).toEqual(aicKinds.map(({ type }) => type).toSorted());
});

test("a tenant like the local one confirms every fact; the tenant is as before, and no secret, person or id is kept", async () => {
  const [folder, before] = [temporaryFolder(), await tenant.content()];
  const found = await accept(wingAt(), run(folder));
  expect(found.filter(({ verdict }) => verdict !== "confirmed")).toEqual([]);
  expect(found.length).toBeGreaterThan(30);
  expect(await tenant.content()).toEqual(before);
  expect(leftIn(folder)).toBe(0);
  const kept = ["tenant.jsonl", "local.jsonl", "report.md"].map((name) => readFileSync(join(folder, name), "utf8"));
  for (const text of kept) {
    expect(text).not.toMatch(/Aa1!|"userpassword":"(?!\{)|"valueBase64":"(?!\{)|127\.0\.0\.1/);
    expect(text).not.toMatch(/barbara|demo\.owner|acceptance@example|[0-9a-f]{8}-[0-9a-f]{4}-4/);
  }
}, 120_000);

/** What a tenant may do otherwise, each with the fact and the words that must tell it. */
const PLANTED: readonly (readonly [fact: string, told: RegExp])[] = [
  ["aic §2.4", /AiAgent create: PUT .*AIAgent.*status 200; the local tenant: 201/],
  ["aic §5.1", /OAuth2Client.*answer\.coreOpenIDClientConfig is missing/],
  ["aic §8.2", /EsvVariable.*answer\.loaded is "false"; the local tenant: false/],
  ["oauth-flows §8", /^X06 of flow-agent: fail/],
  ["oauth-flows §8", /^C07 of flow-agent: fail/],
];

/** The first three of them, on the wire; the others are rules that are switched off. */
function amended({ method, url }: ProxiedCall, answer: { status: number; body: string }) {
  if (method === "PUT" && /AIAgent\/[^/]*-agent$/.test(url)) return { ...answer, status: 200 };
  if (method === "GET" && /OAuth2Client\/[^/?]+$/.test(url) && answer.status === 200) {
    const { coreOpenIDClientConfig: _gone, ...rest } = JSON.parse(answer.body);
    return { ...answer, body: JSON.stringify(rest) };
  }
  if (url.startsWith("/environment/variables/"))
    return { ...answer, body: answer.body.replace('"loaded":false', '"loaded":"false"') };
  return answer;
}

test("five planted differences are found, each by its fact", async () => {
  await tenant.control("rules", { off: ["X06", "C07"] });
  const proxy = await startProxy(tenant.url, undefined, amended);
  try {
    const folder = temporaryFolder();
    const found = contradicted(await accept(wingAt(proxy.url), run(folder)));
    for (const [fact, told] of PLANTED) {
      const differences = found.filter(({ cite }) => cite === fact).flatMap((one) => one.differences);
      expect(differences, fact).toContainEqual(expect.stringMatching(told));
    }
    // What follows from them is told, too: another answer leads to other calls, which no page is about.
    const others = found.filter(({ cite }) => cite !== "no page" && !PLANTED.some(([fact]) => fact === cite));
    expect(others).toEqual([]);
    expect(readFileSync(join(folder, "report.md"), "utf8")).toContain("## aic §2.4: ");
  } finally {
    await proxy.stop();
  }
}, 120_000);

test.each([2, 9, 16, 23])(
  "what a run leaves that is killed after write %i of a privilege's life, clean removes",
  async (at) => {
    const [before, folder] = [await tenant.content(), temporaryFolder()];
    const proxy = await startProxy(tenant.url);
    const sample = wingAt()
      .samples(PREFIX)
      .find(({ type }) => type === "aic:AgentPrivilege");
    const journal = new Journal(join(folder, "journal.jsonl"));
    const { tenant: identity, ...connected } = await wingAt(proxy.url).tenant.stage(() => {});
    const stage = { ...connected, journal, owner: ownerOf(PREFIX, identity), step: () => {} };
    // As a kill does it: the call is answered by the tenant, and nothing is heard of the run any more.
    const text = await new Promise<string>((resolve) => {
      proxy.strike(at, () => {
        resolve(readFileSync(join(folder, "journal.jsonl"), "utf8"));
        void proxy.stop();
      });
      live(stage, sample as Sample).catch(() => {});
    });
    await proxy.stop();
    expect(text).not.toMatch(/Aa1!/);
    const after = temporaryFolder();
    writeFileSync(join(after, "journal.jsonl"), `${text}{"making":9`);
    expect(leftIn(after)).toBeGreaterThan(0);
    await clean(wingAt(), { prefix: PREFIX, folder: after });
    expect(existsSync(join(after, "journal.jsonl"))).toBe(false);
    expect(await tenant.content()).toEqual(before);
  },
);
