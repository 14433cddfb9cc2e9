/** The end of an object whose resource is deleted: it is removed, unless its input `onRemove` says otherwise (decision 0012). */

import type { OnRemove } from "../fields/life.ts";
import { type AnyKind, resourceName } from "./kind.ts";
import type { Owner } from "./owner.ts";
import type { Properties } from "./pulumi-values.ts";

/** An object that ends, as the state has it. */
type Ending = {
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly owner: Owner | undefined;
  /** What was read just before, where the kind has marks. */
  readonly live: unknown;
};

/** Removes an object, or leaves it and says what stays. */
export async function end<C>(kind: AnyKind<C>, context: C, { inputs, outputs, owner, live }: Ending): Promise<void> {
  const how = (inputs.onRemove as OnRemove | undefined) ?? "delete";
  if (how === "delete" || !kind.leave) return kind.remove(context, inputs, outputs, owner, live);
  if (live === undefined) return;
  const stays = await kind.leave(context, how, live, { inputs, owner });
  console.warn(`warning: ${resourceName(kind, inputs)} stays on the tenant: ${stays}`);
}
