/** What hangs below an application: grants, policies, mappings, secrets and owners all name it in the same way. */

import { z } from "zod";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { type Bearings, guard } from "../../drift/bearing.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { PingAgentsError } from "../../errors.ts";
import { environmentIdSchema } from "../../fields/pingone.ts";
import { name } from "../../fields/text.ts";
import type { Change, Known, OutputsOf, ResourceKind, View } from "../kind.ts";
import { isOfStack, type Mark, markById, markOf, NOBODY, type Owner } from "../owner.ts";
import { together } from "../together.ts";
import type { PingOneContext } from "./context.ts";
import { isOwnApplication, markOfStamp, metadataOf, othersBelow, register, release, releaseFormer } from "./stamp.ts";

/** Inputs that say which application. */
export const childInputs = {
  environmentId: environmentIdSchema
    .optional()
    .meta({ description: "UUID of the environment", otherwise: "PINGONE_ENVIRONMENT_ID" }),
  application: name.describe("Name of the application or agent: a label, where its id is given"),
  applicationId: z
    .uuid()
    .optional()
    .describe("Its id, where it is known already; saves a look-up, and follows an application that is made anew"),
};
/** How they bear on security. */
export const childBearings: Bearings = {
  environmentId: identity,
  application: guard("it hangs below another application"),
  applicationId: guard("it hangs below another application"),
};
type ChildInputs = z.infer<z.ZodObject<typeof childInputs>>;

/** Outputs of everything that hangs below an application. */
export const childOutputs = {
  parentId: z
    .string()
    .describe("UUID of the application: what was found by a name once is found again when the name is another"),
};
type ChildOutputs = OutputsOf<z.ZodObject<typeof childOutputs>>;

/** The application, and the environment that it is in. */
export type Parent = { readonly environment: PingOneEnvironment; readonly id: string };

/** The application. @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS */
async function parentOf(
  context: PingOneContext,
  inputs: ChildInputs,
  { parentId }: ChildOutputs,
  type: string,
): Promise<Parent> {
  const { environmentId, application, applicationId = parentId } = inputs;
  const environment = context.environment(environmentId);
  if (applicationId !== undefined) return { environment, id: applicationId };
  const where = { resource: `${type} ${application}`, field: "application", tenant: context.tenant.origin };
  return { environment, id: await context.names(environmentId).idOf("applications", application, where) };
}

/** `undefined` for a name that nothing has. */
export async function ifFound<T>(look: Promise<T>): Promise<T | undefined> {
  return look.catch((error: unknown) => {
    if (error instanceof PingAgentsError && error.code === "ERR_NAME_NOT_FOUND") return undefined;
    throw error;
  });
}

/** What hangs below an application, as it is found, and whose it is; what is nobody's has no mark. */
type Live<Found> = { readonly parent: Parent; readonly found: Found; readonly mark?: Mark };

type Schema = z.ZodObject & z.ZodType<ChildInputs>;
type OutputSchema = z.ZodObject & z.ZodType<z.infer<z.ZodObject<typeof childOutputs>>>;
type Kind<Inputs extends Schema, Outputs extends OutputSchema, Found> = ResourceKind<
  Inputs,
  Outputs,
  Live<Found>,
  PingOneContext
>;

/** What a kind of children has to say about itself. */
type Options<Inputs extends Schema, Outputs extends OutputSchema, Found> = Pick<
  Kind<Inputs, Outputs, Found>,
  "type" | "inputs" | "notShown" | "trace" | "drift" | "resolve"
> & {
  readonly outputs: Outputs;
  /** True where being there already is no conflict. @default false */
  readonly shared?: boolean;
  /** Inputs beside the application whose change is another object. @default none */
  readonly immutable?: Kind<Inputs, Outputs, Found>["immutable"];
  /** What tells the child from others below the application, for its Pulumi id. */
  key(inputs: z.output<Inputs>): readonly string[];
  /** The same by ids, which last: of what is found, else of what is declared. @default the key */
  place?(context: PingOneContext, inputs: z.output<Inputs>, found: Found | undefined): Promise<string>;
  /** The id that PingOne gave it, as the state has it. @default none: the application and the key tell */
  ownId?(outputs: OutputsOf<Outputs>): string | null | undefined;
  /** Looks below the application. @param outputs of the last write; empty on creation */
  find(
    context: PingOneContext,
    parent: Parent,
    inputs: z.output<Inputs>,
    outputs: OutputsOf<Outputs>,
  ): Promise<Found | undefined>;
  /** True for what PingOne makes itself, so that it is nobody's. @default never */
  isBuiltIn?(found: Found): boolean;
  /** Puts what was found in the terms of the inputs, the application's aside. */
  decode(context: PingOneContext, found: Found, inputs: z.output<Inputs>): Promise<Required<View<Outputs>>>;
  write(context: PingOneContext, parent: Parent, change: Change<Inputs, Outputs, Found>): Promise<Found>;
  /** @default leaves it alone: it lives and dies with the application */
  remove?(context: PingOneContext, parent: Parent, found: Found, inputs: z.output<Inputs>): Promise<void>;
};

/**
 * The kind of something that hangs below an application. It has no place for a mark of its own: whoever owns the application
 * owns it, and where that is not this stack the application says so (`register`).
 */
export function childKind<Inputs extends Schema, Outputs extends OutputSchema, Found>({
  immutable = [],
  key,
  find,
  isBuiltIn = () => false,
  place = async (_context, inputs) => key(inputs).join("/"),
  ownId = () => undefined,
  decode,
  write,
  remove,
  shared,
  resolve,
  ...kind
}: Options<Inputs, Outputs, Found>): Kind<Inputs, Outputs, Found> {
  type Declared = z.output<Inputs>;
  /** By what the metadata of the application names it. */
  const entry = async (context: PingOneContext, inputs: Declared, found: Found | undefined) =>
    `${kind.type.replace("pingone:", "")}/${await place(context, inputs, found)}`;

  const markOfFound = async (
    context: PingOneContext,
    { parent, found }: Live<Found>,
    inputs: Declared,
    owner: Owner | undefined,
  ): Promise<Mark> => {
    const metadata = await metadataOf(context, parent);
    const others = othersBelow(metadata);
    const registered = others.size > 0 ? others.get(await entry(context, inputs, found)) : undefined;
    const mark = registered ?? markOfStamp(metadata);
    const isOurs = isOfStack(mark, owner) || (isBuiltIn(found) && mark.whose !== "stack");
    // A state of before knows it by its id, and had no way to register it.
    return isOurs || (owner === undefined && !registered) ? markOf(owner) : mark;
  };

  return {
    ...kind,
    immutable: [{ tenant: "environmentId" }, { name: "application", id: "applicationId" }, ...immutable],

    id: (inputs) => {
      const { environmentId, application }: ChildInputs = inputs;
      return [...(environmentId ? [environmentId] : []), application, ...key(inputs)].join("/");
    },

    identity: (inputs, outputs) => {
      const { applicationId = outputs.parentId }: ChildInputs = inputs;
      return ownId(outputs) ?? (applicationId && [applicationId, ...key(inputs)].join("/"));
    },

    resolve: (context, inputs) =>
      together([parentOf(context, inputs, {}, kind.type), resolve?.(context, inputs) ?? Promise.resolve()]),

    observe: async (context, inputs, outputs, owner) => {
      // With an application that is gone all that hung below is gone, too.
      const parent = await ifFound(parentOf(context, inputs, outputs, kind.type));
      const found = parent && (await find(context, parent, inputs, outputs));
      if (!parent || found === undefined) return undefined;
      const live = { parent, found };
      return shared ? live : { ...live, mark: await markOfFound(context, live, inputs, owner) };
    },

    ...(!shared && {
      mark: ({ mark = NOBODY }: Live<Found>, { outputs }: Known<Inputs, Outputs>) => markById(mark, outputs.parentId),
    }),

    decode: async (context, { parent, found }, inputs) => {
      const { environmentId, application, applicationId }: ChildInputs = inputs;
      const view = await decode(context, found, inputs);
      const names = context.names(environmentId);
      const shown = {
        environmentId,
        application: applicationId ? application : (await names.namesOf("applications", [parent.id]))[0],
        // The id is that of the application which it was found below.
        applicationId: applicationId && parent.id,
      };
      return { inputs: { ...shown, ...view.inputs }, outputs: { ...view.outputs, parentId: parent.id } };
    },

    write: async (context, change) => {
      const { inputs, outputs, live, owner } = change;
      const parent = live?.parent ?? (await parentOf(context, inputs, outputs, kind.type));
      const isOurs = shared || (await isOwnApplication(context, parent, owner));
      const wanted = isOurs ? undefined : await entry(context, inputs, undefined);
      const isAdopted = live?.mark?.whose === "stack" && !isOfStack(live.mark, owner);
      if (isOurs && isAdopted) await release(context, parent, await entry(context, inputs, live.found));
      if (wanted !== undefined) await register(context, parent, wanted, owner);
      const found = await write(context, parent, { ...change, live: live?.found });
      if (wanted !== undefined && live) await releaseFormer(context, parent, wanted, owner);
      return { live: { parent, found, mark: markOf(owner) } };
    },

    remove: async (context, inputs, outputs, owner, live) => {
      if (!remove) return;
      if (live) await remove(context, live.parent, live.found, inputs);
      const parent = live?.parent ?? (await ifFound(parentOf(context, inputs, outputs, kind.type)));
      if (!parent || !owner || (await isOwnApplication(context, parent, owner))) return;
      const registered = await ifFound(entry(context, inputs, live?.found));
      if (registered !== undefined) await release(context, parent, registered);
    },
  };
}
