/** What a stack has made becomes what people and other tools make. */

import { markIn, withoutMark } from "../../../src/providers/owner.ts";
import type { LocalPingOne } from "../../support/pingone.ts";

/** Takes the marks of stacks off everything in an environment. */
export async function disown({ admin }: LocalPingOne): Promise<void> {
  const { applications, resources, agreements, signOnPolicies } = admin;
  for (const { id } of await applications.list()) await admin.setMetadata(id, {});
  for (const collection of [resources, agreements, signOnPolicies]) {
    for (const { id, ...body } of await collection.list()) {
      if (markIn(body.description).whose === "nobody") continue;
      await collection.replace(id, { ...body, description: withoutMark(body.description) ?? "" });
    }
  }
}
