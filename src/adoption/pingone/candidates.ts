/** What of an environment can be taken into a declaration. Pure. */

import { OPENID } from "../../fields/pingone.ts";
import type { Candidate, Clients, EntryId, Found } from "../candidate.ts";
import {
  actorsOf,
  type Declared,
  type Delegated,
  delegatedIn,
  type IsDeclared,
  sourcesOf,
  type World,
} from "./delegation.ts";
import {
  agentEntries,
  agreementEntry,
  agreementProblems,
  applicationEntry,
  clientProblems,
  policyEntry,
  policyProblems,
  resourceEntry,
} from "./entries.ts";
import { agreementsIn, claimIn, type FoundClient, type FoundEnvironment } from "./live.ts";
import { clientParts, resourceParts } from "./parts.ts";

/**
 * The candidates of an environment: its agents, the applications that were read, and the resources that these reach or act with tokens of.
 *
 * @param declared what the declaration has already, with the keys that it has for it
 * @param stack the id of the stack: what it has made keeps its key. All other keys are made of the names
 */
export function pingOneCandidates(found: FoundEnvironment, declared: Declared = {}, stack = ""): Found {
  const { agents, applications, resources, agreements, signOnPolicies, clientIds } = found;
  const clientKeys = keysFor([...agents, ...applications], { ...declared.applications, ...declared.agents }, stack);
  const resourceKeys = keysFor(resources, declared.resources, stack);
  const policyKeys = keysFor(signOnPolicies, declared.signOnPolicies, stack);
  const agreementKeys = keysFor(agreements, declared.agreements, stack);
  const idOfPolicy = (name: string): EntryId => `signOnPolicies/${policyKeys.get(name)}`;
  const idOfAgreement = (name: string): EntryId => `agreements/${agreementKeys.get(name)}`;
  const idOfResource = (name: string): EntryId => `resources/${resourceKeys.get(name)}`;
  const inSection = (section: Clients, all: readonly FoundClient[]) =>
    all.map((one) => ({ section, key: clientKeys.get(one.name) ?? one.name, found: one }));

  const world: World = {
    ...{ declared, clientIds },
    clients: [...inSection("applications", applications), ...inSection("agents", agents)],
    resources: resources.map((one) => ({
      ...{ key: resourceKeys.get(one.name) ?? one.name, found: one },
      actors: actorsOf(one, clientIds),
    })),
    nameIn:
      ({ grants }, isDeclared) =>
      (name) => {
        if (grants.find(({ resource }) => resource === name)?.type === "OPENID_CONNECT") return OPENID;
        return isDeclared(idOfResource(name)) ? (resourceKeys.get(name) ?? name) : name;
      },
  };
  /** One answer for each question: every candidate asks it. */
  const answers = new WeakMap<IsDeclared, Delegated>();
  const delegated = (isDeclared: IsDeclared): Delegated => {
    const answer = answers.get(isDeclared) ?? delegatedIn(world, isDeclared);
    answers.set(isDeclared, answer);
    return answer;
  };

  /** Resources that a client reaches, and those with whose tokens it acts. */
  const usedBy = (client: FoundClient) => {
    const isReached = (name: string) =>
      client.grants.some((grant) => grant.resource === name && grant.type === "CUSTOM");
    const sources = sourcesOf(world, client);
    return world.resources.filter((one) => isReached(one.found.name) || sources.includes(one));
  };
  /** What a client needs: what it uses, the applications that act with tokens of that, and what these need. */
  const neededBy = (client: FoundClient): EntryId[] => {
    const needed = new Set<EntryId>();
    const seen = new Set<FoundClient>();
    const add = (one: FoundClient): void => {
      if (seen.has(one)) return;
      seen.add(one);
      for (const { name, kind } of one.policies) {
        const policy = kind === "sign-on" ? signOnPolicies.find((other) => other.name === name) : undefined;
        for (const id of policy ? [idOfPolicy(name), ...agreementsIn(policy).map(idOfAgreement)] : []) needed.add(id);
      }
      for (const { found: resource, actors } of usedBy(one)) {
        needed.add(idOfResource(resource.name));
        for (const { section, key, found: actor } of world.clients) {
          if (section !== "applications" || !actors.includes(actor.clientId)) continue;
          needed.add(`applications/${key}`);
          add(actor);
        }
      }
    };
    add(client);
    return [...needed];
  };

  /** Claims about who acts that do not follow for a resource; those that would beside others of the environment name these. */
  const spelledOut = ({ key, found: resource }: World["resources"][number], isDeclared: IsDeclared): string[] => {
    const { following } = delegated(isDeclared);
    const wholly = delegated(isAnything);
    // Whom a token is about is often said without anybody who acts.
    const names = claimIn(resource.inputs, "act") ? ["may_act", "act", "sub"] : ["may_act"];
    const own = names.filter((name) => claimIn(resource.inputs, name) && !following(key).includes(name));
    const missing = world.clients.filter(
      (one) => !isDeclared(`${one.section}/${one.key}`) && decidesAbout(key, one.found),
    );
    const others = own.filter((name) => missing.length === 0 || !wholly.following(key).includes(name));
    const late = own.filter((name) => !others.includes(name));
    const options = missing.map((one) => `--${one.section === "agents" ? "agent" : "application"} ${one.key}`);
    const told = (names: readonly string[]) => names.map((name) => `claims.${name}`).join(", ");
    return [
      ...(late.length > 0
        ? [`${told(late)}: would follow from delegates, with ${options.join(" ")} beside the rest`]
        : []),
      ...(others.length > 0 ? [`${told(others)}: nothing that delegates makes`] : []),
    ];
  };
  /** Whether claims of a resource depend on a client: it gets its tokens or those that are exchanged for them, or acts with these. */
  const decidesAbout = (resource: string, client: FoundClient): boolean => {
    const { actingOf } = delegated(isAnything);
    const into = world.clients.flatMap((one) => actingOf(one.key).delegates).filter((one) => one.resource === resource);
    const keys = [resource, ...into.map((one) => one.with)];
    return usedBy(client).some(({ key }) => keys.includes(key));
  };

  return {
    candidates: [
      ...agreements.map(
        (one): Candidate => ({
          ...{ section: "agreements", key: agreementKeys.get(one.name) ?? one.name, name: one.name, mark: one.mark },
          ...{ needs: [], problems: agreementProblems(one) },
          entries: () => [agreementEntry(one)],
          parts: () => ({}),
        }),
      ),
      ...signOnPolicies.map(
        (one): Candidate => ({
          ...{ section: "signOnPolicies", key: policyKeys.get(one.name) ?? one.name, name: one.name, mark: one.mark },
          ...{ needs: agreementsIn(one).map(idOfAgreement), problems: policyProblems(one) },
          entries: (isDeclared) => [
            policyEntry(one, (name) => (isDeclared(idOfAgreement(name)) ? (agreementKeys.get(name) ?? name) : name)),
          ],
          parts: () => ({}),
        }),
      ),
      ...world.resources.map((of): Candidate => {
        const { key, found: one } = of;
        const entry = (isDeclared: IsDeclared) => resourceEntry(one, delegated(isDeclared).following(key));
        return {
          ...{ section: "resources", key, name: one.name, mark: one.mark, needs: [], problems: [] },
          entries: (isDeclared) => [entry(isDeclared)],
          parts: (isDeclared) => resourceParts(entry(isDeclared)),
          spelledOut: (isDeclared) => spelledOut(of, isDeclared),
        };
      }),
      ...world.clients.map(({ section, key, found: one }): Candidate => {
        const { name, clientId, mark } = one;
        return {
          ...{ section, key, name, clientId, mark, needs: neededBy(one), problems: clientProblems(one) },
          entries: (isDeclared) => {
            const acting = delegated(isDeclared).actingOf(key);
            const nameOf = world.nameIn(one, isDeclared);
            return section === "agents" ? agentEntries(one, nameOf, acting) : [applicationEntry(one, nameOf, acting)];
          },
          parts: (isDeclared) => clientParts(one, world.nameIn(one, isDeclared)),
        };
      }),
    ],
    surroundings: () => ({}),
    shared: () => [],
  };
}

const isAnything: IsDeclared = () => true;

/** A key for each name: the one that is declared, the one that the mark of the stack tells, else its letters and digits. */
function keysFor(
  all: readonly Pick<FoundClient, "name" | "mark">[],
  declared: Readonly<Record<string, { readonly name: string }>> | undefined,
  stack: string,
) {
  const keys = new Map(Object.entries(declared ?? {}).map(([key, { name }]) => [name, key]));
  const used = new Set(keys.values());
  for (const { name, mark } of all) {
    const isOwn = mark.whose === "stack" && mark.stack === stack;
    if (!isOwn || keys.has(name) || used.has(mark.resource)) continue;
    used.add(mark.resource);
    keys.set(name, mark.resource);
  }
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
export const plainOf = (name: string) =>
  name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
