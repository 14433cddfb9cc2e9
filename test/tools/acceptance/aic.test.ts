/** An acceptance on AIC, with a local tenant as the real one: what it does otherwise is found, and nothing of the run stays or is told. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { aicKinds } from "../../../src/providers/aic/platform.ts";
import { aicSamples, LEFT_OUT } from "../../../tools/acceptance/aic/samples.ts";
import { aicWing } from "../../../tools/acceptance/aic/wing.ts";
import { accept, clean, leftIn } from "../../../tools/acceptance/run.ts";
import { type LocalAic, startAic } from "../../support/aic.ts";
import { type ProxiedCall, startProxy } from "../../support/proxy.ts";
import { temporaryFolder } from "../executables.ts";
import { expectFound, kept, killed, type Planted, PREFIX, run, withVerdict } from "./trial.ts";

/** Those that prove what is planted, and need no waiting. */
const CASES = ["F01", "F03", "C07", "X01", "X06"];

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

test("every kind has a sample, or is left out for a reason; in staging what only development writes is", () => {
  const typesIn = (tier: "development" | "staging") => aicSamples(PREFIX, "alpha", tier).map(({ type }) => type);
  const sampled = typesIn("development");
  const written = ["aic:User", "aic:Group", "aic:Journey", "aic:AcrMapping", "aic:GrantTypes"];
  expect(sampled.filter((type) => !typesIn("staging").includes(type))).toEqual(written);
  expect([...sampled, ...LEFT_OUT].toSorted()).toEqual(aicKinds.map(({ type }) => type).toSorted());
});

test("a tenant like the local one confirms every fact but that of approval; it is as before, and no secret, person or id is kept", async () => {
  const [folder, before] = [temporaryFolder(), await tenant.content()];
  const found = await accept(wingAt(), run(folder));
  expect(withVerdict(found, "contradicted")).toEqual([]);
  expect(withVerdict(found, "not met").map(({ cite }) => cite)).toEqual(["oauth-flows §6.2"]);
  expect(found.map(({ says }) => says)).toContainEqual(expect.stringMatching(/^F03 .*flow-user/));
  expect(await tenant.content()).toEqual(before);
  expect(leftIn(folder)).toBe(0);
  for (const text of kept(folder)) {
    expect(text).not.toMatch(/Aa1!|"userpassword":"(?!\{)|"valueBase64":"(?!\{)|127\.0\.0\.1/);
    expect(text).not.toMatch(/barbara|demo\.owner|acceptance@example|[0-9a-f]{8}-[0-9a-f]{4}-4/);
  }
}, 120_000);

/** What a tenant may do otherwise. */
const PLANTED: Planted = [
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
    expectFound(await accept(wingAt(proxy.url), run(folder)), PLANTED);
    expect(readFileSync(join(folder, "report.md"), "utf8")).toContain("## aic §2.4: ");
  } finally {
    await proxy.stop();
  }
}, 120_000);

test.each([2, 9, 23])(
  "what is left of a run that is killed after call %i of a privilege's life, clean removes",
  async (at) => {
    const before = await tenant.content();
    const proxy = await startProxy(tenant.url);
    const folder = await killed(wingAt(proxy.url), { type: "aic:AgentPrivilege", proxy, at });
    expect(readFileSync(join(folder, "journal.jsonl"), "utf8")).not.toMatch(/Aa1!/);
    expect(leftIn(folder)).toBeGreaterThan(0);
    await clean(wingAt(), { prefix: PREFIX, folder });
    expect(existsSync(join(folder, "journal.jsonl"))).toBe(false);
    expect(await tenant.content()).toEqual(before);
  },
);
