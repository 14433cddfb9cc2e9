/** A declaration of PingOne in an environment, without an engine: the program under Pulumi's mocks, whose resources are made by the kit's own providers. */

import * as pulumi from "@pulumi/pulumi";
import { expect } from "vitest";
import type { PingOneDeclaration } from "../../../src/components/pingone/declaration.ts";
import { declarePingOne } from "../../../src/components/pingone/stack.ts";
import type { StackOutputs } from "../../../src/components/stack-outputs.ts";
import { BINDING } from "../../../src/providers/binding.ts";
import { type Properties, revealSecret } from "../../../src/providers/pulumi-values.ts";
import type { LocalPingOne } from "../../support/pingone.ts";
import { sent } from "../../support/properties.ts";
import { settled } from "../program.ts";

/** A resource of the program, as its provider made it. */
export type Made = {
  readonly type: string;
  readonly name: string;
  /** As the program gives them. */
  readonly inputs: Properties;
  readonly id: string;
  readonly outs: Properties;
};

/** A stack that was brought up. */
export type Provisioned = { readonly made: readonly Made[]; readonly outputs: StackOutputs };

/**
 * Brings a new stack up: check and create of each resource, as the engine calls them.
 *
 * @param adopt what becomes of an object that is there
 */
export async function provisioned(
  tenant: LocalPingOne,
  declaration: PingOneDeclaration,
  adopt: "never" | "match" = "never",
): Promise<Provisioned> {
  const made: Made[] = [];
  const create = async ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
    const kind = type.replace("pulumi-nodejs:dynamic/", "");
    if (kind === type) return { id: "", state: {} };
    const policy = kind.endsWith(`:${BINDING}`) ? {} : { adopt };
    const { id, outs } = await createdBy(tenant, kind, { ...(inputs as Properties), ...policy });
    made.push({ type: kind, name, inputs: inputs as Properties, id, outs });
    return { id, state: Object.fromEntries(Object.entries(outs).map(([key, value]) => [key, revealSecret(value)])) };
  };
  pulumi.runtime.setAllConfig({ "ping-agents:adopt": adopt });
  await pulumi.runtime.setMocks({ newResource: create, call: () => ({}) }, "ping-agents", "test");
  const outputs = declarePingOne(declaration);
  await Promise.all(
    // Where tokens are asked for is unknown to the program, and no more is waited for.
    Object.values(outputs as object).map(async (output) => (await output.isKnown) && settled(output)),
  );
  await pulumi.runtime.disconnect(); // when every resource is made
  pulumi.runtime.setAllConfig({}); // other tests share the process
  return { made, outputs };
}

async function createdBy(tenant: LocalPingOne, type: string, inputs: Properties) {
  const provider = tenant.provider(type);
  const checked = await provider.check(undefined, inputs);
  expect(checked.failures).toEqual([]);
  return provider.create({ ...checked.inputs, __provider: inputs.__provider });
}

/** Every resource reads back as it was declared, as a refresh finds it. */
export async function expectInSync(tenant: LocalPingOne, made: readonly Made[]): Promise<void> {
  for (const { type, id, outs } of made) {
    const known = sent(outs);
    const { inputs = {} } = await tenant.provider(type).read(id, known);
    for (const [key, value] of Object.entries(inputs))
      expect({ type, id, [key]: value }).toEqual({ type, id, [key]: known[key] });
  }
}
