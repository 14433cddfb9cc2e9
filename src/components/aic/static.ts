/** Static configuration of a declaration: journeys, scripts and entries of the realm's OAuth2 provider (decision 0006). Pure. */

import { PROVIDER_SETTINGS, type ProviderSettingName, type ProviderSettingValue } from "../../fields/aic-provider.ts";
import type { JourneyArgs } from "../../providers/aic/journey.ts";
import type { AicDeclaration } from "./declaration.ts";
import { actorsOf, tokenScriptsOf } from "./delegation.ts";
import { journeyPatterns } from "./journey-patterns.ts";

/** The journeys that are declared, patterns written out. */
export function journeysOf({ realm, tier, journeys = {} }: AicDeclaration): JourneyArgs[] {
  return Object.entries(journeys).map(([name, { description, adopt, protect, ...graph }]) => {
    const { description: standard, ...nodes } =
      "pattern" in graph ? journeyPatterns[graph.pattern] : { ...graph, description: undefined };
    return { realm, tier, name, description: description ?? standard, ...nodes };
  });
}

/** The settings of the provider that are declared. */
export const settingsOf = ({
  provider = {},
}: AicDeclaration): { readonly setting: ProviderSettingName; readonly value: ProviderSettingValue }[] =>
  PROVIDER_SETTINGS.flatMap((setting) => {
    const value = provider[setting];
    return value === undefined ? [] : [{ setting, value }];
  });

/** The scripts that shape tokens of agents and applications, and whose they are. */
function scriptEntries({ realm, tier, agents = {}, applications = {} }: AicDeclaration) {
  const actors = actorsOf({ applications });
  return Object.entries({ agents, applications }).flatMap(([section, clients]) =>
    Object.entries(clients).flatMap(([id, client]) =>
      tokenScriptsOf(id, client, actors.get(id)).map(({ what, field: _field, ...script }) => ({
        path: [section, id, ...(what === "audience" ? ["audience"] : [])],
        type: "aic:Script",
        inputs: { realm, tier, ...script },
      })),
    ),
  );
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
    ...settingsOf(declaration).map((one) => ({
      path: ["provider", one.setting],
      type: "aic:ProviderSetting",
      inputs: { realm, tier, ...one, baseline: {} },
    })),
    ...scriptEntries(declaration),
  ];
}
