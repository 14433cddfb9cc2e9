/** What an agent or application of a PingOne declaration expands to. Pure. */

import { named } from "../../named.ts";
import type { Expansion, Explained } from "../explanation.ts";
import type { PingOneAgent, PingOneApplication, PingOneDeclaration } from "./declaration.ts";
import { delegations, grantsOf } from "./delegation.ts";
import { agentReasons, agentSettings, applicationReasons, applicationSettingsOf } from "./patterns.ts";

type Client = PingOneAgent | PingOneApplication;

/** @returns undefined for what is not declared */
export function expandPingOne(declaration: PingOneDeclaration, key: string): Expansion | undefined {
  const [agent, application] = [declaration.agents?.[key], declaration.applications?.[key]];
  if (agent) {
    const [settings, reasons] = [agentSettings(agent), agentReasons(agent)];
    const elsewhere = elsewhereFor(declaration, key, agent);
    return { path: ["agents", key], declared: agent, settings, reasons, elsewhere };
  }
  if (!application) return undefined;
  const [settings, reasons] = [applicationSettingsOf(application), applicationReasons(application)];
  const elsewhere = elsewhereFor(declaration, key, application);
  return { path: ["applications", key], declared: application, settings, reasons, elsewhere };
}

const elsewhereFor = (declaration: PingOneDeclaration, key: string, client: Client): Explained[] => [
  ...grantsFor(declaration, client),
  ...claimsFor(declaration, key, client),
];

/** The grants that `delegates` stand for. */
function grantsFor({ resources }: PingOneDeclaration, client: Client): Explained[] {
  const grants = grantsOf(client, resources);
  return grants.flatMap(({ resource, scopes, path }) => {
    const why = "the grant alone decides which resource a scope is of (delegation §1)";
    return path[0] === "delegates"
      ? [{ field: `grant/${resource}`, value: scopes, from: "pattern" as const, why }]
      : [];
  });
}

/** The claims of resources that let a client act for others. */
function claimsFor(declaration: PingOneDeclaration, key: string, client: Client): Explained[] {
  const { resources = {} } = declaration;
  const reached = grantsOf(client, resources).map(({ resource }) => named(resources, resource)?.name ?? resource);
  const isActing = ("pattern" in client && client.pattern === "on-behalf-of") || (client.delegates ?? []).length > 0;
  if (!isActing) return [];
  return Object.entries(delegations(declaration)).flatMap(([resource, { actors, isForUsers, claims }]) => {
    const given: [claim: string, value: unknown, why: string][] = [
      ...(actors.includes(key) ? [mayActFor(actors, isForUsers)] : []),
      ...(reached.includes(named(resources, resource)?.name ?? resource)
        ? Object.entries(claims).map(([claim, { value, required }]): (typeof given)[number] => {
            return [claim, required ? { value, required } : value, WHY[claim] ?? ""];
          })
        : []),
    ];
    const own = named(declaration.resources ?? {}, resource)?.claims ?? {};
    return given
      .filter(([claim]) => !Object.hasOwn(own, claim))
      .map(([claim, value, why]) => ({
        ...{ field: `resources.${resource}.claims.${claim}`, value, from: "pattern" as const },
        why: `${why} (pingone §5.6)`,
      }));
  });
}

const WHY: Readonly<Record<string, string>> = {
  act: "tokens for it say who acts",
  sub: "tokens for it say for whom",
};

function mayActFor(actors: readonly string[], isForUsers: boolean): [claim: string, value: unknown, why: string] {
  const [only, ...others] = actors;
  const ids = others.length === 0 ? only : `whichever of ${actors.join(", ")} the user signed in at`;
  const why = isForUsers ? ", and no token that a client gets for itself" : "";
  return ["may_act", { sub: `client id of ${ids}` }, `its users' tokens name the agent${why}`];
}
