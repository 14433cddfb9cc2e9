/** Fault plans of the local tenant: each fault does what it says, as often as it says. */

import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Fault, startSandbox } from "../../src/sandbox/index.ts";
import { CONFIG, login, minimalAgent, type TestTenant, testTenant } from "./tenant.ts";

const COUNT = "/environment/count";
const agent = `${CONFIG}/agents/AIAgent/helper`;
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});
const arm = async (fault: Fault, seed?: number) => {
  const plan = { faults: [fault], ...(seed !== undefined && { seed }) };
  expect((await tenant.control("faults", plan)).status).toBe(204);
};
const put = () => tenant.call("PUT", agent, minimalAgent("helper", randomUUID()));
const statuses = async (count: number) => {
  const seen = [];
  for (let i = 0; i < count; i += 1) seen.push((await tenant.call("GET", COUNT)).status);
  return seen;
};

describe("how often", () => {
  test("an outage is HTML, for as many requests as asked, after as many as asked", async () => {
    await arm({ pathPattern: "/count$", status: 503, times: 1, after: 1 });
    expect(await statuses(3)).toEqual([200, 503, 200]);
  });

  test("chances are those of the seed, without limit", async () => {
    const fault = { pathPattern: "/count$", status: 500, probability: 0.5 };
    await arm(fault, 7);
    const first = await statuses(40);
    expect(new Set(first)).toEqual(new Set([200, 500]));
    await arm(fault, 7);
    expect(await statuses(40)).toEqual(first);
    await arm(fault, 8);
    expect(await statuses(40)).not.toEqual(first);
  });

  test.each([{ path: "x" }, { pathPattern: "(" }, { pathPattern: "x", probability: 2 }])(
    "%j is refused",
    async (fault) => {
      expect((await tenant.control("faults", { faults: [fault] })).status).toBe(400);
    },
  );
});

describe("what", () => {
  test("a connection dropped before the write leaves nothing, one dropped during or after it leaves the write", async () => {
    await arm({ method: "PUT", pathPattern: "AIAgent", drop: "before" });
    await put();
    expect((await tenant.call("GET", agent)).status).toBe(404);
    await arm({ method: "PUT", pathPattern: "AIAgent", drop: "during" });
    await expect(put()).rejects.toThrow("cut by a fault");
    expect((await tenant.call("GET", agent)).status).toBe(200);
    await tenant.call("DELETE", agent);
    await arm({ method: "PUT", pathPattern: "AIAgent", drop: "after" });
    await put();
    expect((await tenant.call("GET", agent)).status).toBe(200);
  });

  test("an answer is spoilt after its effect", async () => {
    const whole = (await put()).body;
    for (const [spoil, type] of [
      ["truncated", "application/json; charset=utf-8"],
      ["cut-gzip", "application/json; charset=utf-8"],
      ["content-type", "text/html"],
      ["page", "text/html"],
    ] as const) {
      await tenant.call("DELETE", agent);
      await arm({ method: "PUT", pathPattern: "AIAgent", spoil });
      const raw = await tenant.app.request(`http://127.0.0.1:8080${agent}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${await login(tenant)}` },
        body: JSON.stringify(minimalAgent("helper", randomUUID())),
      });
      const text = await raw.text();
      expect([spoil, raw.status, raw.headers.get("content-type")]).toEqual([spoil, 201, type]);
      const isWhole = text.length > 2 && text.endsWith("}");
      expect([spoil, isWhole]).toEqual([spoil, spoil === "content-type"]);
      expect((await tenant.call("GET", agent)).body._id).toBe(whole._id);
    }
  });

  test("a refusal has the body and headers that are asked for", async () => {
    await arm({ pathPattern: "count", status: 429, headers: { "retry-after": "3" }, body: { code: 429 } });
    const { status, headers, body } = await tenant.call("GET", COUNT);
    expect([status, headers.get("retry-after"), body]).toEqual([429, "3", { code: 429 }]);
  });

  test("tokens are revoked in the middle of a run", async () => {
    await arm({ pathPattern: "count", revokesTokens: true });
    expect(await statuses(2)).toEqual([401, 401]);
  });

  test("another writer comes between, with the whole document", async () => {
    const path = `${CONFIG}/services/oauth-oidc`;
    const { _rev, ...before } = (await tenant.call("GET", path)).body;
    const other = { coreOAuth2Config: { accessTokenLifetime: 1234 } };
    await arm({ method: "PUT", pathPattern: "oauth-oidc$", otherWriter: other });
    const put = (rev?: string) => tenant.call("PUT", path, before, rev ? { "if-match": `"${rev}"` } : {});
    expect((await put(_rev)).status).toBe(412);
    expect((await tenant.call("GET", path)).body.coreOAuth2Config.accessTokenLifetime).toBe(1234);
    await put();
    expect((await tenant.call("GET", path)).body.coreOAuth2Config.accessTokenLifetime).not.toBe(1234);
  });

  test("a list has no end on either cloud", async () => {
    await arm({ pathPattern: "alpha_user$|/roles$", endless: true, times: 6 });
    const users = "/openidm/managed/alpha_user?_queryFilter=true&_pageSize=100";
    const first = (await tenant.call("GET", users)).body;
    const second = (await tenant.call("GET", `${users}&_pagedResultsCookie=${first.pagedResultsCookie}`)).body;
    expect(second.result).toEqual(first.result);
    expect(second.pagedResultsCookie).not.toBe(first.pagedResultsCookie);
  });
});

test("a clock may be behind or ahead, and is set right again", async () => {
  const now = async () => (await tenant.control("clock")).body.now - Date.now() / 1000;
  for (const skewSeconds of [-600, 600]) {
    await tenant.control("clock", { skewSeconds });
    expect(await now()).toBeCloseTo(skewSeconds, -1);
  }
  await tenant.control("clock", { reset: true });
  expect(await now()).toBeCloseTo(0, -1);
});

test("a plan can hold from the start", async () => {
  const sandbox = await startSandbox({ faults: { faults: [{ pathPattern: "count", status: 502 }] } });
  onTestFinished(() => sandbox.stop());
  expect((await fetch(`${sandbox.url}${COUNT}`)).status).toBe(502);
  expect((await fetch(`${sandbox.url}${COUNT}`)).status).toBe(401);
});
