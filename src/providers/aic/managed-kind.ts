/** What the kinds of managed objects of IDM have in common: one object of a collection of a realm, known by its id (aic §3). */

import type { z } from "zod";
import type { IdmObject, PatchOperation } from "../../admin-api/aic/idm.ts";
import type { Change, NoOutputs, OutputsOf, ResourceKind } from "../kind.ts";
import { KIT, type Mark, markIn, markOf, NOBODY, type Owner, withoutMark } from "../owner.ts";
import type { Properties } from "../pulumi-values.ts";
import { type AicContext, withRelations } from "./context.ts";
import { managed, type RealmType } from "./relations.ts";

/** A schema of inputs that name the realm. */
type InRealm = z.ZodObject & z.ZodType<{ readonly realm: string }>;

/** Where an object is, or will be. */
export type Target = { readonly realm: string; readonly collection: string; readonly id: string };

/** What a kind of managed objects has to say about itself. */
type Options<Schema extends InRealm, Outputs extends z.ZodObject, Resolved> = Omit<
  ResourceKind<Schema, Outputs, IdmObject, AicContext>,
  "observe" | "resolve" | "write" | "remove"
> & {
  /** The collection, without the realm. */
  readonly collection: RealmType;
  /** What is read of an object. */
  readonly fields: readonly string[];
  /** A field of them that is a relation: IDM shows relations only where they are asked for (aic §3.2). */
  readonly relation?: string;
  /** The id that an object is given, the same on every run. @param owner undefined in a state of before */
  objectId(inputs: z.output<Schema>, owner: Owner | undefined): string;
  /** The id of an object that a create has taken over. @default that of `objectId` */
  knownId?(outputs: OutputsOf<Outputs>): string | undefined;
  /** Somebody's object that stands in the way, where there is none with the id. @default none */
  rival?(context: AicContext, inputs: z.output<Schema>, owner: Owner | undefined): Promise<IdmObject | undefined>;
  /** Looks up every name that a write needs. @default there is none */
  resolve?(context: AicContext, inputs: z.output<Schema>): Promise<Resolved>;
  /** The properties that are set. @param resolved what `resolve` has found */
  encode(context: AicContext, change: Change<Schema, Outputs, IdmObject>, resolved: Resolved): Promise<Properties>;
  /** Properties of a new object beside those. @default none */
  first?(inputs: z.output<Schema>): Properties;
  /** Sends the properties. @default one create, or one patch that replaces them all */
  send?(context: AicContext, target: Target, live: IdmObject | undefined, body: Properties): Promise<IdmObject>;
};

/** The kind of a managed object. */
export function managedKind<Schema extends InRealm, Outputs extends z.ZodObject = NoOutputs, Resolved = undefined>({
  collection: type,
  fields,
  relation,
  objectId,
  knownId = () => undefined,
  rival,
  resolve,
  encode,
  first,
  send,
  ...kind
}: Options<Schema, Outputs, Resolved>): ResourceKind<Schema, Outputs, IdmObject, AicContext> {
  const targetOf = (inputs: z.output<Schema>, id: string): Target => {
    const { realm }: { readonly realm: string } = inputs;
    return { realm, collection: managed(realm, type), id };
  };
  const answer = relation === undefined ? {} : { fields };
  return {
    ...kind,
    ...(resolve && { resolve }),

    observe: async (context, inputs, outputs, owner) => {
      const known = knownId(outputs);
      const { collection, id } = targetOf(inputs, known ?? objectId(inputs, owner));
      const own = await context.managed(collection, id, fields);
      return own ?? (known === undefined ? rival?.(context, inputs, owner) : undefined);
    },

    write: async (context, change) => {
      const { inputs, live, owner } = change;
      const { idm } = context.tenant;
      const body = await encode(context, change, (await resolve?.(context, inputs)) as Resolved);
      const target = targetOf(inputs, live?._id ?? objectId(inputs, owner));
      if (send) return { live: await send(context, target, live, body) };
      const { collection, id } = target;
      const written = live
        ? await idm.patch(collection, id, replacements(body), answer)
        : await idm.create(collection, id, { _id: id, ...first?.(inputs), ...body }, answer);
      return { live: relation ? await withRelations(context, collection, written, relation, fields) : written };
    },

    remove: async ({ tenant }, inputs, outputs, owner) => {
      const { collection, id } = targetOf(inputs, knownId(outputs) ?? objectId(inputs, owner));
      await tenant.idm.delete(collection, id);
    },
  };
}

/**
 * The mark of an object with an id: that of its description; where somebody took it away, the id tells.
 *
 * @param known the id that the state has
 * @param given the id that this kit gives
 */
export function describedMark(
  { _id, description }: Properties,
  { known, given, owner }: { readonly known: unknown; readonly given: string; readonly owner: Owner | undefined },
): Mark {
  const mark = markIn(description);
  if (mark !== NOBODY) return mark;
  if (_id === known) return markOf(owner);
  return _id === given ? KIT : NOBODY;
}

/** What is declared as description; where nothing is and nothing was, what is there without its mark. */
export function plainDescription(
  declared: string | undefined,
  previous: string | undefined,
  live: Properties | undefined,
): string | undefined {
  return declared ?? (previous === undefined ? withoutMark(live?.description) : undefined);
}

/** A patch operation for each property. One without a value is taken away: `null` is no value of a patch (aic §15). */
export const replacements = (body: Properties): PatchOperation[] =>
  Object.entries(body).map(([key, value]) => {
    const field = `/${key}`;
    return value === null || value === undefined
      ? { operation: "remove", field }
      : { operation: "replace", field, value };
  });
