/** Who may do what after a declaration of PingOne, and what the rules over access look at in it. Pure. */

import { pingOneAccess } from "../../access/pingone/rows.ts";
import { pingOneTools } from "../../declaration/rules/pingone-tools.ts";
import { worldsOf } from "../declared-world.ts";
import type { Home } from "../held.ts";
import type { PingOneDeclaration } from "./declaration.ts";
import { declaredClients } from "./declared-clients.ts";
import { allowanceIn, declaredFacts } from "./declared-facts.ts";

export const { accessWarnings, declaredAccess, declaredWorld } = worldsOf<PingOneDeclaration>({
  tools: pingOneTools,
  rows: (declaration, placeOf) => pingOneAccess(declaredFacts(declaration, placeOf)),
  allowanceIn,
  clients: declaredClients,
});

type Noted = Pick<PingOneDeclaration, "agents" | "applications">;

/** The environment of components that belong to no declaration, and what the rules look at there. */
export const homeOf = (environment: string | undefined): Home => ({
  name: `pingone ${environment}`,
  // Only components of this wing note entries of an environment.
  worldOf: (clients) => declaredWorld({ platform: "pingone", environment, ...(clients as Noted) }),
});
