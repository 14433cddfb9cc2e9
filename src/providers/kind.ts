/** What a resource kind has to say about itself; `lifecycle.ts` does the rest the same way for all kinds. */

import type { z } from "zod";
import type { Where } from "../errors.ts";
import type { AdoptPolicy } from "../fields/adopt.ts";
import { isSecretOutput } from "./annotations.ts";
import type { Evidence } from "./evidence.ts";
import type { Immutable } from "./immutable.ts";
import type { Mark, Owner } from "./owner.ts";
import type { Properties } from "./pulumi-values.ts";

/** A platform as the engine needs it. */
export type Platform<Context> = {
  /** Origin of the tenant, for messages. */
  readonly origin: string;
  /** The policy of the stack for resources that do not say. @default "never" */
  readonly adopt: AdoptPolicy;
  /**
   * The identity of the tenant that a resource with these inputs is on (decision 0002); asked once.
   *
   * @throws ERR_SETTING_MISSING for a tenant that has none, ERR_OTHER_TENANT when {@link bindTo} names another one
   */
  identity(inputs: Properties): Promise<string>;
  /** The identity that the setting `ping-agents:tenant` names. */
  readonly bindTo: string | undefined;
  /** Whether this run binds the stack to this tenant anew: what its state has of another one then means this one. */
  readonly binding: { anew: boolean };
  /** Whether this process found anything of its own here. */
  readonly evidence: Evidence;
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
  /** Whose the object is from now on: the write marks it so. */
  readonly owner: Owner;
};

/** What is known of a resource whose object is looked at. */
export type Known<Schema extends z.ZodObject, Outputs extends z.ZodObject> = {
  readonly inputs: z.output<Schema>;
  /** Outputs of the last write; empty on creation. */
  readonly outputs: OutputsOf<Outputs>;
  /** The owner that the state has, on creation the one to be; undefined in a state of before. */
  readonly owner: Owner | undefined;
  /** Whether the state has the object; false on creation. */
  readonly inState: boolean;
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
  readonly immutable: readonly Immutable<FieldName<Schema>>[];
  /** Top-level inputs that are secret. @default none */
  readonly secret?: readonly FieldName<Schema>[];
  /** Top-level inputs that the API never shows: a read answers them as they were declared. @default none */
  readonly notShown?: readonly FieldName<Schema>[];
  /**
   * True when nobody else's object can stand under the id and the API refuses to create what exists: a create that may adopt
   * nothing then need not look first.
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
   * What tells the object from all others of its kind where the id has names in it that are labels: ids of the tenant.
   *
   * @default the id, as where it answers nothing
   */
  identity?(inputs: z.output<Schema>, outputs: OutputsOf<Outputs>): string | null | undefined;
  /**
   * Reads the object, or answers `undefined` when it clearly does not exist.
   *
   * @param outputs of the last write; empty on creation
   * @param owner as the state has it, on creation the one to be; undefined in a state of before
   */
  observe(
    context: Context,
    inputs: z.output<Schema>,
    outputs: OutputsOf<Outputs>,
    owner: Owner | undefined,
  ): Promise<Live | undefined>;
  /** Puts the object in the terms of the inputs: a field per declared or known attribute. */
  decode(context: Context, live: Live, inputs: z.output<Schema>, owner: Owner | undefined): Promise<View<Outputs>>;
  /**
   * Whose the object is (decision 0002): by its mark, by its id, or by what it hangs on. Absent for what is nobody's: an entry
   * of a document that others share, a look-up, what lives in the state alone.
   */
  mark?(live: Live, known: Known<Schema, Outputs>): Mark;
  /** Creates or changes the object. Repeatable; a crash after any call is a normal start for the next run. */
  write(context: Context, change: Change<Schema, Outputs, Live>): Promise<Written<Outputs, Live>>;
  /**
   * Removes the object or releases the entry; success when it is gone already.
   *
   * @param live what was read just before, where the kind has marks
   */
  remove(
    context: Context,
    inputs: z.output<Schema>,
    outputs: OutputsOf<Outputs>,
    owner: Owner | undefined,
    live: Live | undefined,
  ): Promise<void>;
}

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

/** The type and id of a resource, for messages. */
export const resourceName = <C>(kind: AnyKind<C>, inputs: Properties) => `${kind.type} ${kind.id(inputs)}`;

/** Where a mistake is, for messages. */
export function whereOf<C>(kind: AnyKind<C>, inputs: Properties, { origin }: Platform<C>): Where {
  return { resource: resourceName(kind, inputs), tenant: origin };
}
