/** What a declaration of PingOne gives its agents: patterns expanded as the resources expand them. Pure. */

import { saidByClaims } from "../../access/pingone/claims.ts";
import type { ClientFacts, PingOneFacts } from "../../access/pingone/facts.ts";
import type { Row } from "../../access/row.ts";
import type { PlaceOf } from "../../declaration/load.ts";
import { claimOf, listedScopes, OPENID } from "../../fields/pingone.ts";
import { type Allowed, allowedBy } from "../../fields/undeclared-access.ts";
import { named } from "../../named.ts";
import { mapValues } from "../settings.ts";
import type { PingOneAgent, PingOneApplication, PingOneDeclaration } from "./declaration.ts";
import { delegations, grantsOf, mayActOf } from "./delegation.ts";
import { agentSettings, applicationSettingsOf } from "./patterns.ts";

/** Agents and applications, which decide together whose tokens an agent may exchange, and the resources that they reach. */
export function declaredFacts(declaration: PingOneDeclaration, placeOf?: PlaceOf): PingOneFacts {
  const { applications = {}, agents = {}, resources = {} } = declaration;
  const keys = new Map(
    Object.entries(resources).flatMap(
      ([key, { name }]) =>
        [
          [name, key],
          [key, key],
        ] as const,
    ),
  );
  const client = (
    kind: "agents" | "applications",
    key: string,
    declared: PingOneAgent | PingOneApplication,
    settings: Settings,
  ): ClientFacts => ({
    id: key,
    name: declared.name,
    isAgent: kind === "agents",
    enabled: settings.enabled ?? true,
    grantTypes: settings.grantTypes ?? [],
    groups: settings.userAccess?.groups,
    grants: grantsOf(declared, resources).map(({ resource, scopes, pathOf, ...grant }) => ({
      resource: keys.get(resource) ?? resource,
      // What needs no grant is nothing that an agent was given.
      scopes: listedScopes(resource, scopes),
      with: grant.with,
      placeOf: placeOf && ((scope) => placeOf([kind, key, ...pathOf(scope)])),
    })),
  });
  const delegated = delegations(declaration);
  const ids = new Map(Object.keys({ ...agents, ...applications }).map((key) => [clientIdOf(key), key]));
  return {
    people: new Map(),
    clients: [
      ...Object.entries(agents).map(([key, agent]) => client("agents", key, agent, agentSettings(agent))),
      ...Object.entries(applications).map(([key, one]) => client("applications", key, one, applicationSettingsOf(one))),
    ],
    resources: [
      ...Object.entries(resources).map(([key, { name, claims: own = {} }]) => {
        const { actors = [], isForUsers = false, claims } = named(delegated, key) ?? {};
        const mayAct = mayActOf(actors.map(clientIdOf), isForUsers);
        const all = {
          ...(mayAct && { may_act: claimOf(mayAct) }),
          ...{ ...claims, ...mapValues(own, (_claim, declared) => claimOf(declared)) },
        };
        const path = ["resources", key, "claims"];
        return { id: key, name, isOpenId: false, path, ...saidByClaims(all, ids) };
      }),
      { id: OPENID, name: "OpenID Connect", isOpenId: true, mayAct: [] },
    ],
  };
}

/** What stands for a client id, which PingOne chooses. */
const clientIdOf = (key: string) => `client id of ${key}`;

type Settings = ReturnType<typeof agentSettings> | ReturnType<typeof applicationSettingsOf>;

/** Whether somebody answers for a row that is not declared: the entry names the grant, or the scope in it. */
export const allowanceIn =
  ({ agents = {}, applications = {} }: PingOneDeclaration, today: string) =>
  ({ agent, target, scope }: Row): Allowed | undefined =>
    allowedBy(
      (named(agents, agent.id) ?? named(applications, agent.id))?.allow,
      [`grant/${target.name}`, `scope/${scope}`],
      today,
    );
