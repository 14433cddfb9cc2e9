/** The life of an AI agent on PingOne: switched on or off, stopped, or left when its entry goes (decision 0012). */

import { z } from "zod";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import type { PingOneContext } from "./context.ts";
import { encodeProperties, replaceChanged } from "./properties.ts";
import { releaseApplication } from "./stamp.ts";

const NO_FIELDS = z.strictObject({});

/** Switches an application on or off, and leaves it as it is otherwise. */
export function switchApplication(
  { applications }: PingOneEnvironment,
  application: PingOneObject,
  enabled: boolean,
): Promise<PingOneObject> {
  const body = encodeProperties(NO_FIELDS, {}, undefined, application);
  return replaceChanged(applications, application, { ...body, enabled });
}

/** Leaves an application in its environment: switched off, or as it is and nobody's. */
export async function leaveApplication(
  context: PingOneContext,
  how: "disable" | "retain",
  environment: PingOneEnvironment,
  application: PingOneObject,
): Promise<string> {
  if (how === "disable") {
    await switchApplication(environment, application, false);
    return "it is switched off, and its declared access is gone";
  }
  await releaseApplication(context, { environment, id: application.id });
  return "it is as it was, its access too, and belongs to nobody; adopt takes it over";
}
