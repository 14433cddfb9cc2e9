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
  | {
      readonly whose: "nobody";
      /** The stack and resource that had it and let it go (decision 0012): that one goes on with it when it is declared again. */
      readonly released?: NamedOwner;
    };

/** Made by this kit, for a stack that is not named. */
export const KIT: Mark = { whose: "kit" };
/** Not made by this kit. */
export const NOBODY: Mark = { whose: "nobody" };

/** The owner among the properties of a resource; undefined in a state that was made before resources had one. */
export const ownerOf = (props: Properties): Owner | undefined => schema.safeParse(props[OWNER]).data;

/** The mark of what belongs to the owner, or of this kit where a state of before has none. */
export const markOf = (owner: Owner | undefined): Mark =>
  owner ? { whose: "stack", stack: owner.stack, name: owner.name, resource: owner.resource } : KIT;

/** The mark of what the state knows by the server's own id, if it has one: it is ours, also where somebody took the mark away. */
export const markById = (mark: Mark, id: unknown): Mark =>
  mark.whose === "nobody" && typeof id === "string" ? KIT : mark;

/** Whether a mark names this resource of this stack, also where it let the object go. Names of stacks change, ids do not. */
export function isOf(mark: Mark, owner: Owner | undefined): boolean {
  const named = mark.whose === "stack" ? mark : mark.whose === "nobody" ? mark.released : undefined;
  return named !== undefined && named.stack === owner?.stack && named.resource === owner.resource;
}

/** Whether a mark names this stack; what it let go is not its own. */
export const isOfStack = (mark: Mark, owner: Owner | undefined): boolean =>
  mark.whose === "stack" && mark.stack === owner?.stack;

/** Whose an object is, for messages: `a-resource of stack shop/dev (k3v9…)`. */
export function describeMark(mark: Mark): string {
  if (mark.whose === "nobody") return mark.released ? `nobody: stack ${mark.released.name} let it go` : "somebody else";
  if (mark.whose === "kit") return "ping-agents, for a stack that the object does not name";
  return `"${mark.resource}" of stack ${mark.name} (${mark.stack})`;
}

const BEGIN = "(managed by ping-agents";
const RELEASED = "(released by ping-agents";

/** A mark as text: `(managed by ping-agents: project/stack stackid resource-name)`. */
export const markText = ({ name, stack, resource }: NamedOwner) => `${BEGIN}: ${name} ${stack} ${resource})`;

/** What a stack leaves on an object that it lets go, in the place of its mark. */
export const releasedText = ({ name, stack, resource }: NamedOwner) => `${RELEASED}: ${name} ${stack} ${resource})`;

/** The mark that a text is, or ends with. */
export function markIn(text: unknown): Mark {
  const own = endOf(text, BEGIN);
  if (own !== undefined) {
    const named = namedIn(own);
    return named ? { whose: "stack", ...named } : KIT;
  }
  const released = namedIn(endOf(text, RELEASED));
  return released ? { whose: "nobody", released } : NOBODY;
}

function namedIn(end = ""): NamedOwner | undefined {
  const [, name, stack, resource] = /^: (\S+) ([a-z0-9]{12}) (.+)\)$/su.exec(end) ?? [];
  return name && stack && resource ? { name, stack, resource } : undefined;
}

/** The description as the tenant keeps it: how an object without an id of our choosing is known again. */
export const withMark = (description: string | undefined, owner: NamedOwner) =>
  [description, markText(owner)].filter(Boolean).join(" ");

/** The description as it was declared; an empty one is unset. */
export function withoutMark(description: unknown): string | undefined {
  if (typeof description !== "string") return undefined;
  for (const begin of [BEGIN, RELEASED]) {
    const found = endOf(description, begin);
    if (found !== undefined)
      return description.slice(0, description.length - begin.length - found.length).trimEnd() || undefined;
  }
  return description || undefined;
}

/** What follows the beginning of a mark at the end of a text. */
function endOf(text: unknown, begin: string): string | undefined {
  if (typeof text !== "string") return undefined;
  const at = text.lastIndexOf(begin);
  const end = at < 0 ? "" : text.slice(at + begin.length);
  return end === ")" || (end.startsWith(": ") && end.endsWith(")")) ? end : undefined;
}
