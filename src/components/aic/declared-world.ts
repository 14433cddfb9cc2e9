/** Who may do what after a declaration of AIC, and what the rules over access look at in it. Pure. */

import type { Access } from "../../access/access.ts";
import { aicAccess } from "../../access/aic/rows.ts";
import type { World } from "../../access/rules/rule.ts";
import type { ParsedDeclaration } from "../../declaration/load.ts";
import { aicTools } from "../../declaration/rules/aic-tools.ts";
import { endingAgents } from "../../declaration/rules/life.ts";
import { clearRedirects } from "../../declaration/rules/redirects.ts";
import { unusedScopes } from "../../declaration/rules/tools.ts";
import type { Realm } from "../../fields/aic.ts";
import { utcDay } from "../../fields/undeclared-access.ts";
import { type AccessWarnings, type Written, writtenWorld } from "../declared-world.ts";
import type { Home } from "../held.ts";
import type { AicDeclaration } from "./declaration.ts";
import { declaredClients } from "./declared-clients.ts";
import { allowanceIn, declaredFacts } from "./declared-facts.ts";

/** A program of one's own has no tier. */
type Untiered = Omit<AicDeclaration, "tier"> & { readonly tier?: AicDeclaration["tier"] };

/** What `validate` warns of and rules over access stand for. */
export const accessWarnings: AccessWarnings = {
  ...{ "clear-redirect": clearRedirects, "life-ends": endingAgents, "unused-scope": unusedScopes(aicTools) },
};

/** Who may do what. @param placeOf where its values are written */
export const declaredAccess = (
  declaration: Omit<AicDeclaration, "tier">,
  placeOf?: ParsedDeclaration["placeOf"],
): Access => ({
  ...aicAccess(declaredFacts(declaration, placeOf)),
  allows: allowanceIn(declaration, utcDay()),
});

/**
 * What the rules look at.
 *
 * @param now decides what is over. @default the time of the call
 */
export const declaredWorld = (
  declaration: Untiered,
  { placeOf, value = declaration }: Partial<Written> = {},
  now = new Date(),
): World => ({
  ...declaredAccess(declaration, placeOf),
  ...declaredClients(declaration),
  ...writtenWorld(accessWarnings, value, now),
});

type Noted = Pick<AicDeclaration, "agents" | "applications">;

/** The realm of components that belong to no declaration, and what the rules look at there. */
export const homeOf = (realm: Realm): Home => ({
  name: `aic ${realm}`,
  // Only components of this wing note entries of a realm.
  worldOf: (clients) => declaredWorld({ platform: "aic", realm, ...(clients as Noted) }),
});
