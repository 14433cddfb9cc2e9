/** How a resource stands to what the tenant has, before anything is brought up. Writes nothing. */

import { PingAgentsError } from "../errors.ts";
import { check } from "../providers/check.ts";
import { compare, secretPaths } from "../providers/comparison.ts";
import { Declared } from "../providers/declared.ts";
import { describeDifferences } from "../providers/differences.ts";
import type { AnyKind } from "../providers/kind.ts";
import { OWNER, type Owner } from "../providers/owner.ts";
import { lookAt } from "../providers/ownership.ts";
import { inputsOf } from "../providers/state.ts";
import { mistakesIn, together } from "../providers/together.ts";
import type { Resource } from "./candidate.ts";

/** How a resource stands to the tenant. */
export type Standing =
  /** The stack's own, or it will be an entry of a document that others share. */
  | {
      readonly is: "own";
      /** Id of an object that is as declared, for people: where no state has it, a run that took it over was cut off. */
      readonly id?: string;
    }
  /** The tenant has nothing of the kind. */
  | { readonly is: "missing" }
  /** Somebody else's, and as declared. @param id of the resource, for people */
  | { readonly is: "equal"; readonly id: string }
  /** An `up` would fail, or change something. */
  | { readonly is: "different"; readonly reasons: readonly string[] };

/**
 * Compares a resource with the tenant, names looked up, as a create does that takes over what is equal.
 *
 * @param owner the stack
 * @throws AdminApiError
 */
export async function standingOf<C>(
  kinds: readonly AnyKind<C>[],
  context: C,
  { type, name, props }: Resource,
  owner: Omit<Owner, "resource">,
): Promise<Standing> {
  const kind = kinds.find((one) => one.type === type);
  if (!kind) throw new PingAgentsError("ERR_UNKNOWN_KIND", `there is no resource kind "${type}"`);
  const own = { ...owner, resource: name };
  const { inputs: checked, failures } = check(kind, undefined, { ...props, [OWNER]: own });
  if (failures.length > 0) return { is: "different", reasons: failures.map(({ reason }) => reason) };
  const inputs = inputsOf(kind, checked);
  try {
    const [, live] = await together([kind.resolve?.(context, inputs), kind.observe(context, inputs, {}, own)]);
    const found = await lookAt(kind, context, { inputs, live, owner: own }, new Declared(kind));
    const id = `${type} ${kind.id(inputs)}`;
    if (found.whose === "nobody") return { is: "missing" };
    if (found.whose === "own") {
      const isEqual = compare(kind, inputs, await kind.decode(context, live, inputs, own)).length === 0;
      return { is: "own", ...(isEqual && { id }) };
    }
    if (found.whose !== "foreign") return { is: "own" };
    if (found.differences.length === 0) return { is: "equal", id };
    return { is: "different", reasons: describeDifferences(found.differences, secretPaths(kind)).split("\n    ") };
  } catch (error) {
    const mistakes = mistakesIn(error);
    // Whoever is not there by its name is a mistake of the entry; all else stops the command.
    const isOfName = (one: unknown) => one instanceof PingAgentsError && /^ERR_NAME_/.test(one.code);
    if (!mistakes.every(isOfName)) throw error;
    return { is: "different", reasons: mistakes.map((one) => String((one as Error).message.split("\n", 1)[0])) };
  }
}
