/** Which secret a client has, as its token endpoint sees it: adopted, rotated, from another source; and those of ESVs and users. */

import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Properties, revealSecret } from "../../../src/providers/pulumi-values.ts";
import { startAic } from "../../support/aic.ts";
import { checked, made } from "../../support/kinds.ts";
import { sent } from "../../support/properties.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const said: string[] = [];
beforeEach(async () => {
  await tenant.reset();
  said.length = 0;
  vi.spyOn(console, "warn").mockImplementation((line: string) => void said.push(line));
});

const realm = "alpha";
const BY_HAND = "made-by-hand-1";
const { environment } = tenant.admin;
const am = tenant.admin.am(realm);
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Whether the client gets a token with a secret. */
async function opens(clientId: string, secret: unknown): Promise<boolean> {
  const response = await fetch(`${tenant.url}/am/oauth2/realms/root/realms/${realm}/access_token`, {
    method: "POST",
    headers: { authorization: `Basic ${base64(`${clientId}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "run" }),
  });
  return response.ok;
}

/** Both sorts of client, and how one is made by hand that equals what is declared. */
const SORTS = [
  ["aic:OAuth2Client", (body: Properties) => am.put("OAuth2Client", "batch", body)],
  [
    "aic:AiAgent",
    (body: Properties) => {
      const _id = "0d7a9a6e-3f0e-4e57-9d0e-2f1f6d1c7a11";
      const identity = {
        aiAgentIdentityUid: _id,
        aiAgentIdentityAttributes: { _id, oauth2ClientId: "batch", name: "Batch" },
      };
      return am.put("AIAgent", "batch", { ...body, ...identity });
    },
  ],
] as const;

describe.each(SORTS)("%s", (type, put) => {
  const clientId = "batch";
  const base = {
    ...{ realm, clientId, enabled: true, scopes: ["run"], grantTypes: ["client_credentials"] },
    ...(type === "aic:AiAgent" && { name: "Batch" }),
    authMethod: "client_secret_basic",
  };
  const byHand = () =>
    put({
      coreOAuth2ClientConfig: { userpassword: BY_HAND, clientType: "Confidential", status: "Active", scopes: ["run"] },
      advancedOAuth2ClientConfig: {
        grantTypes: ["client_credentials"],
        tokenEndpointAuthMethod: "client_secret_basic",
      },
    });
  const create = (more: Properties = {}) => made(tenant, { type, inputs: { ...base, ...more } });
  const update = async (olds: Properties, more: Properties = {}) => {
    const news = await checked(tenant, { type, inputs: { ...base, ...more } });
    return (await tenant.provider(type).update(`${realm}/${clientId}`, sent(olds), news)).outs;
  };
  const secretIn = (outs: Properties) => revealSecret(outs.secret);

  test.each(["match", "overwrite"])(
    "adopted with %s: the secret in use stays, and is not in the outputs",
    async (adopt) => {
      await byHand();
      const { outs } = await create({ adopt });
      expect(await opens(clientId, BY_HAND)).toBe(true);
      expect(outs).toMatchObject({ secretKept: true });
      expect(outs).not.toHaveProperty("secret");
      expect(said.join("\n")).toContain("keeps the client secret that it has");
      expect(said.filter((line) => line.includes("destroy"))).toHaveLength(1);

      // Nor does any later change end it, or say all that again.
      said.length = 0;
      const refreshed = await tenant.provider(type).read(`${realm}/${clientId}`, sent(outs));
      const later = await update({ ...refreshed.props }, { scopes: ["run", "more"] });
      expect(await opens(clientId, BY_HAND)).toBe(true);
      expect(later).toMatchObject({ secretKept: true });
      expect(said).toEqual([]);
    },
  );

  test("adopted with match: a declared secret is written when it changes, adopted with overwrite: at once", async () => {
    await byHand();
    const { outs } = await create({ adopt: "match", clientSecret: "declared-one-1" });
    expect([await opens(clientId, BY_HAND), await opens(clientId, "declared-one-1")]).toEqual([true, false]);
    const same = await update(outs, { clientSecret: "declared-one-1", scopes: ["run", "more"] });
    expect(await opens(clientId, BY_HAND)).toBe(true);
    const changed = await update(same, { clientSecret: "declared-two-2" });
    expect([await opens(clientId, BY_HAND), await opens(clientId, "declared-two-2")]).toEqual([false, true]);
    expect(secretIn(changed)).toBe("declared-two-2");
    expect(changed).not.toHaveProperty("secretKept");

    await tenant.reset();
    await byHand();
    const written = await create({ adopt: "overwrite", clientSecret: "declared-one-1" });
    expect([await opens(clientId, BY_HAND), await opens(clientId, "declared-one-1")]).toEqual([false, true]);
    expect(secretIn(written.outs)).toBe("declared-one-1");
  });

  test("adopted, then rotated: a new secret, which the outputs have", async () => {
    await byHand();
    const { outs } = await create({ adopt: "match" });
    const rotated = await update(outs, { secretRotation: "2026-11" });
    expect([await opens(clientId, BY_HAND), await opens(clientId, secretIn(rotated))]).toEqual([false, true]);
    expect(rotated).not.toHaveProperty("secretKept");
  });

  test("one of our own that no state has, as after a killed run without checkpoints, gets a new secret, and says so", async () => {
    const { outs: forgotten } = await create();
    expect(said).toEqual([]);
    const { outs } = await create();
    expect([await opens(clientId, secretIn(forgotten)), await opens(clientId, secretIn(outs))]).toEqual([false, true]);
    expect(said).toEqual([expect.stringContaining(`${clientId} is there, and no state has its client secret`)]);
  });

  test.each(["match", "overwrite"])(
    "an adoption with %s that was killed before the state had it goes on as one",
    async (adopt) => {
      await byHand();
      await create({ adopt });
      const { outs } = await create({ adopt });
      expect(await opens(clientId, BY_HAND)).toBe(true);
      expect(outs).toMatchObject({ secretKept: true });
    },
  );

  test("a create that failed half-way is no adoption, whatever the policy: its secret is known in the end", async () => {
    await tenant.arm({ method: "PUT", pathPattern: "/agents/", drop: "after", times: 99 });
    const inputs = await checked(tenant, { type, inputs: { ...base, adopt: "match" } });
    const failed = tenant.provider(type, tenant.url).create(inputs);
    const { properties } = await failed.then(
      () => expect.unreachable(),
      (error: { properties: Properties }) => error,
    );
    await tenant.arm();
    const outs = await update({ ...properties }, { adopt: "match" });
    expect(await opens(clientId, secretIn(outs))).toBe(true);
  });

  test("an adoption that failed half-way goes on as one", async () => {
    await byHand();
    await tenant.arm({ method: "PUT", pathPattern: "/agents/", drop: "after", times: 99 });
    const inputs = await checked(tenant, { type, inputs: { ...base, adopt: "match" } });
    const failure = await tenant
      .provider(type, tenant.url)
      .create(inputs)
      .then(
        () => ({ properties: undefined }),
        (error: { properties?: Properties }) => error,
      );
    await tenant.arm();
    expect(failure.properties).toMatchObject({ __partial: true });
    const outs = await tenant
      .provider(type)
      .update(`${realm}/${clientId}`, { ...failure.properties }, await checked(tenant, { type, inputs: base }));
    expect(outs.outs).toMatchObject({ secretKept: true });
    expect(await opens(clientId, BY_HAND)).toBe(true);
  });

  test("a rotation makes a new secret, says that the old one has ended, and is done once", async () => {
    const { outs } = await create({ secretRotation: "1" });
    const first = secretIn(outs);
    expect(secretIn(await update(outs, { secretRotation: "1", scopes: ["run", "more"] }))).toBe(first);
    expect(said).toEqual([]);
    const rotated = await update(outs, { secretRotation: "2" });
    expect([await opens(clientId, first), await opens(clientId, secretIn(rotated))]).toEqual([false, true]);
    expect(said.join()).toContain("the old one has ended");
    expect(secretIn(await update(rotated, { secretRotation: "2" }))).toBe(secretIn(rotated));
  });

  test("another source takes effect: declared, generated, a label, and back", async () => {
    const { outs } = await create({ clientSecret: "declared-one-1" });
    const generated = await update(outs);
    const made = secretIn(generated);
    expect([await opens(clientId, "declared-one-1"), await opens(clientId, made)]).toEqual([false, true]);

    const declared = await update(generated, { clientSecret: "declared-two-2" });
    expect([await opens(clientId, made), await opens(clientId, "declared-two-2")]).toEqual([false, true]);

    await environment.createSecret("esv-batch", {
      valueBase64: base64("behind-the-label"),
      ...{ encoding: "generic", useInPlaceholders: false },
    });
    const label = "am.applications.oauth2.client.batch.secret";
    await am.secretMappings.put(label, { _id: label, secretId: label, aliases: ["esv-batch"] });
    const labelled = await update(declared, { authentication: { secretLabel: "batch" } });
    expect(await opens(clientId, "behind-the-label")).toBe(true);
    expect(labelled).not.toHaveProperty("secret");

    const again = await update(labelled);
    expect(secretIn(again)).not.toBe("declared-two-2");
    expect(await opens(clientId, secretIn(again))).toBe(true);
    expect([await opens(clientId, "behind-the-label"), await opens(clientId, "declared-two-2")]).toEqual([
      false,
      false,
    ]);
  });

  test("with no secret at all, and with one again", async () => {
    const { outs } = await create();
    const none = await update(outs, { authMethod: "private_key_jwt" });
    expect(none).not.toHaveProperty("secret");
    const again = await update(none);
    expect(secretIn(again)).not.toBe(secretIn(outs));
    expect(await opens(clientId, secretIn(again))).toBe(true);
  });
});

describe("aic:EsvSecret", () => {
  const type = "aic:EsvSecret";
  const base = { secretId: "esv-partner", value: "declared-value", description: "By hand" };
  const byHand = () =>
    environment.createSecret("esv-partner", {
      valueBase64: base64("value-in-use"),
      description: "By hand",
      ...{ encoding: "generic", useInPlaceholders: true },
    });
  const version = async () => (await environment.getSecret("esv-partner"))?.activeVersion;

  test("adopted with match: no version is written until the declared value changes", async () => {
    await byHand();
    const { id, outs } = await made(tenant, { type, inputs: { ...base, adopt: "match" } });
    expect(await version()).toBe("1");
    expect(said.join("\n")).toContain("esv-partner keeps the value that it has");
    const same = await tenant.provider(type).update(id, sent(outs), await checked(tenant, { type, inputs: base }));
    expect(await version()).toBe("1");
    const inputs = { ...base, value: "another value" };
    await tenant.provider(type).update(id, sent(same.outs), await checked(tenant, { type, inputs }));
    expect(await version()).toBe("2");
  });

  test("adopted with overwrite: the declared value is the new version", async () => {
    await byHand();
    await made(tenant, { type, inputs: { ...base, adopt: "overwrite" } });
    expect(await version()).toBe("2");
  });
});

test("aic:EsvVariable adopted with match is as it was, loaded, but for its mark", async () => {
  const body = { valueBase64: base64("one"), description: "By hand", expressionType: "string" as const };
  await environment.putVariable("esv-variable", body);
  const before = await environment.getVariable("esv-variable");
  const inputs = { variableId: "esv-variable", value: "one", description: "By hand", adopt: "match" };
  await made(tenant, { type: "aic:EsvVariable", inputs });
  const { valueBase64, expressionType, loaded } = before ?? {};
  expect(await environment.getVariable("esv-variable")).toMatchObject({ valueBase64, expressionType, loaded });
});

test("aic:SecretLabel adopted with match is not written", async () => {
  const label = "am.applications.oauth2.client.batch.secret";
  await am.secretMappings.put(label, { _id: label, secretId: label, aliases: ["esv-batch"] });
  const inputs = { realm, label, secretId: "esv-batch", adopt: "match" };
  const seen = await tenant.count(() => made(tenant, { type: "aic:SecretLabel", inputs }));
  expect(seen.filter(({ method }) => method === "PUT")).toEqual([]);
});

test("aic:User: a password from another source is written, the same one is not", async () => {
  const type = "aic:User";
  const base = { realm, userName: "ada", givenName: "Ada", sn: "Lovelace", mail: "ada@example.com" };
  const { id, outs } = await made(tenant, { type, inputs: { ...base, password: "Canary-pass-1" } });
  const first = await tenant.content();
  const update = async (password: string) =>
    tenant.provider(type).update(id, sent(outs), await checked(tenant, { type, inputs: { ...base, password } }));
  await update("Canary-pass-1");
  expect(await tenant.content()).toEqual(first);
  await update("Canary-pass-2");
  expect(await tenant.content()).not.toEqual(first);
});
