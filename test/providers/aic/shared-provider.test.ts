/** Writers that do not know of each other share the realm's OAuth2 provider: no entry of anybody is lost (aic §1.5, §6.1). */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { connectAic } from "../../../src/admin-api/aic/tenant.ts";
import { aicContexts } from "../../../src/providers/aic/context.ts";
import { editProvider, mappingOf } from "../../../src/providers/aic/oauth2-provider.ts";
import { createLocks } from "../../../src/providers/coalescing.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { serve } from "../../admin-api/server.ts";
import { startAic } from "../../support/aic.ts";
import { hands, part } from "../../support/hands.ts";
import { startProxy } from "../../support/proxy.ts";

const WRITES = 80;
const STACKS = ["one-", "two-"];
const writer = fileURLToPath(new URL("../../support/acr-writer.ts", import.meta.url));
const mapping = (document: Properties) => part(part(document, "advancedOIDCConfig"), "loaMapping");

async function run(variables: Record<string, string>, prefix: string): Promise<unknown> {
  const env = { PATH: process.env.PATH, ...variables };
  const child = spawn(process.execPath, [writer], { env, stdio: ["pipe", "ignore", "inherit"] });
  child.stdin.end(JSON.stringify({ prefix, count: WRITES }));
  const [code] = await once(child, "exit");
  return code;
}

test("two stacks in two processes, and a person who writes between their reads and their writes", async () => {
  const tenant = await startAic();
  onTestFinished(() => tenant.stop());
  const person = hands(tenant);
  const exclusively = createLocks();
  const ends = STACKS.map(async (prefix) => {
    let written = 0;
    const proxy = await startProxy(tenant.url, ({ method, url, body }, send) => {
      if (method !== "PUT" || !url.endsWith("/oauth-oidc")) return send();
      const own = Object.keys(mapping(JSON.parse(body))).filter((acr) => acr.startsWith(prefix)).length;
      // One write after the other: a person, who looks at no revision, must not overwrite what comes between.
      return exclusively("write", async () => {
        if (own > written) {
          written = own;
          await person.provider((document) =>
            Object.assign(mapping(document), { [`person-${prefix}${own}`]: "Login" }),
          );
        }
        return send();
      });
    });
    onTestFinished(() => proxy.stop());
    return run(tenant.variables(proxy.url), prefix);
  });
  expect(await Promise.all(ends)).toEqual([0, 0]);
  const numbers = Array.from({ length: WRITES }, (_, index) => index + 1);
  const wanted = STACKS.flatMap((prefix) => numbers.flatMap((n) => [`${prefix}${n}`, `person-${prefix}${n}`]));
  const document = await tenant.admin.am("alpha").getOAuth2Provider();
  expect(Object.keys(mappingOf(document ?? {})).sort()).toEqual(wanted.sort());
}, 180_000);

/** Declares an acr mapping while a person's document comes over the first writes: the tenant keeps the last of two. */
async function declareAgainst(overwrites: number) {
  const tenant = await startAic();
  onTestFinished(() => tenant.stop());
  let left = overwrites;
  const proxy = await startProxy(tenant.url, async ({ method }, send) => {
    const answer = await send();
    if (method === "PUT" && left-- > 0) await hands(tenant).provider((document) => void delete mapping(document).ours);
    return answer;
  });
  onTestFinished(() => proxy.stop());
  const { check, create } = tenant.provider("aic:AcrMapping", proxy.url);
  const declared = { realm: "alpha", acr: "ours", journey: "Login", baseline: {}, tier: "development" };
  await create((await check(undefined, declared)).inputs);
  return mappingOf((await tenant.admin.am("alpha").getOAuth2Provider()) ?? {});
}

test("a write that somebody's document came over is seen and repeated", async () => {
  expect(await declareAgainst(2)).toEqual({ ours: "Login" });
});

test("who is overwritten all the time says so", async () => {
  await expect(declareAgainst(Number.POSITIVE_INFINITY)).rejects.toMatchObject({ code: "ERR_CONCURRENT_WRITER" });
});

test("a tenant that refuses every revision, although nobody wrote, gets the entry without one", async () => {
  const { sandbox, stop } = await startAic();
  onTestFinished(stop);
  let document: Properties = { _id: "", _rev: "1", advancedOIDCConfig: { loaMapping: {} } };
  const { url, calls } = await serve(({ method, url: path, headers, body }) => {
    if (path.endsWith("/access_token")) return { body: { access_token: "token", expires_in: 899, scope: "fr:am:*" } };
    if (method === "GET") return { body: document };
    if (headers["if-match"]) return { status: 412, body: { code: 412, reason: "Precondition Failed", message: "" } };
    document = { ...JSON.parse(body), _rev: "2" };
    return { body: document };
  });
  const { id, jwk } = sandbox.serviceAccount;
  const settings = { tenantUrl: url, serviceAccountId: id, serviceAccountKey: JSON.stringify(jwk) };
  await editProvider(aicContexts(connectAic(settings)).fresh, "alpha", (live) => {
    const entries = mapping(live);
    if (entries.ours) return false;
    entries.ours = "Login";
    return true;
  });
  expect(mapping(document)).toEqual({ ours: "Login" });
  expect(calls.filter(({ method }) => method === "PUT")).toHaveLength(2);
});
