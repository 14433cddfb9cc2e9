/** Who may do what after a declaration, and what the rules over access look at in it. Pure. */

import type { Access } from "../access/access.ts";
import type { World } from "../access/rules/rule.ts";
import type { ParsedDeclaration } from "../declaration/load.ts";
import { endingAgents } from "../declaration/rules/life.ts";
import { clearRedirects } from "../declaration/rules/redirects.ts";
import { mapping, type Rule } from "../declaration/rules/rule.ts";
import { unusedScopes } from "../declaration/rules/tools.ts";
import type { RuleId } from "../fields/access-policy.ts";
import { utcDay } from "../fields/undeclared-access.ts";

/** Where a declaration is written, and what stands there. */
export type Written = Pick<ParsedDeclaration, "placeOf" | "value">;

/** What `validate` warns of and rules over access stand for, by their names. */
export type AccessWarnings = Partial<Readonly<Record<RuleId, (now: Date) => Rule>>>;

type PlaceOf = ParsedDeclaration["placeOf"];

/** What a wing knows of its declarations. */
type Wing<Declaration> = {
  readonly tools: Parameters<typeof unusedScopes>[0];
  /** Who may do what. */
  readonly rows: (declaration: Declaration, placeOf?: PlaceOf) => Access;
  /** Whether somebody answers for a row that is not declared. */
  readonly allowanceIn: (declaration: Declaration, today: string) => NonNullable<Access["allows"]>;
  readonly clients: (declaration: Declaration) => Omit<World, keyof Access | keyof WrittenWorld>;
};

/** What the rules over access look at in the declarations of a wing. */
export function worldsOf<Declaration>({ tools, rows, allowanceIn, clients }: Wing<Declaration>) {
  const accessWarnings: AccessWarnings = {
    ...{ "clear-redirect": clearRedirects, "life-ends": endingAgents, "unused-scope": unusedScopes(tools) },
  };
  /** Who may do what. @param placeOf where its values are written */
  const declaredAccess = (declaration: Declaration, placeOf?: PlaceOf): Access => ({
    ...rows(declaration, placeOf),
    allows: allowanceIn(declaration, utcDay()),
  });
  /**
   * What the rules look at.
   *
   * @param now decides what is over. @default the time of the call
   */
  const declaredWorld = (
    declaration: Declaration,
    { placeOf, value = declaration }: Partial<Written> = {},
    now = new Date(),
  ): World => ({
    ...declaredAccess(declaration, placeOf),
    ...clients(declaration),
    ...writtenWorld(accessWarnings, value, now),
  });
  return { accessWarnings, declaredAccess, declaredWorld };
}

type WrittenWorld = Pick<World, "written" | "warnings" | "today">;

function writtenWorld(accessWarnings: AccessWarnings, written: unknown, now: Date): WrittenWorld {
  const warnings = Object.entries(accessWarnings).map(([id, warning]) => {
    const found: Warned[] = [];
    warning(now)(mapping(written), (path, message) => found.push({ path, message }));
    return [id as RuleId, found] as const;
  });
  return { written, warnings: new Map(warnings), today: utcDay(now) };
}

type Warned = { readonly path: readonly PropertyKey[]; readonly message: string };
