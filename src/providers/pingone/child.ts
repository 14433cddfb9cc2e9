/** What hangs below an application: grants, policies, mappings, secrets and owners all name it in the same way. */

import { z } from "zod";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { PingAgentsError } from "../../errors.ts";
import { environmentIdSchema } from "../../fields/pingone.ts";
import { name } from "../../fields/text.ts";
import type { Change, FieldName, OutputsOf, ResourceKind, View } from "../kind.ts";
import type { PingOneContext } from "./context.ts";
import { isStamped } from "./stamp.ts";

/** Inputs that say which application. */
export const childInputs = {
  /** UUID of the environment. @default PINGONE_ENVIRONMENT_ID */
  environmentId: environmentIdSchema.optional(),
  /** Name of the application or agent. */
  application: name,
  /** Its id, where it is known already; saves a look-up, and follows an application that is made anew. */
  applicationId: z.uuid().optional(),
};
type ChildInputs = z.infer<z.ZodObject<typeof childInputs>>;

/** The application, and the environment that it is in. */
export type Parent = { readonly environment: PingOneEnvironment; readonly id: string };

/** The application. @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS */
async function parentOf(context: PingOneContext, inputs: ChildInputs, type: string): Promise<Parent> {
  const { environmentId, application, applicationId } = inputs;
  const environment = context.environment(environmentId);
  if (applicationId !== undefined) return { environment, id: applicationId };
  const where = { resource: `${type} ${application}`, field: "application", tenant: context.tenant.origin };
  return { environment, id: await context.names(environmentId).idOf("applications", application, where) };
}

/** The application, or `undefined` when it is gone, and with it all that hung below. */
const parentIfAny = (context: PingOneContext, inputs: ChildInputs, type: string) =>
  ifFound(parentOf(context, inputs, type));

/** `undefined` for a name that nothing has. */
export async function ifFound<T>(look: Promise<T>): Promise<T | undefined> {
  return look.catch((error: unknown) => {
    if (error instanceof PingAgentsError && error.code === "ERR_NAME_NOT_FOUND") return undefined;
    throw error;
  });
}

/** What hangs below an application, as it is found. */
type Live<Found> = { readonly parent: Parent; readonly found: Found; readonly own: boolean };

type Schema = z.ZodObject & z.ZodType<ChildInputs>;
type Kind<Inputs extends Schema, Outputs extends z.ZodObject, Found> = ResourceKind<
  Inputs,
  Outputs,
  Live<Found>,
  PingOneContext
>;

/** What a kind of children has to say about itself. */
type Options<Inputs extends Schema, Outputs extends z.ZodObject, Found> = Pick<
  Kind<Inputs, Outputs, Found>,
  "type" | "inputs" | "outputs" | "notShown" | "trace" | "shared"
> & {
  /** Inputs beside the application whose change is another object. @default none */
  readonly immutable?: readonly FieldName<Inputs>[];
  /** What tells the child from others below the application, for its Pulumi id. */
  key(inputs: z.output<Inputs>): readonly string[];
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
  decode(context: PingOneContext, found: Found, inputs: z.output<Inputs>): Promise<View<Outputs>>;
  write(context: PingOneContext, parent: Parent, change: Change<Inputs, Outputs, Found>): Promise<Found>;
  /** @default leaves it alone: it lives and dies with the application */
  remove?(context: PingOneContext, parent: Parent, inputs: z.output<Inputs>): Promise<void>;
};

/** The kind of something that hangs below an application. It has no place for a stamp of its own: the application's counts. */
export function childKind<Inputs extends Schema, Outputs extends z.ZodObject, Found>({
  immutable = [],
  key,
  find,
  isBuiltIn = () => false,
  decode,
  write,
  remove,
  ...kind
}: Options<Inputs, Outputs, Found>): Kind<Inputs, Outputs, Found> {
  return {
    ...kind,
    immutable: ["environmentId", "application", "applicationId", ...immutable],

    id: (inputs) => {
      const { environmentId, application }: ChildInputs = inputs;
      return [...(environmentId ? [environmentId] : []), application, ...key(inputs)].join("/");
    },

    observe: async (context, inputs, outputs) => {
      const parent = await parentIfAny(context, inputs, kind.type);
      const found = parent && (await find(context, parent, inputs, outputs));
      if (!parent || found === undefined) return undefined;
      // Whose it is matters at creation only.
      const isKnown = kind.shared || isBuiltIn(found) || Object.keys(outputs).length > 0;
      return { parent, found, own: isKnown || isStamped(await parent.environment.metadata(parent.id)) };
    },

    isOwn: ({ own }) => own,

    decode: async (context, { parent, found }, inputs) => {
      const { environmentId, application, applicationId }: ChildInputs = inputs;
      const view = await decode(context, found, inputs);
      // The id is that of the application which it was found below.
      const names = { environmentId, application, applicationId: applicationId && parent.id };
      return { ...view, inputs: { ...names, ...view.inputs } };
    },

    write: async (context, change) => {
      const parent = change.live?.parent ?? (await parentOf(context, change.inputs, kind.type));
      const found = await write(context, parent, { ...change, live: change.live?.found });
      return { live: { parent, found, own: true } };
    },

    remove: async (context, inputs) => {
      const parent = remove && (await parentIfAny(context, inputs, kind.type));
      if (parent) await remove(context, parent, inputs);
    },
  };
}
