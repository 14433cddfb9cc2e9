/** Access below an application, grant or resource as a set: what of it nobody declared, and how a repair takes it away (decision 0010). */

import { pingOneAccess } from "../../fields/undeclared-access.ts";
import { isOf, isOfStack, type Mark, type Owner } from "../owner.ts";
import {
  accessInputs,
  type OwnedAccess,
  repairOf,
  shownAccess,
  type Undeclared,
  warnOfAccess,
} from "../undeclared-access.ts";
import type { PingOneContext } from "./context.ts";

/** Inputs of a kind below which access is owned as a set. */
export const ownedAccess = accessInputs(pingOneAccess);

/** Those of {@link ownedAccess} that PingOne does not show. */
export const RULES = ["undeclaredAccess", "allow"] as const;

/** One thing that gives access. */
export type Access = Undeclared & {
  /** Takes it away. */
  remove(): Promise<unknown>;
};

/** What of the access below an object is not declared. Looks once, when it is first asked. */
export type UndeclaredBelow = () => Promise<readonly Access[]>;

/** Of an object that is new, or where nobody looks. */
export const nothingBelow: UndeclaredBelow = async () => [];

/** What the input `undeclared` shows of an object; undefined where its access is not owned as a set. */
export async function shownBelow(context: PingOneContext, inputs: OwnedAccess, below: UndeclaredBelow) {
  return inputs.undeclared && shownAccess(await below(), inputs, context.today());
}

/**
 * Of access that a write of the whole would take away, what stays; says so where that is undeclared.
 *
 * @param resource for messages
 */
export function staying<Found extends Undeclared>(
  context: PingOneContext,
  resource: string,
  inputs: OwnedAccess,
  found: readonly Found[],
): Found[] {
  if (inputs.undeclared === undefined) return [];
  const { remove, stays } = repairOf(found, "all", inputs, context.today());
  warnOfAccess(resource, stays);
  return found.filter((access) => !remove.includes(access));
}

/** Whether a write takes over what belongs to another, with what hangs below. @param mark of what is there */
export const isTakenOver = (mark: Mark | undefined, previous: unknown, owner: Owner) =>
  mark !== undefined && previous === undefined && !isOfStack(mark, owner) && !isOf(mark, owner);

/** A write that may have to take access away. */
type Settling = {
  /** For messages, e.g. `pingone:AiAgent Support Agent`. */
  readonly resource: string;
  readonly inputs: OwnedAccess;
  readonly previous: OwnedAccess | undefined;
  /** As {@link isTakenOver} says. */
  readonly isAdopted: boolean;
  readonly below: UndeclaredBelow;
};

/**
 * Takes away what the state, or an adoption, has shown as undeclared, and says what stays.
 */
export async function settleAccess(
  context: PingOneContext,
  { resource, inputs, previous, isAdopted, below }: Settling,
): Promise<void> {
  if (inputs.undeclared === undefined || (previous === undefined && !isAdopted)) return;
  const shown = isAdopted ? "all" : previous?.undeclared;
  // A state that was made before access was owned as a set shows nothing: then this run only says what is there.
  if (shown !== undefined && shown !== "all" && Object.keys(shown).length === 0) return;
  const found = await below();
  const { remove, stays } = repairOf(found, shown ?? {}, inputs, context.today());
  for (const access of found.filter((one) => remove.includes(one))) await access.remove();
  warnOfAccess(resource, stays);
}
