/** A class has what its kind declares: types, properties of the instance, what the state encrypts. */

import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import { CustomApplication } from "../../src/components/aic/custom-application.ts";
import * as aic from "../../src/components/aic/resources.ts";
import * as pingone from "../../src/components/pingone/resources.ts";
import { application as applicationKind } from "../../src/providers/aic/application.ts";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { type AnyKind, secretsOf } from "../../src/providers/kind.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";
import { watchRequests } from "./program.ts";

type Arguments<Class extends new (...args: never) => unknown> = ConstructorParameters<Class>[1];

test("outputs and inputs have their types, and a name that the kind does not know is an error", () => {
  expectTypeOf<aic.AiAgent["identityId"]>().toEqualTypeOf<pulumi.Output<string>>();
  expectTypeOf<aic.AiAgent["secret"]>().toEqualTypeOf<pulumi.Output<string | undefined>>();
  expectTypeOf<aic.AiAgent["clientId"]>().toEqualTypeOf<pulumi.Output<string>>();
  expectTypeOf<aic.Application["templateVersion"]>().toEqualTypeOf<pulumi.Output<string>>(); // has a default
  expectTypeOf<pingone.Application["issuer"]>().toEqualTypeOf<pulumi.Output<string>>();
  expectTypeOf<aic.AiAgent>().not.toHaveProperty("identityID");
  expectTypeOf<aic.SecretLabel>().not.toHaveProperty("secret"); // has no outputs
  expectTypeOf<aic.Group>().not.toHaveProperty("groupId");
});

test("arguments take outputs at any depth, the policy, and nothing that the kind does not know", () => {
  type Args = Arguments<typeof aic.AiAgent>;
  expectTypeOf<pulumi.Output<string>>().toExtend<Args["clientId"]>();
  expectTypeOf<{ accessTokenLifetime: pulumi.Output<number> }>().toExtend<Args["tokens"]>();
  expectTypeOf<"match">().toExtend<Args["adopt"]>();
  expectTypeOf<Args>().not.toHaveProperty("identityId");
  expectTypeOf<Pick<Arguments<typeof aic.Application>, "templateVersion">>().toExtend<{ templateVersion?: unknown }>();
});

describe("the instance", () => {
  const registered = new Map<string, Request>();
  type Request = { getType(): string; getAdditionalsecretoutputsList(): string[]; getDeletebeforereplace(): boolean };
  beforeAll(async () => {
    const newResource = ({ inputs }: pulumi.runtime.MockResourceArgs) => ({ id: "id", state: inputs });
    await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs });
    watchRequests<Request>((request) => registered.set(request.getType(), request));
  });

  const every: readonly (readonly [string, AnyKind<never>, object])[] = [
    ...aicKinds.map((kind) => [kind.type, kind, aic] as const),
    ...pingOneKinds.map((kind) => [kind.type, kind, pingone] as const),
  ];

  test.each(every)(
    "of %s has every property, its secrets are encrypted in the state, and a replacement deletes it first",
    async (type, kind, module) => {
      const Class = (module as Record<string, typeof aic.Group>)[type.split(":")[1] ?? ""];
      if (!Class) expect.unreachable(`${type} has no class`);
      const instance = new Class("one", { realm: "alpha", name: "one" });
      for (const name of [...Object.keys(kind.inputs.shape), ...Object.keys(kind.outputs?.shape ?? {})]) {
        expect(pulumi.Output.isInstance((instance as unknown as Record<string, unknown>)[name]), name).toBe(true);
      }
      await new Promise((resolve) => instance.urn.apply(resolve));
      const request = registered.get(`pulumi-nodejs:dynamic/${type}`);
      expect(request?.getAdditionalsecretoutputsList()).toEqual(secretsOf(kind));
      expect(request?.getDeletebeforereplace()).toBe(true);
    },
  );

  test("that is a part of a component has its outputs, and all where the component shows it or was made before", async () => {
    const parts = new Map<string, object>();
    const options: pulumi.ComponentResourceOptions = {
      transformations: [({ type, resource }) => void parts.set(type.split(":").at(-1) ?? "", resource)],
    };
    const own = { realm: "alpha", clientId: "one", name: "One" } as const;
    const component = new CustomApplication("one", { ...own, type: "service" }, options);
    const { application } = component;
    const client = parts.get("OAuth2Client");
    expect(client).toMatchObject({ id: expect.anything(), secret: expect.anything() });
    for (const name of ["clientId", "logout", "__owner", "__provider"]) expect(client).not.toHaveProperty(name);
    for (const name of Object.keys(applicationKind.inputs.shape)) expect(application, name).toHaveProperty(name);
    const below = new aic.Group("below", { realm: "alpha", name: "below" }, { parent: component });
    expect(below).toMatchObject({ name: expect.anything(), members: expect.anything() });
    await new Promise((resolve) => application.urn.apply(resolve));
    await pulumi.runtime.disconnect();
  });
});

test("a name that JavaScript has a meaning for is a name like any other", async () => {
  const seen: unknown[] = [];
  const newResource = ({ inputs }: pulumi.runtime.MockResourceArgs) => {
    seen.push(inputs);
    return { id: "id", state: inputs };
  };
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs });
  new pingone.Resource("api", { name: "API", scopes: { toString: "a scope", read: "" } });
  await pulumi.runtime.disconnect();
  expect(seen).toContainEqual(expect.objectContaining({ name: "API", scopes: { toString: "a scope", read: "" } }));
});

test("the first resource of a platform binds the stack, and each says whose it is", async () => {
  const seen = new Map<string, object>();
  const newResource = ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
    seen.set(`${type.replace("pulumi-nodejs:dynamic/", "")} ${name}`, inputs);
    return { id: "id", state: { ...inputs, stackId: `id of ${name}`, tenant: `tenant of ${name}` } };
  };
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "shop", "prod");
  const environmentId = "5c2f1d3e-0b7a-4b57-9d3a-7c1f0a2b3c4d";
  new aic.Group("people", { realm: "alpha", tier: "development", name: "people" });
  new aic.Group("others", { realm: "alpha", tier: "development", name: "others" });
  new pingone.Group("staff", { name: "staff" });
  new pingone.Group("guests", { name: "guests", environmentId });
  await pulumi.runtime.disconnect();
  const owner = (resource: string, stack: string, tenant: string) =>
    expect.objectContaining({ __owner: { name: "shop/prod", resource, stack, tenant } });
  expect(Object.fromEntries(seen)).toEqual({
    "aic:StackBinding tenant": { __provider: expect.stringContaining("aic:StackBinding") },
    "aic:Group people": owner("people", "id of tenant", "tenant of tenant"),
    "aic:Group others": owner("others", "id of tenant", "tenant of tenant"),
    "pingone:StackBinding tenant": { __provider: expect.stringContaining("pingone:StackBinding") },
    "pingone:Group staff": owner("staff", "id of tenant", "tenant of tenant"),
    [`pingone:StackBinding tenant/${environmentId}`]: expect.objectContaining({ environmentId }),
    "pingone:Group guests": owner("guests", `id of tenant/${environmentId}`, environmentId),
  });
});
