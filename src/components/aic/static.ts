/** Static configuration of a declaration: journeys and entries of the realm's OAuth2 provider (decision 0006). */

import * as pulumi from "@pulumi/pulumi";
import { PingAgentsError } from "../../errors.ts";
import type { JourneyArgs } from "../../providers/aic/journey.ts";
import { provider } from "../../providers/entry.ts";
import { stackConfig } from "../stack-config.ts";
import type { AicDeclaration } from "./declaration.ts";
import { journeyPatterns } from "./journey-patterns.ts";

/** The journeys that are declared, patterns written out. */
export function journeysOf({ realm, tier, journeys = {} }: AicDeclaration): JourneyArgs[] {
  return Object.entries(journeys).map(([name, { description, ...graph }]) => {
    const { description: standard, ...nodes } =
      "pattern" in graph ? journeyPatterns[graph.pattern] : { ...graph, description: undefined };
    return { realm, tier, name, description: description ?? standard, ...nodes };
  });
}

/**
 * Proves that a tenant of another tier than development has the static configuration already, so that a preview fails
 * where `pulumi up` would. Reads only; does nothing in development, nor in a preview without an account.
 *
 * @throws ERR_STATIC_CONFIGURATION, and what the connection throws
 */
export async function assertStaticConfiguration(declaration: AicDeclaration): Promise<void> {
  if (declaration.tier === "development") return;
  await provider("aic:Journey").configure({ config: { get: stackConfig } });
  try {
    await assertAll(declaration);
  } catch (error) {
    const isMissing = error instanceof PingAgentsError && error.code === "ERR_SETTING_MISSING";
    if (!isMissing || !pulumi.runtime.isDryRun()) throw error;
  }
}

async function assertAll(declaration: AicDeclaration): Promise<void> {
  const { realm, tier } = declaration;
  const { grantTypes, acr = {} } = declaration.provider ?? {};
  for (const journey of journeysOf(declaration)) await provider("aic:Journey").assert(journey);
  if (grantTypes) await provider("aic:GrantTypes").assert({ realm, tier, grantTypes, baseline: [] });
  for (const [value, journey] of Object.entries(acr)) {
    await provider("aic:AcrMapping").assert({ realm, tier, acr: value, journey, baseline: {} });
  }
}
