/** Access that is there and that nobody declared: how a refresh shows it, and which of it a repair takes away. */

import { z } from "zod";
import {
  type Allowed,
  allowedAccess,
  type UndeclaredAccess,
  undeclaredAccess,
  verdict,
} from "../fields/undeclared-access.ts";

/**
 * Inputs of a resource that owns the access below it as a set.
 *
 * @param access how `allow` names access on the platform
 */
export const accessInputs = (access: z.ZodString) => ({
  undeclaredAccess: undeclaredAccess
    .optional()
    .meta({ description: "What a repair does about access that is not declared", otherwise: '"remove"' }),
  allow: allowedAccess(access)
    .optional()
    .meta({ description: "Access that may stay although it is not declared", otherwise: "none" }),
  undeclared: z.record(z.string(), z.string()).optional().meta({
    description:
      "Declared as empty, so that what a refresh finds is drift: the access that is not declared, by what `allow` calls it, as a sentence each",
    otherwise: "access that is not declared is not looked for",
  }),
});

/** The same, of a resource at hand. */
export type OwnedAccess = {
  readonly undeclaredAccess?: UndeclaredAccess | undefined;
  readonly allow?: readonly Allowed[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
};

/** Access that is not declared. */
export type Undeclared = {
  /** What `allow` calls it. */
  readonly access: string;
  /** Who, where, what. */
  readonly text: string;
  /** The stack that granted it, for people. @default none: somebody did by hand */
  readonly grantedBy?: string | undefined;
};

/**
 * What a refresh shows: all that no entry allows.
 *
 * @param today as `utcDay` gives it
 */
export function shownAccess(
  found: readonly Undeclared[],
  { allow }: OwnedAccess,
  today: string,
): Record<string, string> {
  const sentence = ({ access, text, grantedBy }: Undeclared): [string, string][] => {
    const said = verdict(access, allow, today);
    if (said.is === "allowed") return [];
    const granted = grantedBy === undefined ? "" : `; granted by ${grantedBy}`;
    const expired = said.is === "expired" ? `; ${said.entry.owner} allowed it until ${said.entry.expires}` : "";
    return [[access, `${text}${granted}${expired}`]];
  };
  return Object.fromEntries(found.flatMap(sentence));
}

/** What becomes of access that a refresh shows. */
export type Repair = {
  /** To be taken away. */
  readonly remove: readonly Undeclared[];
  /** Stays although it is shown: somebody else has to see to it. Sentences by what `allow` calls it. */
  readonly stays: Readonly<Record<string, string>>;
};

/**
 * What a repair does: it takes away what was shown before, is there still and that no other stack granted.
 *
 * @param found read just before
 * @param shown what was shown before; `all` where an adoption takes over the object with its access
 */
export function repairOf(
  found: readonly Undeclared[],
  shown: Readonly<Record<string, string>> | "all",
  owned: OwnedAccess,
  today: string,
): Repair {
  const stays = shownAccess(found, owned, today);
  const mayGo = ({ access, grantedBy }: Undeclared) =>
    Object.hasOwn(stays, access) &&
    grantedBy === undefined &&
    owned.undeclaredAccess !== "report" &&
    (shown === "all" || Object.hasOwn(shown, access));
  const remove = found.filter(mayGo);
  for (const { access } of remove) delete stays[access];
  return { remove, stays };
}

/**
 * Says what stays. The engine shows it beside the resource.
 *
 * @param resource e.g. `aic:AiAgent alpha/support-agent`
 */
export function warnOfAccess(resource: string, stays: Readonly<Record<string, string>>): void {
  const list = Object.entries(stays).map(([access, text]) => `\n    ${access}: ${text}`);
  if (list.length === 0) return;
  console.warn(`warning: ${resource} has access that nobody declared, which this run leaves alone:${list.join("")}`);
}
