/** Who may do what after a declaration of PingOne, and what the rules over access look at in it. Pure. */

import type { Access } from "../../access/access.ts";
import { pingOneAccess } from "../../access/pingone/rows.ts";
import type { World } from "../../access/rules/rule.ts";
import type { ParsedDeclaration } from "../../declaration/load.ts";
import { endingAgents } from "../../declaration/rules/life.ts";
import { pingOneTools } from "../../declaration/rules/pingone-tools.ts";
import { clearRedirects } from "../../declaration/rules/redirects.ts";
import { unusedScopes } from "../../declaration/rules/tools.ts";
import { utcDay } from "../../fields/undeclared-access.ts";
import { type AccessWarnings, type Written, writtenWorld } from "../declared-world.ts";
import type { Home } from "../held.ts";
import type { PingOneDeclaration } from "./declaration.ts";
import { declaredClients } from "./declared-clients.ts";
import { allowanceIn, declaredFacts } from "./declared-facts.ts";

/** What `validate` warns of and rules over access stand for. */
export const accessWarnings: AccessWarnings = {
  ...{ "clear-redirect": clearRedirects, "life-ends": endingAgents, "unused-scope": unusedScopes(pingOneTools) },
};

/** Who may do what. @param placeOf where its values are written */
export const declaredAccess = (declaration: PingOneDeclaration, placeOf?: ParsedDeclaration["placeOf"]): Access => ({
  ...pingOneAccess(declaredFacts(declaration, placeOf)),
  allows: allowanceIn(declaration, utcDay()),
});

/**
 * What the rules look at.
 *
 * @param now decides what is over. @default the time of the call
 */
export const declaredWorld = (
  declaration: PingOneDeclaration,
  { placeOf, value = declaration }: Partial<Written> = {},
  now = new Date(),
): World => ({
  ...declaredAccess(declaration, placeOf),
  ...declaredClients(declaration),
  ...writtenWorld(accessWarnings, value, now),
});

type Noted = Pick<PingOneDeclaration, "agents" | "applications">;

/** The environment of components that belong to no declaration, and what the rules look at there. */
export const homeOf = (environment: string | undefined): Home => ({
  name: `pingone ${environment}`,
  // Only components of this wing note entries of an environment.
  worldOf: (clients) => declaredWorld({ platform: "pingone", environment, ...(clients as Noted) }),
});
