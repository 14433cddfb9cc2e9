/** An acceptance on PingOne, with a local environment as the real one: what it does otherwise is found, and nothing of the run stays or is told. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pingOneKinds } from "../../../src/providers/pingone/platform.ts";
import { LEFT_OUT, pingOneSamples } from "../../../tools/acceptance/pingone/samples.ts";
import { pingOneWing } from "../../../tools/acceptance/pingone/wing.ts";
import { accept, clean, leftIn } from "../../../tools/acceptance/run.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { type ProxiedCall, startProxy } from "../../support/proxy.ts";
import { temporaryFolder } from "../executables.ts";
import { expectFound, kept, killed, type Planted, PREFIX, run, withVerdict } from "./trial.ts";

let tenant: LocalPingOne;
beforeAll(async () => {
  tenant = await startPingOne();
});
afterAll(() => tenant.stop());

/** The environment as the real one. @param url of a proxy before its API. @param authUrl before its token service */
const wingAt = (url = tenant.url, authUrl = tenant.url) => {
  const { workerClientId: clientId, workerClientSecret: clientSecret } = tenant.sandbox.pingone;
  return pingOneWing({ environmentId: tenant.environmentId, clientId, clientSecret, apiUrl: `${url}/v1`, authUrl });
};

test("every kind has a sample, or is left out for a reason", () => {
  const sampled = pingOneSamples(PREFIX).map(({ type }) => type);
  expect([...sampled, ...LEFT_OUT].toSorted()).toEqual(pingOneKinds.map(({ type }) => type).toSorted());
});

test("an environment like the local one confirms every fact but the flows of people; it is as before, and no secret or id is kept", async () => {
  await tenant.admin.applications.create({ ...OTHERS, name: "Application of others" });
  const [folder, before] = [temporaryFolder(), await tenant.dump()];
  const found = await accept(wingAt(), run(folder));
  expect(withVerdict(found, "contradicted")).toEqual([]);
  const open = withVerdict(found, "not met").map(({ cite, says }) => `${cite} ${says.slice(0, 3)}`);
  expect(open).toEqual(["pingone §5.6 P02", "pingone §5.6 P03", "pingone §5.9 P04"]);
  expect(found.map(({ cite, says }) => `${cite} ${says}`)).toContain("pingone §2.4 P01 own token for flow-api");
  expect(await tenant.dump()).toEqual(before);
  expect(leftIn(folder)).toBe(0);
  for (const text of kept(folder)) {
    expect(text).not.toMatch(/127\.0\.0\.1|[0-9a-f]{8}-[0-9a-f]{4}-4|"secret":"(?!\{)|"previous":"(?!\{)/);
    expect(text).not.toMatch(/of others|Legacy Portal/);
  }
}, 120_000);

/** An application that is nobody's business. */
const OTHERS = {
  ...{ type: "WEB_APP", protocol: "OPENID_CONNECT", enabled: false, tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC" },
  ...{ grantTypes: ["AUTHORIZATION_CODE"], responseTypes: ["CODE"], redirectUris: ["https://others.example.com"] },
};

/** What an environment may do otherwise. */
const PLANTED: Planted = [
  ["pingone §3.1", /AiAgent update: PUT .*answer\.pkceEnforcement is missing/],
  ["pingone §4.1", /AiAgent create: PUT .*metadata: status 201; the local tenant: 200/],
  ["pingone §5.3", /Resource create: POST .*scopes: status 200; the local tenant: 201/],
  ["pingone §2.4", /^P01 of flow-agent: fail/],
  ["delegation §1.1", /Agreement create: POST .*agreements: status 400; the local tenant: 201$/],
  ["no page", /no agreement here/],
];

/** All but that of the token service. */
function amended({ method, url }: ProxiedCall, answer: { status: number; body: string }) {
  if (method === "PUT" && url.endsWith("/metadata")) return { ...answer, status: 201 };
  if (method === "PUT" && /\/applications\/[^/]+$/.test(url))
    return { ...answer, body: answer.body.replace(/"pkceEnforcement":"\w+",?/, "") };
  if (method === "POST" && url.endsWith("/scopes")) return { ...answer, status: 200 };
  if (method === "POST" && url.endsWith("/agreements"))
    return { status: 400, body: JSON.stringify({ code: "INVALID_DATA", message: "no agreement here" }) };
  return answer;
}

test("planted differences are found, each by its fact; a kind that is refused stops no other", async () => {
  const proxy = await startProxy(tenant.url, undefined, amended);
  try {
    // The tokens name the tenant and not the proxy as their issuer.
    expectFound(await accept(wingAt(proxy.url, proxy.url), run(temporaryFolder())), PLANTED);
  } finally {
    await proxy.stop();
  }
}, 120_000);

test("refuses an environment of type PRODUCTION, before anything is written", async () => {
  const amend = (_call: ProxiedCall, answer: { status: number; body: string }) => ({
    ...answer,
    body: answer.body.replace('"type":"SANDBOX"', '"type":"PRODUCTION"'),
  });
  const proxy = await startProxy(tenant.url, undefined, amend);
  try {
    const refused = accept(wingAt(proxy.url), run(temporaryFolder()));
    await expect(refused).rejects.toThrow("ERR_TARGET: the environment is of type PRODUCTION; nothing was written");
    expect(proxy.count).toBe(1);
  } finally {
    await proxy.stop();
  }
});

test.each([3, 16])(
  "what is left of a run that is killed after call %i of a grant's life, clean removes",
  async (at) => {
    const before = await tenant.dump();
    const proxy = await startProxy(tenant.url);
    const folder = await killed(wingAt(proxy.url), { type: "pingone:ScopeGrant", proxy, at });
    expect(leftIn(folder)).toBeGreaterThan(0);
    await clean(wingAt(), { prefix: PREFIX, folder });
    expect(existsSync(join(folder, "journal.jsonl"))).toBe(false);
    expect(await tenant.dump()).toEqual(before);
  },
);
