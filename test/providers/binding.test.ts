/** What binds a stack to its tenant: asked before anything else, bound anew only where the user says so. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SettingError } from "../../src/errors.ts";
import { bindingProvider } from "../../src/providers/binding.ts";
import { connectedPlatform } from "../../src/providers/coalescing.ts";

let identity: string;
let bindTo: string | undefined;
beforeEach(() => {
  identity = "a-tenant";
  bindTo = undefined;
});
afterEach(() => void vi.unstubAllEnvs());

const POINTER = { __provider: "test" };
const origin = "https://tenant.example.com";
const provider = () =>
  bindingProvider("aic:StackBinding", async () =>
    connectedPlatform(
      { fresh: {}, gathered: {}, coalesced: {} },
      { origin, adopt: "never", bindTo, identity: async () => identity },
    ),
  );

test("a stack gets a random id and the tenant that it is on", async () => {
  const { id, outs } = await provider().create(POINTER);
  expect(id).toMatch(/^[a-z0-9]{12}$/);
  expect(outs).toEqual({ stackId: id, tenant: "a-tenant", origin, ...POINTER });
  expect((await provider().create(POINTER)).id).not.toBe(id);
});

test("without checkpoints the id would be forgotten: refused, with the run that comes first", async () => {
  vi.stubEnv("PULUMI_SKIP_CHECKPOINTS", "true");
  await expect(provider().create(POINTER)).rejects.toMatchObject({
    code: "ERR_NO_CHECKPOINT",
    hint: expect.stringContaining("npx pulumi up --target '**StackBinding**' --target '**ProviderBaseline**'"),
  });
  vi.stubEnv("PULUMI_SKIP_CHECKPOINTS", "false"); // the engine makes checkpoints then
  expect(await provider().create(POINTER)).toHaveProperty("id");
});

test("another tenant is refused by a preview, a refresh and a destroy, and bound by an up where the user says so", async () => {
  const { id, outs } = await provider().create(POINTER);
  expect(await provider().diff(id, outs, POINTER)).toEqual({ changes: false });
  identity = "production";
  const refused = { code: "ERR_OTHER_TENANT", message: expect.stringMatching(/a-tenant.*production/) };
  await expect(provider().diff(id, outs, POINTER)).rejects.toMatchObject(refused);
  await expect(provider().read(id, outs)).rejects.toMatchObject(refused);
  await expect(provider().delete(id, outs)).rejects.toMatchObject(refused);

  bindTo = "production";
  expect(await provider().diff(id, outs, POINTER)).toEqual({ changes: true });
  await expect(provider().delete(id, outs)).rejects.toMatchObject(refused); // only an up binds
  const bound = await provider().update(id, outs, POINTER);
  expect(bound.outs).toEqual({ stackId: id, tenant: "production", origin, ...POINTER });
  expect(await provider().diff(id, bound.outs, POINTER)).toEqual({ changes: false });
});

test("a preview without an account goes on, which the program says; a setting that cannot be used is told", async () => {
  const failing = (code: "ERR_SETTING_MISSING" | "ERR_SETTING_INVALID") =>
    bindingProvider("aic:StackBinding", async () => {
      throw new SettingError(code, "AIC_TENANT_URL");
    }).diff("id", { tenant: "a-tenant" }, POINTER);
  expect(await failing("ERR_SETTING_MISSING")).toEqual({ changes: false });
  await expect(failing("ERR_SETTING_INVALID")).rejects.toThrow("ERR_SETTING_INVALID");
});
