/**
 * Mistakes of the user as the provider's process meets them, its settings in the environment: refused by name, and nothing written.
 * What becomes of a refusal on its way through the engine is in test/engine/bad-input.test.ts.
 */

import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { providers } from "../../../src/providers/entry.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { startAic } from "../../support/aic.ts";
import { OWNER, sent } from "../../support/properties.ts";
import { writes } from "../../support/tenant.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const owner = { ...OWNER, tenant: (await tenant.admin.identity()) ?? expect.unreachable("no identity") };

beforeEach(() => tenant.reset());
afterEach(() => void vi.unstubAllEnvs());

const agent = { realm: "alpha", clientId: "support-agent", name: "Support Agent", owners: ["demo.owner"] };

/** What a new process says, which is to create a resource and cannot. */
async function refusal(type: string, inputs: Properties, variables: Record<string, string> = {}): Promise<Error> {
  for (const [name, value] of Object.entries({ ...tenant.variables(), ...variables })) vi.stubEnv(name, value);
  const { check, create } = providers()(type);
  const checked = await check(undefined, sent(inputs, owner));
  let said: unknown;
  const seen = await tenant.count(async () => {
    said = await create(checked.inputs).catch((error: unknown) => error);
  });
  expect(writes(seen)).toEqual([]);
  return said instanceof Error ? said : expect.unreachable("it was created");
}

describe("the service account", () => {
  const refused = (variables: Record<string, string>) => refusal("aic:AiAgent", agent, variables);

  test("has another key", async () => {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const key = JSON.stringify({ ...(await exportJWK(privateKey)), alg: "RS256" });
    const error = await refused({ AIC_SERVICE_ACCOUNT_KEY: key });
    expect(error).toMatchObject({ code: "ERR_API_UNAUTHENTICATED" });
    expect(error.message).toContain("AIC_SERVICE_ACCOUNT_KEY is the private key that belongs to it");
  });

  test("has a key that is none", async () => {
    const error = await refused({ AIC_SERVICE_ACCOUNT_KEY: "{not a key}" });
    expect(error).toMatchObject({ code: "ERR_SETTING_INVALID" });
    expect(error.message).not.toContain("not a key");
  });

  test("is not known to the tenant", async () => {
    expect(await refused({ AIC_SERVICE_ACCOUNT_ID: randomUUID() })).toMatchObject({ code: "ERR_API_UNAUTHENTICATED" });
  });

  test("was switched off", async () => {
    await tenant.control("load", { objects: [await inactiveAccount()] });
    expect(await refused({})).toMatchObject({ code: "ERR_API_UNAUTHENTICATED" });
  });

  test("is not named at all", async () => {
    const error = await refused({ AIC_SERVICE_ACCOUNT_ID: "", AIC_SERVICE_ACCOUNT_KEY: "" });
    expect(error).toMatchObject({ code: "ERR_SETTING_MISSING" });
    expect(error.message).toContain("pulumi config set --secret ping-agents:serviceAccountKey");
  });
});

async function inactiveAccount() {
  const { serviceAccount } = tenant.sandbox;
  const account = (await tenant.dump())["managed/svcacct"]?.[serviceAccount.id];
  const { body } = { body: {}, ...(account as object) };
  return { path: `/openidm/managed/svcacct/${serviceAccount.id}`, body: { ...body, accountStatus: "Inactive" } };
}

test("the tenant is addressed without TLS", async () => {
  const error = await refusal("aic:AiAgent", agent, { AIC_TENANT_URL: "http://tenant.example.com" });
  expect(error).toMatchObject({ code: "ERR_INSECURE_TENANT_URL" });
});

test("an owner does not exist", async () => {
  const error = await refusal("aic:AiAgent", { ...agent, owners: ["nobody"] });
  expect(error).toMatchObject({ code: "ERR_NAME_NOT_FOUND" });
  expect(error.message).toContain('there is no managed/alpha_user with userName "nobody"');
  expect(error.message).toContain("aic:AiAgent alpha/support-agent, field owners[0], tenant http://127.0.0.1");
});

test("an owner is whom two match", async () => {
  const body = (_id: string) => ({ _id, userName: "twin", givenName: "T", sn: "Win", mail: "twin@example.com" });
  const path = (id: string) => `/openidm/managed/alpha_user/${id}`;
  const objects = [randomUUID(), randomUUID()].map((id) => ({ path: path(id), body: body(id) }));
  await tenant.control("load", { objects });
  const error = await refusal("aic:AiAgent", { ...agent, owners: ["twin"] });
  expect(error).toMatchObject({ code: "ERR_NAME_AMBIGUOUS" });
  expect(error.message).toContain('2 objects match managed/alpha_user with userName "twin"');
});

test("the journey of an acr value does not exist", async () => {
  const mapping = { realm: "alpha", acr: "push", journey: "Logn", baseline: {}, tier: "development" };
  const error = await refusal("aic:AcrMapping", mapping);
  expect(error).toMatchObject({ code: "ERR_NAME_NOT_FOUND" });
  expect(error.message).toContain('realm alpha has no journey "Logn"; the nearest name is "Login"');
});
