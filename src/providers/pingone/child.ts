/** What hangs below an application: grants, policies, mappings, secrets and owners all name it in the same way. */

import { z } from "zod";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { PingAgentsError } from "../../errors.ts";
import { environmentIdSchema } from "../../fields/pingone.ts";
import { name } from "../../fields/text.ts";
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
export type ChildInputs = z.infer<z.ZodObject<typeof childInputs>>;

/** Fields whose change is another object. */
export const CHILD_IMMUTABLE = ["environmentId", "application", "applicationId"] as const;

/** The application, and the environment that it is in. */
export type Parent = { readonly environment: PingOneEnvironment; readonly id: string };

/**
 * The application.
 *
 * @param type of the resource, for messages
 * @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS
 */
export async function parentOf(context: PingOneContext, inputs: ChildInputs, type: string): Promise<Parent> {
  const { environmentId, application, applicationId } = inputs;
  const environment = context.environment(environmentId);
  if (applicationId !== undefined) return { environment, id: applicationId };
  const where = { resource: `${type} ${application}`, field: "application", tenant: context.tenant.origin };
  return { environment, id: await context.names(environmentId).idOf("applications", application, where) };
}

/** The application, or `undefined` when it is gone, and with it all that hung below. */
export async function parentIfAny(
  context: PingOneContext,
  inputs: ChildInputs,
  type: string,
): Promise<Parent | undefined> {
  return ifFound(parentOf(context, inputs, type));
}

/** `undefined` for a name that nothing has. */
export async function ifFound<T>(look: Promise<T>): Promise<T | undefined> {
  return look.catch((error: unknown) => {
    if (error instanceof PingAgentsError && error.code === "ERR_NAME_NOT_FOUND") return undefined;
    throw error;
  });
}

/**
 * True when this kit made the application: what hangs below has no place for a stamp of its own.
 *
 * @param outputs of the last write: with any, this is no creation, and the answer is not needed
 */
export async function isOursBelow({ environment, id }: Parent, outputs: object): Promise<boolean> {
  return Object.keys(outputs).length > 0 || isStamped(await environment.metadata(id));
}

/** The Pulumi id of a child. */
export const childId = ({ environmentId, application }: ChildInputs, ...more: readonly string[]): string =>
  [...(environmentId ? [environmentId] : []), application, ...more].join("/");

/** The inputs that every child reads back. `id` is that of the application which it was found below. */
export const childView = ({ environmentId, application, applicationId }: ChildInputs, id: string) => ({
  environmentId,
  application,
  applicationId: applicationId && id,
});
