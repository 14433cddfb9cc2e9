/** What an agent or application of an AIC declaration expands to. Pure. */

import { named } from "../../named.ts";
import type { Expansion, Explained } from "../explanation.ts";
import type { AicDeclaration } from "./declaration.ts";
import { actorsOf, tokenScriptsOf } from "./delegation.ts";
import { agentReasons, agentSettings, clientReasons, clientSettings } from "./patterns.ts";

/** @returns undefined for what is not declared */
export function expandAic(declaration: AicDeclaration, key: string): Expansion | undefined {
  const { agents = {}, applications = {} } = declaration;
  const actor = actorsOf(declaration).get(key);
  const [agent, application] = [named(agents, key), named(applications, key)];
  if (agent)
    return {
      ...{ path: ["agents", key], declared: agent, settings: agentSettings(agent, actor) },
      ...{ reasons: agentReasons(agent, actor), elsewhere: scriptsFor(key, agent, actor) },
    };
  if (!application) return undefined;
  const [settings, reasons] = [clientSettings(application, actor), clientReasons(application)];
  return {
    path: ["applications", key],
    declared: application,
    settings,
    reasons,
    elsewhere: scriptsFor(key, application, actor),
  };
}

/** The scripts that shape its tokens, as the values that they write. */
const scriptsFor = (
  key: string,
  client: Parameters<typeof tokenScriptsOf>[1],
  actor: string | undefined,
): Explained[] =>
  tokenScriptsOf(key, client, actor).map(({ what, field, script }) => ({
    ...{ field: `overrides.${field}`, value: script, from: "pattern" },
    why: what === "may-act" ? `${actor} delegates with its tokens (delegation §1.5)` : "its audience (delegation §1.5)",
  }));
