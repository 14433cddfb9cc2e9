/** Who may do what after a declaration of AIC, and what the rules over access look at in it. Pure. */

import { aicAccess } from "../../access/aic/rows.ts";
import { aicTools } from "../../declaration/rules/aic-tools.ts";
import type { Realm } from "../../fields/aic.ts";
import { worldsOf } from "../declared-world.ts";
import type { Home } from "../held.ts";
import type { AicDeclaration } from "./declaration.ts";
import { declaredClients } from "./declared-clients.ts";
import { allowanceIn, declaredFacts } from "./declared-facts.ts";

/** A program of one's own has no tier. */
type Untiered = Omit<AicDeclaration, "tier"> & { readonly tier?: AicDeclaration["tier"] };

export const { accessWarnings, declaredAccess, declaredWorld } = worldsOf<Untiered>({
  tools: aicTools,
  rows: (declaration, placeOf) => aicAccess(declaredFacts(declaration, placeOf)),
  allowanceIn,
  clients: declaredClients,
});

type Noted = Pick<AicDeclaration, "agents" | "applications">;

/** The realm of components that belong to no declaration, and what the rules look at there. */
export const homeOf = (realm: Realm): Home => ({
  name: `aic ${realm}`,
  // Only components of this wing note entries of a realm.
  worldOf: (clients) => declaredWorld({ platform: "aic", realm, ...(clients as Noted) }),
});
