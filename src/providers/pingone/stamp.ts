/** The mark of this kit on an application, in its metadata (pingone §4.1). It makes adoption safe and creates recoverable. */

import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import type { Properties } from "../pulumi-values.ts";

/** Key of the metadata that is ours; all others belong to somebody else. */
const KEY = "pingAgents";
const MANAGER = "ping-agents";

/** Ends the description of an application whose create has not come to its end: the stamp needs a second call. */
const UNFINISHED = "(being created by ping-agents)";

/** True when metadata carries our stamp. */
export function isStamped(metadata: Properties): boolean {
  const stamp = metadata[KEY];
  return isRecord(stamp) && stamp.managedBy === MANAGER;
}

/** Stamps an application, and leaves the rest of its metadata alone. @param isNew it has none yet */
export async function stampApplication(environment: PingOneEnvironment, id: string, isNew: boolean): Promise<void> {
  const metadata = isNew ? {} : await environment.metadata(id);
  if (isStamped(metadata)) return;
  await environment.setMetadata(id, { ...metadata, [KEY]: { managedBy: MANAGER } });
}

/** The description of an application until it is stamped. */
export const unfinished = (description = "") => [description, UNFINISHED].filter(Boolean).join(" ");

/** True when a create of ours made the application and was then cut off. */
export const isUnfinished = ({ description }: PingOneObject) =>
  typeof description === "string" && description.endsWith(UNFINISHED);

/** True when this kit made or adopted the application. */
export async function isOurs(environment: PingOneEnvironment, application: PingOneObject): Promise<boolean> {
  return isUnfinished(application) || isStamped(await environment.metadata(application.id));
}
