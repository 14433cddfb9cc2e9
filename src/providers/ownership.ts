/** Whose an object is that a resource finds: what a create takes for its own, and what an update or a delete leaves alone. */

import { PingAgentsError } from "../errors.ts";
import type { AdoptPolicy } from "../fields/adopt.ts";
import { type Found, refuseUnlessAdopted, sayAdopted } from "./adoption.ts";
import { compare, secretPaths } from "./comparison.ts";
import type { Declared } from "./declared.ts";
import { type Adoption, type AnyChange, type AnyKind, type Platform, resourceName, whereOf } from "./kind.ts";
import { isOf, isOfStack, KIT, type Mark, NOBODY, type Owner, ownerOf } from "./owner.ts";
import type { Properties } from "./pulumi-values.ts";
import { ADOPT, inputsOf } from "./state.ts";
import { requireEvidence } from "./tenant-identity.ts";

/** The policy of adoption of a resource, else of the stack. */
export const policyOf = <C>(props: Properties, platform: Platform<C>) =>
  (props[ADOPT] as AdoptPolicy | undefined) ?? platform.adopt;

/** How an object that is there becomes ours. */
export type Claim = {
  /** Made, or taken over, for this resource before. */
  readonly isOwn: boolean;
  /** Set where it was not made for this resource. */
  readonly adopted: Adoption | undefined;
  /** Tells the user of an adoption, once it is done. */
  say(): void;
};

/**
 * Takes an object that is there for our own, where it is or the policy says so.
 *
 * @param declared what this run declares: an object of another one of them was not renamed
 * @throws ERR_OBJECT_EXISTS
 */
export async function claim<C>(
  kind: AnyKind<C>,
  platform: Platform<C>,
  props: Properties,
  change: AnyChange,
  declared: Declared<C>,
): Promise<Claim> {
  const found = await lookAt(kind, platform.fresh, change, declared);
  const where = whereOf(kind, change.inputs, platform);
  const adopted = refuseUnlessAdopted(found, policyOf(props, platform), where, secretPaths(kind));
  return {
    adopted,
    isOwn: found.whose === "own",
    say: () => sayAdopted(found, resourceName(kind, change.inputs), secretPaths(kind)),
  };
}

/** The owner of a resource that is written. @throws ERR_INTERNAL_VALUE when the program gave it none */
export function requireOwner<C>(kind: AnyKind<C>, platform: Platform<C>, props: Properties): Owner {
  const owner = ownerOf(props);
  if (owner) return owner;
  throw new PingAgentsError("ERR_INTERNAL_VALUE", "the resource does not say who owns it", {
    where: whereOf(kind, inputsOf(kind, props), platform),
    hint: "declare it through a class of ping-agents",
  });
}

/** Whose it is that stands under the id of a resource that is created, and in what it differs where it is not ours. */
export async function lookAt<C>(
  kind: AnyKind<C>,
  context: C,
  { inputs, live, owner }: Pick<AnyChange, "inputs" | "live"> & { readonly owner: Owner | undefined },
  declared: Declared<C>,
): Promise<Found> {
  if (live === undefined) return { whose: "nobody" };
  if (!kind.mark) return { whose: "shared" };
  const mark = kind.mark(live, { inputs, outputs: {}, owner, inState: false });
  if (isOf(mark, owner)) return { whose: "own" };
  if (mark.whose === "stack" && isOfStack(mark, owner) && !declared.has(mark.resource)) return { whose: "stack" };
  return {
    whose: "foreign",
    mark,
    differences: compare(kind, inputs, await kind.decode(context, live, inputs, owner)),
  };
}

/** An object that the state knows, as it is found. */
type Standing = {
  readonly kind: Pick<AnyKind<never>, "mark">;
  readonly live: unknown;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** As the state has it. */
  readonly former: Owner | undefined;
  /** Who shall have it. @default the former */
  readonly owner?: Owner;
};

/**
 * The mark of somebody else on an object that the state knows; undefined when it is ours. One of before says nothing of
 * stacks: what this kit made belongs to whoever's state knows it, and so does what a state of before had adopted.
 */
export function stranger({ kind, live, inputs, outputs, former, owner }: Standing): Mark | undefined {
  const mark = kind.mark?.(live, { inputs, outputs, owner: former, inState: true }) ?? KIT;
  if (mark.whose === "kit" || isOf(mark, former) || isOf(mark, owner)) return undefined;
  return mark.whose === "nobody" && former === undefined ? undefined : mark;
}

/**
 * Lets an object of a state of before prove the tenant, or asks for the proof that it is not.
 *
 * @throws ERR_OTHER_TENANT
 */
export async function proveTenant<C>(
  kind: AnyKind<C>,
  platform: Platform<C>,
  standing: Omit<Standing, "kind">,
): Promise<void> {
  const { live, inputs, outputs, former } = standing;
  if (former !== undefined || !kind.mark) return;
  const mark = live === undefined ? NOBODY : kind.mark(live, { inputs, outputs, owner: undefined, inState: true });
  if (mark.whose === "kit") platform.evidence.add();
  if (mark.whose === "nobody") await requireEvidence(platform, inputs, resourceName(kind, inputs));
}
