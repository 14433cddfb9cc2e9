/** Static configuration of a declaration: journeys and entries of the realm's OAuth2 provider (decision 0006). */

import * as pulumi from "@pulumi/pulumi";
import { fieldOf, type ParsedDeclaration } from "../../declaration/load.ts";
import { PingAgentsError } from "../../errors.ts";
import type { JourneyArgs } from "../../providers/aic/journey.ts";

import { locate, together } from "../../providers/together.ts";
import { programProvider } from "../program-provider.ts";
import { stackConfig } from "../stack-config.ts";
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

/**
 * Proves that a tenant of another tier than development has the static configuration already, so that a preview fails
 * where `pulumi up` would. Reads only; does nothing in development, nor in a preview without an account.
 *
 * @param placeOf where the entries are written, for messages
 * @throws ERR_STATIC_CONFIGURATION, and what the connection throws; several of them as an AggregateError
 */
export async function assertStaticConfiguration(
  declaration: AicDeclaration,
  placeOf?: ParsedDeclaration["placeOf"],
): Promise<void> {
  if (declaration.tier === "development") return;
  await programProvider("aic:Journey").configure({ config: { get: stackConfig } });
  const assertions = entriesOf(declaration).map(async ({ path, type, inputs }) => {
    try {
      await programProvider(type).assert(inputs);
    } catch (error) {
      if (pulumi.runtime.isDryRun() && isWithoutAccount(error)) return;
      locate(error, { ...placeOf?.(path), entry: fieldOf(path) });
      throw error;
    }
  });
  await together(assertions);
}

const isWithoutAccount = (error: unknown) => error instanceof PingAgentsError && error.code === "ERR_SETTING_MISSING";

/** What is asserted, and under which keys it is declared. */
function entriesOf(declaration: AicDeclaration) {
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
