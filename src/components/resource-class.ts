/** The Pulumi class of a kind, made of what the kind says of itself: its type, its inputs, its outputs, what is secret. */

import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { type KindSchemas, secretsOf } from "../providers/kind.ts";
import { PingResource } from "./resource.ts";

/** What a resource has: its inputs as they were checked, defaults filled in, and its outputs. */
type Properties<Outputs> = { readonly [Name in keyof Outputs]-?: pulumi.Output<Outputs[Name]> };

/** The class of a kind's resources. */
export type ResourceClass<Args extends object, Outputs extends object> = new (
  /** Unique in the stack among the resources of this type. */
  name: string,
  args: Args,
  options?: pulumi.CustomResourceOptions,
) => PingResource & Properties<Outputs>;

/**
 * The class of a kind. Its types are those that `npm run schema` makes of the kind's schemas: TypeScript shows the text of a field
 * where it stands in a source, and what follows from a schema has none.
 *
 * @example export class Group extends resourceClass<GroupArgs, GroupOutputs>(group) {}
 */
export function resourceClass<Args extends object, Outputs extends object>(
  kind: KindSchemas<z.ZodObject, z.ZodObject>,
): ResourceClass<Args, Outputs> {
  const properties = { inputs: Object.keys(kind.inputs.shape), outputs: Object.keys(kind.outputs?.shape ?? {}) };
  class KindResource extends PingResource {
    constructor(name: string, args: Args, options?: pulumi.CustomResourceOptions) {
      super(kind.type, name, args, properties, secretsOf(kind), options);
    }
  }
  // The SDK gives the instance a property for every name that it is told.
  return KindResource as unknown as ResourceClass<Args, Outputs>;
}
