/** What a resource kind has to say about itself; `lifecycle.ts` does the rest the same way for all kinds. */

import type { z } from "zod";
import type { Properties } from "./pulumi-values.ts";

/**
 * Object schemas that a resource owns as a whole: a field of theirs that nobody declared and that is not at its default is
 * drift, too.
 */
export const exclusive = new WeakSet<z.core.$ZodType>();

/**
 * Whether an existing object may be taken over when a resource is created: `never` refuses, `match` takes over an object
 * that equals the declaration, `overwrite` changes it to the declaration.
 */
export type AdoptPolicy = "never" | "match" | "overwrite";

/** What a live object says in the terms of the inputs, with the outputs that go beside them into the state. */
export type View = { readonly inputs: Properties; readonly outputs: Properties };

/** A write that is due. */
export type Change<Inputs, Live> = {
  /** What is declared, canonical. */
  readonly inputs: Inputs;
  /** What was declared before: a field that is here and not in `inputs` goes back to its default. */
  readonly previous: Inputs | undefined;
  /** What was read just before, or `undefined` when the object does not exist. */
  readonly live: Live | undefined;
  /** Outputs of the last write, such as a generated secret. */
  readonly outputs: Properties;
};

/** Result of a write: the object as the server then shows it, and outputs that only the write knows. */
export type Written<Live> = { readonly live: Live; readonly outputs?: Properties };

/**
 * One kind of resource. `Inputs` are canonical (as the schema returns them), `Live` is what the API answers, `Context` is
 * the platform's connection.
 */
export interface ResourceKind<Inputs extends Properties, Live, Context> {
  /** Platform and name, e.g. `aic:AiAgent`; also the Pulumi type token after `pulumi-nodejs:dynamic/`. */
  readonly type: string;
  /** Strict schema that also makes inputs canonical: sorts sets, trims. Adds no server default. */
  readonly schema: z.ZodType<Inputs> & { readonly shape: Readonly<Record<string, z.core.$ZodType>> };
  /** Top-level fields whose change replaces the object. */
  readonly immutable: readonly (keyof Inputs & string)[];
  /** Top-level inputs and outputs that are secret. */
  readonly secret: readonly string[];
  /** Top-level inputs that the API never shows again. */
  readonly writeOnly: readonly (keyof Inputs & string)[];
  /** True for an entry in a document that others share: being there already is no conflict. */
  readonly shared?: boolean;
  /**
   * True when nobody else's object can stand under the id and the API refuses to create what exists: a create then need not
   * look first.
   */
  readonly ownId?: boolean;
  /**
   * True for static configuration, which can be written in development only: where the input `tier` says otherwise it is
   * asserted instead (DESIGN §3.6).
   */
  readonly promoted?: boolean;
  /** The Pulumi id: the natural key, the same on every run. */
  id(inputs: Inputs): string;
  /**
   * Reads the object, or answers `undefined` when it clearly does not exist.
   *
   * @param outputs of the last write; empty on creation
   */
  observe(context: Context, inputs: Inputs, outputs: Properties): Promise<Live | undefined>;
  /** Puts the object in the terms of the inputs: a field per declared or known attribute. */
  decode(context: Context, live: Live, inputs: Inputs): Promise<View>;
  /** True when this kind created the object earlier, so that a create which crashed half-way goes on. */
  isOwn(live: Live, inputs: Inputs): boolean;
  /** Creates or changes the object. Repeatable; a crash after any call is a normal start for the next run. */
  write(context: Context, change: Change<Inputs, Live>): Promise<Written<Live>>;
  /** Removes the object or releases the entry; success when it is gone already. */
  remove(context: Context, inputs: Inputs, outputs: Properties): Promise<void>;
}

/** A kind of a platform whose inputs and documents are of no interest to the caller. */
// biome-ignore lint/suspicious/noExplicitAny: methods of kinds are contravariant in their inputs; only lifecycle.ts calls them
export type AnyKind<Context> = ResourceKind<any, any, Context>;
