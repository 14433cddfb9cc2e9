/** What the rules over access look at in a declaration, beside what a wing knows of it. Pure. */

import type { World } from "../access/rules/rule.ts";
import type { ParsedDeclaration } from "../declaration/load.ts";
import { mapping, type Rule } from "../declaration/rules/rule.ts";
import type { RuleId } from "../fields/access-policy.ts";
import { utcDay } from "../fields/undeclared-access.ts";

/** Where a declaration is written, and what stands there. */
export type Written = Pick<ParsedDeclaration, "placeOf" | "value">;

/** What `validate` warns of and rules over access stand for, by their names. */
export type AccessWarnings = Partial<Readonly<Record<RuleId, (now: Date) => Rule>>>;

/**
 * The rest of a world.
 *
 * @param now decides what is over
 */
export function writtenWorld(
  accessWarnings: AccessWarnings,
  written: unknown,
  now: Date,
): Pick<World, "written" | "warnings" | "today"> {
  const warnings = Object.entries(accessWarnings).map(([id, warning]) => {
    const found: Warned[] = [];
    warning(now)(mapping(written), (path, message) => found.push({ path, message }));
    return [id as RuleId, found] as const;
  });
  return { written, warnings: new Map(warnings), today: utcDay(now) };
}

type Warned = { readonly path: readonly PropertyKey[]; readonly message: string };
