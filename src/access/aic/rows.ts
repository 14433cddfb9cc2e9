/** Rows of access on Advanced Identity Cloud: from what a realm has, or is going to have, of agents and applications. Pure. */

import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import type { Access, Unread } from "../access.ts";
import { distinct, EVERY_SCOPE, type Flow, type Party, type Row, type Subject } from "../row.ts";
import { counted } from "../sentence.ts";
import { chainRows } from "./chains.ts";
import { type AgentFacts, type AicFacts, LOGIN, type PrivilegeFacts } from "./facts.ts";

/** The ways to scopes of its own, by grant type. */
const OWN: readonly (readonly [grantType: string, flow: Flow, subject: Subject])[] = [
  ["client_credentials", "client-credentials", { is: "itself" }],
  [CIBA, "ciba", { is: "anyone" }],
  ...LOGIN.map((type) => [type, "login", { is: "anyone" }] as const),
];

/**
 * Every agent and every row. An agent that is switched off has none, nor has an exchange without its grant type.
 *
 * By privileges a user's token is exchanged once: AIC refuses to exchange what an agent got for a user (oauth-flows §5.1). Chains come
 * of may-act scripts.
 */
export function aicAccess({ agents, sources = [], applications, people }: AicFacts): Access {
  const enabled = agents.filter((agent) => agent.enabled);
  const exchanged = chainRows([...enabled, ...sources.filter((source) => source.enabled)]);
  const rows = enabled.flatMap((agent) => [
    ...ownRows(agent),
    ...(exchanged.get(agent.id) ?? []),
    ...(agent.grantTypes.includes(TOKEN_EXCHANGE)
      ? agent.privileges.flatMap((privilege) => privilegeRows(agent, privilege, applications))
      : []),
  ]);
  const unread = unreadIn([...enabled, ...sources.filter((source) => source.enabled)]);
  return { rows: distinct(rows), agents: agents.map(({ id, name }) => ({ id, name })), people, unread };
}

/** The scripts that nobody can read, each with those for whose tokens it speaks. */
const unreadIn = (agents: readonly AgentFacts[]): Unread[] =>
  [...Map.groupBy(agents, ({ unreadScript }) => unreadScript)].flatMap(([script, [first, ...others]]) => {
    if (script === undefined || !first) return [];
    const whose = others.length === 0 ? "" : `, and of ${counted(others.length, "other", "others")}`;
    return {
      about: { id: first.id, name: first.name },
      what: `script ${script} says who may act with its tokens${whose}, and cannot be read`,
      ...{ hidesRows: true, path: first.path, object: `script/${script}` },
    };
  });

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
