/** The Pulumi class of a kind, made of what the kind says of itself: its type, its inputs, its outputs, what is secret. */

import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { type KindSchemas, secretsOf } from "../providers/kind.ts";
import { type Args, PingResource } from "./resource.ts";

/** What a resource answers: its inputs as they were checked, defaults filled in, and its outputs. */
type Results<Schema extends z.ZodObject> = {
  readonly [Name in keyof Schema["shape"]]: pulumi.Output<z.output<Schema["shape"][Name]>>;
};

/** The class of a kind's resources. */
export type ResourceClass<Inputs extends z.ZodObject, Outputs extends z.ZodObject> = new (
  /** Unique in the stack among the resources of this type. */
  name: string,
  args: Args<z.input<Inputs>>,
  options?: pulumi.CustomResourceOptions,
) => PingResource & Results<Inputs> & Results<Outputs>;

/**
 * The class of a kind.
 *
 * @example export class Group extends resourceClass(group) {}
 */
export function resourceClass<Inputs extends z.ZodObject, Outputs extends z.ZodObject>(
  kind: KindSchemas<Inputs, Outputs>,
): ResourceClass<Inputs, Outputs> {
  const properties = [...Object.keys(kind.inputs.shape), ...Object.keys(kind.outputs?.shape ?? {})];
  class KindResource extends PingResource {
    constructor(name: string, args: Args<z.input<Inputs>>, options?: pulumi.CustomResourceOptions) {
      super(kind.type, name, args, properties, secretsOf(kind), options);
    }
  }
  // The SDK gives the instance a property for every name that it is told.
  return KindResource as unknown as ResourceClass<Inputs, Outputs>;
}
