/** What an agent or application of an AIC declaration expands to. Pure. */

import { named } from "../../named.ts";
import type { Expansion } from "../explanation.ts";
import type { AicDeclaration } from "./declaration.ts";
import { agentReasons, agentSettings, clientReasons, clientSettings } from "./patterns.ts";

/** @returns undefined for what is not declared */
export function expandAic({ agents = {}, applications = {} }: AicDeclaration, key: string): Expansion | undefined {
  const [agent, application] = [named(agents, key), named(applications, key)];
  if (agent)
    return { path: ["agents", key], declared: agent, settings: agentSettings(agent), reasons: agentReasons(agent) };
  if (!application) return undefined;
  const [settings, reasons] = [clientSettings(application), clientReasons(application)];
  return { path: ["applications", key], declared: application, settings, reasons };
}
