/** Static configuration of a declaration: journeys and entries of the realm's OAuth2 provider (decision 0006). Pure. */

import type { JourneyArgs } from "../../providers/aic/journey.ts";
import type { AicDeclaration } from "./declaration.ts";
import { journeyPatterns } from "./journey-patterns.ts";

/** The journeys that are declared, patterns written out. */
export function journeysOf({ realm, tier, journeys = {} }: AicDeclaration): JourneyArgs[] {
  return Object.entries(journeys).map(([name, { description, adopt, protect, ...graph }]) => {
    const { description: standard, ...nodes } =
      "pattern" in graph ? journeyPatterns[graph.pattern] : { ...graph, description: undefined };
    return { realm, tier, name, description: description ?? standard, ...nodes };
  });
}

/** Each entry of it: as a resource, and under which keys it is declared. */
export function staticEntries(declaration: AicDeclaration) {
  const { realm, tier } = declaration;
  const { grantTypes, acr = {} } = declaration.provider ?? {};
  const journeys = journeysOf(declaration).map((inputs) => ({
    path: ["journeys", inputs.name],
    type: "aic:Journey",
    inputs,
  }));
  const mappings = Object.entries(acr).map(([value, journey]) => ({
    path: ["provider", "acr", value],
    type: "aic:AcrMapping",
    inputs: { realm, tier, acr: value, journey, baseline: {} },
  }));
  const offered = { realm, tier, grantTypes, baseline: [] };
  return [
    ...journeys,
    ...(grantTypes ? [{ path: ["provider", "grantTypes"], type: "aic:GrantTypes", inputs: offered }] : []),
    ...mappings,
  ];
}
