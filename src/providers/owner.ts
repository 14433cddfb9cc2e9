/** Whose an object is: the owner that every resource carries in the state, and the mark by which the tenant shows it. */

import { z } from "zod";
import type { Properties } from "./pulumi-values.ts";

/** The hidden input that says who owns the object of a resource; `__` keeps it out of displays. */
export const OWNER = "__owner";

const schema = z.object({
  /** Random id of the stack: 12 lower-case letters and digits, given by its binding. */
  stack: z.string(),
  /** `project/stack`, for people. */
  name: z.string(),
  /** Logical name of the resource. */
  resource: z.string(),
  /** Identity of the tenant that the stack is bound to. */
  tenant: z.string(),
});

/** Who owns the object of a resource. */
export type Owner = z.output<typeof schema>;

/** What a mark names. */
export type NamedOwner = Pick<Owner, "stack" | "name" | "resource">;

/** What an object says of whose it is. */
export type Mark =
  | ({ readonly whose: "stack" } & NamedOwner)
  /** This kit made it before it named stacks, or by an id that only the kit gives. */
  | { readonly whose: "kit" }
  | { readonly whose: "nobody" };

/** Made by this kit, for a stack that is not named. */
export const KIT: Mark = { whose: "kit" };
/** Not made by this kit. */
export const NOBODY: Mark = { whose: "nobody" };

/** The owner among the properties of a resource; undefined in a state that was made before resources had one. */
export const ownerOf = (props: Properties): Owner | undefined => schema.safeParse(props[OWNER]).data;

/** The mark of what belongs to the owner, or of this kit where a state of before has none. */
export const markOf = (owner: Owner | undefined): Mark =>
  owner ? { whose: "stack", stack: owner.stack, name: owner.name, resource: owner.resource } : KIT;

/** Whether a mark names this resource of this stack. Names of stacks change, ids do not. */
export const isOf = (mark: Mark, owner: Owner | undefined): boolean =>
  mark.whose === "stack" && mark.stack === owner?.stack && mark.resource === owner.resource;

/** Whether a mark names this stack. */
export const isOfStack = (mark: Mark, owner: Owner | undefined): boolean =>
  mark.whose === "stack" && mark.stack === owner?.stack;

/** Whose an object is, for messages: `a-resource of stack shop/dev (k3v9…)`. */
export function describeMark(mark: Mark): string {
  if (mark.whose === "nobody") return "somebody else";
  if (mark.whose === "kit") return "ping-agents, for a stack that the object does not name";
  return `"${mark.resource}" of stack ${mark.name} (${mark.stack})`;
}

const BEGIN = "(managed by ping-agents";

/** A mark as text: `(managed by ping-agents: project/stack stackid resource-name)`. */
export const markText = ({ name, stack, resource }: NamedOwner) => `${BEGIN}: ${name} ${stack} ${resource})`;

/** The mark that a text is, or ends with. */
export function markIn(text: unknown): Mark {
  const found = typeof text === "string" ? endOf(text) : undefined;
  if (found === undefined) return NOBODY;
  const [, name, stack, resource] = /^: (\S+) ([a-z0-9]{12}) (.+)\)$/su.exec(found) ?? [];
  return name && stack && resource ? { whose: "stack", name, stack, resource } : KIT;
}

/** The description as the tenant keeps it: how an object without an id of our choosing is known again. */
export const withMark = (description: string | undefined, owner: NamedOwner) =>
  [description, markText(owner)].filter(Boolean).join(" ");

/** The description as it was declared; an empty one is unset. */
export function withoutMark(description: unknown): string | undefined {
  if (typeof description !== "string") return undefined;
  const found = endOf(description);
  if (found === undefined) return description || undefined;
  return description.slice(0, description.length - BEGIN.length - found.length).trimEnd() || undefined;
}

/** What follows the beginning of a mark at the end of a text. */
function endOf(text: string): string | undefined {
  const at = text.lastIndexOf(BEGIN);
  const end = at < 0 ? "" : text.slice(at + BEGIN.length);
  return end === ")" || (end.startsWith(": ") && end.endsWith(")")) ? end : undefined;
}
