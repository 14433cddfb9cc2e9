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

/** How an object is left, in the words of its input; undefined for one that is deleted. */
export function leavingOf<C>(kind: AnyKind<C>, { onRemove }: Properties): Exclude<OnRemove, "delete"> | undefined {
  const how = (onRemove as OnRemove | undefined) ?? "delete";
  return how === "delete" || !kind.leave ? undefined : how;
}

/** Removes an object, or leaves it and says what stays. */
export async function end<C>(kind: AnyKind<C>, context: C, { inputs, outputs, owner, live }: Ending): Promise<void> {
  const how = leavingOf(kind, inputs);
  if (how === undefined || !kind.leave) return kind.remove(context, inputs, outputs, owner, live);
  if (live === undefined) return;
  const stays = await kind.leave(context, how, live, { inputs, owner });
  console.warn(`warning: ${resourceName(kind, inputs)} stays on the tenant: ${stays}`);
}
