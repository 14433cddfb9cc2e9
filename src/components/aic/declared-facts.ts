/** What a declaration of AIC gives its agents: patterns expanded as the resources expand them. Pure. */

import {
  type AgentFacts,
  type AicFacts,
  actsAsAgent,
  type DelegateFacts,
  type PrivilegeFacts,
} from "../../access/aic/facts.ts";
import { membersOf } from "../../access/people.ts";
import type { Row } from "../../access/row.ts";
import type { PlaceOf } from "../../declaration/load.ts";
import type { Realm } from "../../fields/aic.ts";
import { type Allowed, allowedBy } from "../../fields/undeclared-access.ts";
import { named } from "../../named.ts";
import { privilegeIdOf } from "../../providers/aic/agent-privilege.ts";
import { EMPTY } from "../../providers/aic/oauth2-settings.ts";
import type { AicAgent, AicApplication, AicDeclaration } from "./declaration.ts";
import { actorsOf } from "./delegation.ts";
import { agentSettings, clientSettings } from "./patterns.ts";

/** Agents are the declared ones, and applications that act as one. */
export function declaredFacts(
  { realm, applications = {}, agents = {}, groups = {} }: Omit<AicDeclaration, "tier">,
  placeOf?: PlaceOf,
): AicFacts {
  const actors = actorsOf({ applications });
  const clients = Object.entries(applications).map(([id, one]) => ({
    is: "application" as const,
    ...client(id, one, clientSettings(one, actors.get(id)), ["applications", id], placeOf),
    ...mayAct(one, actors.get(id), ["applications", id]),
    ...{ delegates: delegates(id, one, placeOf), privileges: [] },
  }));
  return {
    agents: [
      ...Object.entries(agents).map(([id, agent]) => ({
        is: "agent" as const,
        ...client(id, agent, agentSettings(agent, actors.get(id)), ["agents", id], placeOf),
        ...mayAct(agent, actors.get(id), ["agents", id]),
        privileges: privileges(realm, id, agent, placeOf),
      })),
      ...clients.filter((one) => actsAsAgent(one.grantTypes)),
    ],
    sources: clients.filter((one) => !actsAsAgent(one.grantTypes)),
    people: new Map(
      Object.entries(groups).flatMap(([name, { members }]) => (members ? [[name, membersOf(members)] as const] : [])),
    ),
    applications: new Map(
      Object.entries(applications).map(([id, { name, scopes }]) => [id, { name, scopes: scopes?.map(scopeName) }]),
    ),
  };
}

/**
 * Who may act with a client's tokens. A script that it names itself is in force, and nobody declares what that says; nothing is where
 * its overrides are switched off (oauth-flows §2).
 */
function mayAct(
  { overrides = {} }: Pick<AicAgent, "overrides">,
  actor: string | undefined,
  path: readonly string[],
): Pick<AgentFacts, "mayAct" | "unreadScript" | "path"> {
  const { enabled, accessTokenMayActScript: script } = overrides;
  if (enabled === false) return {};
  if (script === undefined) return { mayAct: actor };
  return script === EMPTY ? {} : { unreadScript: script, path: [...path, "overrides", "accessTokenMayActScript"] };
}

type Settings = {
  readonly enabled?: boolean | undefined;
  readonly grantTypes?: readonly string[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly tokens?: { readonly allowedAudiences?: readonly string[] | undefined } | undefined;
};

function client(
  id: string,
  { name, audience }: Pick<AicAgent, "name" | "audience">,
  { enabled = true, grantTypes = [], scopes: texts = [], tokens }: Settings,
  path: readonly string[],
  placeOf: PlaceOf | undefined,
): Omit<AgentFacts, "is" | "privileges"> {
  const written = new Map(texts.map((text) => [scopeName(text), text]));
  return {
    ...{ id, name, enabled, grantTypes, audience },
    audiences: tokens?.allowedAudiences,
    scopes: [...written.keys()],
    placeOf: placeOf && ((scope) => placeOf([...path, "scopes", written.get(scope) ?? scope])),
  };
}

/** A scope may carry a text that is shown: `name|text` (aic §5.2). */
const scopeName = (text: string) => text.replace(/\|.*/s, "");

function privileges(realm: Realm, agent: string, { access = [] }: AicAgent, placeOf?: PlaceOf): PrivilegeFacts[] {
  return access.map(({ application, name = "", scopes, subjects = [], subjectGroups = [] }, index) => ({
    ...{ application, scopes, subjects, subjectGroups },
    id: privilegeIdOf({ realm, agent, application, name }),
    placeOf: placeOf && ((scope) => placeOf(["agents", agent, "access", index, "scopes", scope])),
  }));
}

const delegates = (id: string, { delegates: entries = [] }: AicApplication, placeOf?: PlaceOf): DelegateFacts[] =>
  entries.map((entry, index) => ({
    ...entry,
    placeOf: placeOf && ((scope) => placeOf(["applications", id, "delegates", index, "scopes", scope])),
  }));

/** Whether somebody answers for a row that is not declared: the entry names the privilege. */
export const allowanceIn =
  ({ agents = {} }: Pick<AicDeclaration, "agents">, today: string) =>
  ({ agent, grantedBy }: Row): Allowed | undefined =>
    allowedBy(named(agents, agent.id)?.allow, [grantedBy.replace(/^privilege\//, "")], today);
