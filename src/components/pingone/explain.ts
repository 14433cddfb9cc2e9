/** What an agent or application of a PingOne declaration expands to. Pure. */

import { named } from "../../named.ts";
import type { Expansion, Explained } from "../explanation.ts";
import type { PingOneDeclaration } from "./declaration.ts";
import {
  ACT_EXPRESSION,
  agentReasons,
  agentSettings,
  applicationReasons,
  applicationSettingsOf,
  delegations,
} from "./patterns.ts";

/** @returns undefined for what is not declared */
export function expandPingOne(declaration: PingOneDeclaration, key: string): Expansion | undefined {
  const [agent, application] = [declaration.agents?.[key], declaration.applications?.[key]];
  if (agent) {
    const [settings, reasons] = [agentSettings(agent), agentReasons(agent)];
    return { path: ["agents", key], declared: agent, settings, reasons, elsewhere: claimsFor(declaration, key) };
  }
  if (!application) return undefined;
  const [settings, reasons] = [applicationSettingsOf(application), applicationReasons(application)];
  return { path: ["applications", key], declared: application, settings, reasons };
}

/** The claims of resources that let an agent act for users. */
function claimsFor(declaration: PingOneDeclaration, agent: string): Explained[] {
  const { pattern, access = [] } = named(declaration.agents ?? {}, agent) ?? {};
  if (pattern !== "on-behalf-of") return [];
  return Object.entries(delegations(declaration)).flatMap(([resource, { mayAct }]) => {
    const given = {
      ...(mayAct === agent && { may_act: [{ sub: `client id of ${agent}` }, "its users' tokens name the agent"] }),
      ...(access.some((one) => one.resource === resource) && { act: [ACT_EXPRESSION, "tokens for it say who acts"] }),
    };
    const own = named(declaration.resources ?? {}, resource)?.claims ?? {};
    return Object.entries(given)
      .filter(([claim]) => !Object.hasOwn(own, claim))
      .map(([claim, [value, why]]) => {
        const field = `resources.${resource}.claims.${claim}`;
        return { field, value, from: "pattern" as const, why: `${why} (pingone §5.6)` };
      });
  });
}
