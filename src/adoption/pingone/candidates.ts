/** What of an environment can be taken into a declaration. Pure. */

import { OPENID } from "../../fields/pingone.ts";
import type { Candidate, EntryId, Found } from "../candidate.ts";
import { agentEntries, agentProblems, isAct, isMayAct, resourceEntry } from "./entries.ts";
import type { FoundAgent, FoundEnvironment, FoundResource } from "./live.ts";
import { agentParts, resourceParts } from "./parts.ts";

/** Keys that a declaration has already for agents and resources, by their names. */
export type Keys = { readonly agents: ReadonlyMap<string, string>; readonly resources: ReadonlyMap<string, string> };

/**
 * The candidates of an environment: its agents, and the resources that they reach or act for users of.
 *
 * @param declared keys of what is declared; others are made of the names
 */
export function pingOneCandidates(
  { agents, resources }: FoundEnvironment,
  declared: Keys,
  taken: readonly string[],
): Found {
  const agentKeys = keysFor(agents, declared.agents, taken);
  const resourceKeys = keysFor(resources, declared.resources, []);
  const idOfAgent = ({ name }: FoundAgent): EntryId => `agents/${agentKeys.get(name)}`;
  const idOfResource = (name: string): EntryId => `resources/${resourceKeys.get(name)}`;
  const actsFor = ({ clientId }: FoundAgent) =>
    resources.filter(({ inputs }) => isMayAct(claimOf(inputs, "may_act"), clientId));
  const reachedBy = ({ grants }: FoundAgent) =>
    resources.filter(({ name }) => grants.some((grant) => grant.resource === name && grant.type === "CUSTOM"));

  type IsDeclared = (id: EntryId) => boolean;
  /** Whether the pattern says what is there: all that it reaches tells who acts, and names it. */
  const isOnBehalf = (agent: FoundAgent, isDeclared: IsDeclared) => {
    const all = [...actsFor(agent), ...reachedBy(agent)];
    const isTold = reachedBy(agent).every(({ inputs }) => isAct(claimOf(inputs, "act")));
    return actsFor(agent).length > 0 && isTold && all.every(({ name }) => isDeclared(idOfResource(name)));
  };
  /** Claims that agents on behalf of users give a resource. */
  const givenTo = (one: FoundResource, isDeclared: IsDeclared) => {
    const onBehalf = agents.filter((agent) => isDeclared(idOfAgent(agent)) && isOnBehalf(agent, isDeclared));
    return [
      ...(onBehalf.some((agent) => actsFor(agent).includes(one)) ? ["may_act"] : []),
      ...(onBehalf.some((agent) => reachedBy(agent).includes(one)) ? ["act"] : []),
    ];
  };

  /** How an agent names what it reaches. */
  const nameIn = (agent: FoundAgent, isDeclared: IsDeclared) => (name: string) => {
    const grant = agent.grants.find(({ resource }) => resource === name);
    if (grant?.type === "OPENID_CONNECT") return OPENID;
    return isDeclared(idOfResource(name)) ? (resourceKeys.get(name) ?? name) : name;
  };

  return {
    candidates: [
      ...resources.map(
        (one): Candidate => ({
          ...{ section: "resources", key: resourceKeys.get(one.name) ?? one.name, name: one.name, mark: one.mark },
          ...{ needs: [], problems: [] },
          entries: (isDeclared) => [resourceEntry(one, givenTo(one, isDeclared))],
          parts: (isDeclared) => resourceParts(resourceEntry(one, givenTo(one, isDeclared))),
        }),
      ),
      ...agents.map(
        (agent): Candidate => ({
          ...{ section: "agents", key: agentKeys.get(agent.name) ?? agent.name, name: agent.name, mark: agent.mark },
          needs: [...new Set([...reachedBy(agent), ...actsFor(agent)])].map(({ name }) => idOfResource(name)),
          problems: agentProblems(agent),
          entries: (isDeclared) =>
            agentEntries(agent, {
              nameOf: nameIn(agent, isDeclared),
              actsForUsersOf: isOnBehalf(agent, isDeclared)
                ? actsFor(agent).flatMap(({ name }) => resourceKeys.get(name) ?? [])
                : [],
            }),
          parts: (isDeclared) => agentParts(agent, nameIn(agent, isDeclared)),
        }),
      ),
    ],
    surroundings: () => ({}),
    shared: () => [],
  };
}

const claimOf = (inputs: FoundResource["inputs"], claim: string) =>
  (inputs.claims as Record<string, unknown> | undefined)?.[claim];

/**
 * A key for each name: the one that is declared, else its letters and digits.
 *
 * @param taken keys of others
 */
function keysFor(
  all: readonly { readonly name: string }[],
  declared: ReadonlyMap<string, string>,
  taken: readonly string[],
) {
  const used = new Set([...declared.values(), ...taken]);
  const keys = new Map<string, string>(declared);
  for (const { name } of all.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (keys.has(name)) continue;
    const plain = plainOf(name) || "agent";
    let key = plain;
    for (let count = 2; used.has(key); count += 1) key = `${plain}-${count}`;
    used.add(key);
    keys.set(name, key);
  }
  return keys;
}

/** The letters and digits of a name. */
const plainOf = (name: string) =>
  name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
