/** What a resource kind has to say about itself; `lifecycle.ts` does the rest the same way for all kinds. */

import type { z } from "zod";
import type { Where } from "../errors.ts";
import type { AdoptPolicy } from "../fields/adopt.ts";
import { isSecretOutput } from "./annotations.ts";
import type { Properties } from "./pulumi-values.ts";

/** A platform as the engine needs it. */
export type Platform<Context> = {
  /** Origin of the tenant, for messages. */
  readonly origin: string;
  /** The policy of the stack for resources that do not say. @default "never" */
  readonly adopt: AdoptPolicy;
  /** The connection for reads that feed a write. */
  readonly fresh: Context;
  /** The connection for refresh: reads that arrive together may be answered by one list of the collection. */
  readonly coalesced: Context;
};

/** Names of the fields of an object schema. */
export type FieldName<Schema extends z.ZodObject> = keyof Schema["shape"] & string;

/** The outputs of a kind that has none. */
export type NoOutputs = z.ZodObject<Record<never, never>>;

/**
 * Outputs, as far as they are known. An optional one that is `null` is known to be none; one that is left out keeps what the
 * state has.
 */
export type OutputsOf<Outputs extends z.ZodObject> = {
  readonly [Name in keyof Outputs["shape"]]?:
    | z.output<Outputs["shape"][Name]>
    | (undefined extends z.output<Outputs["shape"][Name]> ? null : never);
};

/** What a live object says in the terms of the inputs, with the outputs that go beside them into the state. */
export type View<Outputs extends z.ZodObject = z.ZodObject> = {
  readonly inputs: Properties;
  readonly outputs?: OutputsOf<Outputs>;
};

/** A write that is due. */
export type Change<Schema extends z.ZodObject, Outputs extends z.ZodObject, Live> = {
  /** What is declared, canonical. */
  readonly inputs: z.output<Schema>;
  /** What was declared before: a field that is here and not in `inputs` goes back to its default. */
  readonly previous: z.output<Schema> | undefined;
  /** What was read just before, or `undefined` when the object does not exist. */
  readonly live: Live | undefined;
  /** Outputs of the last write, such as a generated secret. */
  readonly outputs: OutputsOf<Outputs>;
};

/** Result of a write: the object as the server then shows it, and outputs that only the write knows. */
export type Written<Outputs extends z.ZodObject, Live> = {
  readonly live: Live;
  readonly outputs?: OutputsOf<Outputs>;
};

/**
 * One kind of resource. `Live` is what the API answers, `Context` is the platform's connection. The Pulumi class follows from
 * the two schemas (`components/resource-class.ts`), whose comments are what its users read.
 */
export interface ResourceKind<Schema extends z.ZodObject, Outputs extends z.ZodObject, Live, Context> {
  /** Platform and name, e.g. `aic:AiAgent`; also the Pulumi type token after `pulumi-nodejs:dynamic/`. */
  readonly type: string;
  /** Strict schema that also makes inputs canonical: sorts sets, trims. Adds no server default. */
  readonly inputs: Schema;
  /** What the state holds beside the inputs; {@link secretOutput} marks what is secret. @default nothing */
  readonly outputs?: Outputs;
  /** Top-level inputs whose change replaces the object. */
  readonly immutable: readonly FieldName<Schema>[];
  /** Top-level inputs that are secret. @default none */
  readonly secret?: readonly FieldName<Schema>[];
  /** Top-level inputs that the API never shows: a read answers them as they were declared. @default none */
  readonly notShown?: readonly FieldName<Schema>[];
  /**
   * How a secret input that is never shown tells that somebody changed it: an output that is another one then. A refresh shows
   * such a change at the input, so that the repair writes the secret again. @default nothing tells
   */
  readonly trace?: { readonly input: FieldName<Schema>; readonly output: FieldName<Outputs> };
  /** True for an entry in a document that others share: being there already is no conflict. */
  readonly shared?: boolean;
  /**
   * True when nobody else's object can stand under the id and the API refuses to create what exists: a create then need not
   * look first.
   */
  readonly ownId?: boolean;
  /**
   * True for static configuration, which can be written in development only: where the input `tier` says otherwise it is
   * asserted instead (decision 0006).
   */
  readonly promoted?: boolean;
  /** The Pulumi id: the natural key, the same on every run. */
  id(inputs: z.output<Schema>): string;
  /**
   * Reads the object, or answers `undefined` when it clearly does not exist.
   *
   * @param outputs of the last write; empty on creation
   */
  observe(context: Context, inputs: z.output<Schema>, outputs: OutputsOf<Outputs>): Promise<Live | undefined>;
  /** Puts the object in the terms of the inputs: a field per declared or known attribute. */
  decode(context: Context, live: Live, inputs: z.output<Schema>): Promise<View<Outputs>>;
  /** True when this kind created the object earlier, so that a create which crashed half-way goes on. */
  isOwn(live: Live, inputs: z.output<Schema>): boolean;
  /** Creates or changes the object. Repeatable; a crash after any call is a normal start for the next run. */
  write(context: Context, change: Change<Schema, Outputs, Live>): Promise<Written<Outputs, Live>>;
  /** Removes the object or releases the entry; success when it is gone already. */
  remove(context: Context, inputs: z.output<Schema>, outputs: OutputsOf<Outputs>): Promise<void>;
}

/** What a refresh shows in the place of a secret that is another one than the state's: {@link ResourceKind.trace}. */
export const REPLACED = "(changed outside of Pulumi)";

/** A kind of a platform whose inputs and documents are of no interest to the caller. */
// biome-ignore lint/suspicious/noExplicitAny: methods of kinds are contravariant in their inputs; only lifecycle.ts calls them
export type AnyKind<Context> = ResourceKind<any, any, any, Context>;

/** A write of a kind that is of no interest to the caller. */
export type AnyChange = Change<z.ZodObject, z.ZodObject, unknown>;

/** What the Pulumi class of a kind is made of. */
export type KindSchemas<Schema extends z.ZodObject, Outputs extends z.ZodObject> = Pick<
  ResourceKind<Schema, Outputs, unknown, unknown>,
  "type" | "inputs" | "outputs" | "secret"
>;

/** The names of the properties that are secret, outputs first: the order in which they stand in the state. */
export function secretsOf({
  outputs,
  secret = [],
}: {
  readonly outputs?: z.ZodObject;
  readonly secret?: readonly string[];
}): string[] {
  const marked = Object.entries(outputs?.shape ?? {}).filter(([, schema]) => isSecretOutput(schema));
  return [...marked.map(([name]) => name), ...secret];
}

/** Where a mistake is, for messages. */
export function whereOf<C>(kind: AnyKind<C>, inputs: Properties, { origin }: Platform<C>): Where {
  return { resource: `${kind.type} ${kind.id(inputs)}`, tenant: origin };
}
