/** Rows of access on Advanced Identity Cloud: from what a realm has, or is going to have, of agents and applications. Pure. */

import { CIBA, DEVICE_CODE, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import type { Access } from "../access.ts";
import { distinct, EVERY_SCOPE, type Flow, type Party, type Row, type Subject } from "../row.ts";
import type { AgentFacts, AicFacts, PrivilegeFacts } from "./facts.ts";

/** The ways to scopes of its own, by grant type. */
const OWN: readonly (readonly [grantType: string, flow: Flow, subject: Subject])[] = [
  ["client_credentials", "client-credentials", { is: "itself" }],
  [CIBA, "ciba", { is: "anyone" }],
  ...["authorization_code", "implicit", "password", DEVICE_CODE].map(
    (type) => [type, "login", { is: "anyone" }] as const,
  ),
];

/**
 * Every agent and every row. An agent that is switched off has none, nor has an exchange without its grant type.
 *
 * A user's token is exchanged once: AIC refuses to exchange what an agent got for a user (oauth-flows §5.1), so no chain is longer
 * than that.
 */
export function aicAccess({ agents, applications, people }: AicFacts): Access {
  const rows = agents
    .filter(({ enabled }) => enabled)
    .flatMap((agent) => [
      ...ownRows(agent),
      ...(agent.grantTypes.includes(TOKEN_EXCHANGE)
        ? agent.privileges.flatMap((privilege) => privilegeRows(agent, privilege, applications))
        : []),
    ]);
  return { rows: distinct(rows), agents: agents.map(({ id, name }) => ({ id, name })), people };
}

function ownRows({ is, id, name, grantTypes, scopes, placeOf }: AgentFacts): Row[] {
  const ways = OWN.filter(([type, flow]) => grantTypes.includes(type) && (is === "agent" || flow !== "login"));
  return ways.flatMap(([, flow, subject]) =>
    scopes.map((scope) => ({
      agent: { id, name },
      ...{ flow, scope, subject },
      target: { is: "agent" as const, id, name },
      via: [],
      place: placeOf?.(scope),
      grantedBy: `client/${id}`,
    })),
  );
}

function privilegeRows(
  { id, name }: Party,
  { application, scopes, subjects, subjectGroups, id: privilege, placeOf }: PrivilegeFacts,
  applications: AicFacts["applications"],
): Row[] {
  const known = applications.get(application);
  const named: Subject[] = [
    ...subjects.map((user) => ({ is: "user" as const, name: user })),
    ...subjectGroups.map((group) => ({ is: "group" as const, name: group })),
  ];
  const granted = scopes === "all" ? (known?.scopes ?? [EVERY_SCOPE]) : scopes;
  return (named.length > 0 ? named : [{ is: "itself" as const }]).flatMap((subject) =>
    granted.map((scope) => ({
      agent: { id, name },
      flow: "exchange" as const,
      target: { is: "application" as const, id: application, name: known?.name ?? application },
      ...{ scope, subject },
      via: [],
      place: placeOf?.(scope),
      grantedBy: `privilege/${privilege}`,
    })),
  );
}
