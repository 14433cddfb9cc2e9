/** Claims of a resource that must have a value, and the claim `sub` that every resource has: on the wire, by hand, and refused. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { connectPingOne } from "../../../src/admin-api/pingone/tenant.ts";
import { pingOneContexts } from "../../../src/providers/pingone/context.ts";
import { pingOneKinds } from "../../../src/providers/pingone/platform.ts";
import { checked, made, testPlatform, testProvider } from "../../support/kinds.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { plain, sent } from "../../support/properties.ts";

const ACT = ["$", "{#root.context.requestData.actorToken.client_id}"].join("");
const USER_NAME = ["$", "{user.username}"].join("");

let tenant: LocalPingOne;
beforeAll(async () => {
  tenant = await startPingOne();
});
afterAll(() => tenant.stop());

const type = "pingone:Resource";
const wire = async (resource: unknown, claim: string) =>
  (await tenant.admin.resourceAttributes(String(resource)).list()).find(({ name }) => name === claim);
const provider = () => tenant.provider(type);

test("a required claim is told the tenant, is seen when somebody takes that away, and can be let go", async () => {
  const inputs = {
    name: "Tool",
    claims: { act: { value: ACT, required: true }, env: { value: "dev", required: false } },
  };
  const { id, outs } = await made(tenant, { type, inputs });
  expect(await wire(outs.resourceId, "act")).toMatchObject({ value: ACT, required: true });
  expect(await wire(outs.resourceId, "env")).not.toHaveProperty("required", true);

  const claims = tenant.admin.resourceAttributes(String(outs.resourceId));
  await claims.replace(String((await wire(outs.resourceId, "act"))?.id), { name: "act", value: ACT, required: false });
  const seen = await provider().read(id, sent(outs));
  expect(plain(seen.inputs).claims).toEqual({ act: ACT, env: "dev" });

  const wanted = await checked(tenant, { type, inputs });
  const repaired = await provider().update(id, sent(seen.props), wanted);
  expect(await wire(outs.resourceId, "act")).toMatchObject({ required: true });
  const free = await checked(tenant, { type, inputs: { ...inputs, claims: { act: ACT } } });
  const { outs: last } = await provider().update(id, sent(repaired.outs), free);
  expect(await wire(outs.resourceId, "act")).toMatchObject({ required: false });
  await provider().delete(id, sent(last));
});

test("sub is there already: it is replaced, never created, and goes back when nobody declares it", async () => {
  await tenant.calls();
  const { id, outs } = await made(tenant, { type, inputs: { name: "Named", claims: { sub: USER_NAME } } });
  const below = (await tenant.calls()).filter((call) => / resources\/\*\/attributes/.test(call));
  expect(below.filter((call) => !call.startsWith("GET"))).toEqual(["PUT resources/*/attributes/*"]);
  expect(await wire(outs.resourceId, "sub")).toMatchObject({ type: "CORE", value: USER_NAME });
  const { outs: last } = await provider().update(
    ...([id, sent(outs), await checked(tenant, { type, inputs: { name: "Named" } })] as const),
  );
  expect(await wire(outs.resourceId, "sub")).toMatchObject({ value: ["$", "{user.id}"].join("") });
  await provider().delete(id, sent(last));
});

test("an environment that nobody can tell so is refused before anything is written", async () => {
  const connect = (sendsRequired?: boolean) => {
    const { environmentId } = tenant;
    const far = { environmentId, clientId: "x", clientSecret: "x", apiUrl: "https://far.invalid/v1" };
    const settings = { ...far, authUrl: "https://far.invalid", ...(sendsRequired && { sendsRequired }) };
    const contexts = pingOneContexts(connectPingOne(settings, { retries: 0, deadlineMs: 1_000 }));
    return testProvider(type, pingOneKinds, testPlatform(contexts, "https://far.invalid"));
  };
  const { inputs } = await connect().check(
    undefined,
    sent({ name: "T", claims: { act: { value: ACT, required: true } } }),
  );
  const refused = { code: "ERR_UNENFORCED", where: { field: "claims.act", resource: "pingone:Resource T" } };
  await expect(connect().create(sent(inputs))).rejects.toMatchObject(refused);
  expect(await connect().foresee(sent(inputs), true)).toContainEqual(expect.objectContaining({ code: refused.code }));
  await expect(connect(true).create(sent(inputs))).rejects.toMatchObject({ code: "ERR_API_UNREACHABLE" });
});

test.each(["#root.context.requestData.grantType", "(#root.user.id != null) ? 1 : 0", "( (#root.x))"])(
  "%s would come out literally, and is refused with what to do",
  async (value) => {
    for (const claim of [value, { value, required: true }]) {
      const { failures } = await provider().check(undefined, sent({ name: "T", claims: { act: claim } }));
      expect(JSON.stringify(failures)).toContain("would take this for a text: wrap it");
    }
  },
);
