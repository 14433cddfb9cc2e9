/**
 * Which delegation of an environment `delegates` and `actsForUsersOf` say, and which claims of resources follow from them: the way back from
 * `components/pingone/delegation.ts`. A declaration is drafted, expanded and compared; no expression is taken apart. Pure.
 */

import { isDeepStrictEqual } from "node:util";
import type { PingOneDeclaration } from "../../components/pingone/declaration.ts";
import {
  ACT_EXPRESSION,
  claimsFrom,
  type Delegation,
  delegations,
  mayActOf,
} from "../../components/pingone/delegation.ts";
import { pingOneDelegates } from "../../declaration/rules/pingone-delegates.ts";
import { grantTypeName } from "../../fields/grant-types.ts";
import { claimOf } from "../../fields/pingone.ts";
import { named } from "../../named.ts";
import type { Clients, EntryId } from "../candidate.ts";
import { claimIn, type FoundClient, type FoundResource } from "./live.ts";

/** What a declaration has already. */
export type Declared = Partial<
  Pick<PingOneDeclaration, "agents" | "applications" | "resources" | "agreements" | "signOnPolicies">
>;

/** Whether something stands in the declaration, or is to. */
export type IsDeclared = (id: EntryId) => boolean;

/** An environment with the keys under which a declaration has, or would have, what is there. */
export type World = {
  readonly declared: Declared;
  readonly clients: readonly { readonly section: Clients; readonly key: string; readonly found: FoundClient }[];
  readonly resources: readonly {
    readonly key: string;
    readonly found: FoundResource;
    /** Client ids that its tokens name. */
    readonly actors: readonly string[];
  }[];
  /** Client ids of all agents and applications, by their names. */
  readonly clientIds: ReadonlyMap<string, string>;
  /** How the entry of a client names a resource. */
  nameIn(client: FoundClient, isDeclared: IsDeclared): (resource: string) => string;
};

type Delegate = NonNullable<NonNullable<PingOneDeclaration["applications"]>[string]["delegates"]>[number];

/** What an entry says of acting with tokens. */
export type Acting = { readonly delegates: readonly Delegate[]; readonly actsForUsersOf: readonly string[] };
const NOTHING: Acting = { delegates: [], actsForUsersOf: [] };

/** What entries say, and what follows. */
export type Delegated = {
  /** Of a client that the declaration has not yet, by its key. */
  actingOf(client: string): Acting;
  /** Names of the claims of a resource that are exactly those which follow for it, by its key. */
  following(resource: string): readonly string[];
};

/**
 * Drafts what can be said: whoever is named in tokens acts with all of them, on whatever it reaches that says who acts. What the
 * declaration would refuse, or what would change the environment, is said in the next best way.
 */
export function delegatedIn(world: World, isDeclared: IsDeclared): Delegated {
  const fresh = world.clients.filter(
    ({ section, key }) => isDeclared(`${section}/${key}`) && !Object.hasOwn(world.declared[section] ?? {}, key),
  );
  const ways = new Map(fresh.map((one) => [one.key, waysOf(world, one, isDeclared)]));
  for (;;) {
    const acting = new Map([...ways].map(([key, [first = NOTHING]]) => [key, first]));
    const draft = draftOf(world, fresh, acting, isDeclared);
    const following = followingIn(world, draft);
    const wrong = wrongIn(world, draft, acting, following);
    if (wrong.length === 0) {
      return {
        actingOf: (client) => acting.get(client) ?? NOTHING,
        following: (resource) => following.get(resource) ?? [],
      };
    }
    for (const key of wrong) ways.get(key)?.shift();
  }
}

type One = World["clients"][number];

/** Resources whose tokens name a client, by a claim as declarations make it. */
export const sourcesOf = ({ resources }: World, { clientId }: FoundClient) =>
  resources.filter(({ actors }) => actors.includes(clientId));

/** Client ids that `may_act` of a resource names; none where it is not as a declaration makes it. */
export function actorsOf({ inputs }: FoundResource, clientIds: World["clientIds"]): string[] {
  const { value: text } = claimIn(inputs, "may_act") ?? {};
  const ids = text === undefined ? [] : [...clientIds.values()].filter((id) => text.includes(id));
  const isMade = [true, false].some((isForUsers) => claimOf(mayActOf(ids, isForUsers) ?? "").value === text);
  return isMade ? ids : [];
}

/** What may be said of a client, the shortest first. */
function waysOf(world: World, { section, found }: One, isDeclared: IsDeclared): Acting[] {
  const isThere = ({ key }: { readonly key: string }) => isDeclared(`resources/${key}`);
  const all = sourcesOf(world, found);
  const sources = all.filter(isThere);
  const reached = found.grants.flatMap(({ resource, type, scopes }) => {
    const target = type === "CUSTOM" && world.resources.find((one) => one.found.name === resource);
    return target ? [{ ...target, scopes }] : [];
  });
  const isTold = reached.every(({ found: { inputs } }) => claimIn(inputs, "act")?.value === ACT_EXPRESSION);
  const isOnBehalf = section === "agents" && isTold && [...all, ...reached].every(isThere);
  // Where one of the claims is not there, it would come.
  const targets = reached.filter((one) => isThere(one) && claimIn(one.found.inputs, "sub"));
  const delegates = sources.flatMap((source) =>
    targets.flatMap(({ key, scopes, found: { inputs } }): Delegate[] => {
      const act = claimIn(inputs, "act");
      const entry = { with: source.key, resource: key, scopes: [...scopes] };
      return act ? [{ ...entry, ...(!act.required && { required: false }) }] : [];
    }),
  );
  const onBehalf = isOnBehalf ? [{ ...NOTHING, actsForUsersOf: sources.map(({ key }) => key) }] : [];
  return sources.length > 0 ? [...onBehalf, { ...NOTHING, delegates }] : [];
}

type Draft = Required<Pick<PingOneDeclaration, "resources" | "applications" | "agents">>;

/** The declaration, as far as delegation goes. */
function draftOf(
  world: World,
  fresh: readonly One[],
  acting: ReadonlyMap<string, Acting>,
  isDeclared: IsDeclared,
): Draft {
  const { declared, resources } = world;
  const clients = (section: Clients) =>
    Object.fromEntries(
      fresh
        .filter((one) => one.section === section)
        .map(({ key, found }) => {
          const { delegates, actsForUsersOf } = acting.get(key) ?? NOTHING;
          const { name, inputs } = found;
          const { grantTypes = [], type = "web" } = inputs as {
            readonly grantTypes?: string[];
            readonly type?: string;
          };
          const access = accessOf(found, world.nameIn(found, isDeclared), delegates);
          const own =
            section === "applications"
              ? { type }
              : actsForUsersOf.length > 0
                ? { pattern: "on-behalf-of", actsForUsersOf }
                : { pattern: "autonomous" };
          return [key, { name, ...own, grantTypes: grantTypes.map(grantTypeName), access, delegates }];
        }),
    );
  return {
    resources: {
      ...Object.fromEntries(
        resources
          .filter(({ key }) => isDeclared(`resources/${key}`))
          .map(({ key, found: { name } }) => [key, { name }]),
      ),
      ...declared.resources,
    },
    applications: { ...clients("applications"), ...declared.applications } as Draft["applications"],
    agents: { ...clients("agents"), ...declared.agents } as Draft["agents"],
  };
}

/** What a client reaches without acting with somebody's token. */
export const accessOf = (
  { grants }: FoundClient,
  nameOf: (resource: string) => string,
  delegates: readonly Delegate[],
) =>
  grants
    .map(({ resource, scopes }) => ({ resource: nameOf(resource), scopes: [...scopes] }))
    .filter((entry) => delegates.every(({ resource }) => resource !== entry.resource));

/** Names of the claims of each resource that are there as they follow. */
function followingIn({ resources, clientIds }: World, draft: Draft): ReadonlyMap<string, readonly string[]> {
  const all = delegations({ platform: "pingone", ...draft });
  const clients = { ...draft.applications, ...draft.agents };
  const clientIdOf = (key: string) => clientIds.get(named(clients, key)?.name ?? "");
  return new Map(
    resources.map(({ key, found: { inputs } }) => {
      const given = Object.entries(claimsGiven(named(all, key), clientIdOf));
      const same = given.filter(([name, claim]) => isDeepStrictEqual(claimOf(claim), claimIn(inputs, name)));
      return [key, same.map(([name]) => name)];
    }),
  );
}

/**
 * The claims that follow for a resource.
 *
 * @param clientIdOf the client id of a declared client, by its key
 */
export function claimsGiven(
  { actors = [], isForUsers = false, ...delegation }: Partial<Delegation> = {},
  clientIdOf: (client: string) => string | undefined,
) {
  const mayAct = mayActOf(
    actors.flatMap((actor) => clientIdOf(actor) ?? []),
    isForUsers,
  );
  return { ...(mayAct && { may_act: mayAct }), ...claimsFrom(delegation) };
}

/** Keys of the clients of whom less is to be said. */
function wrongIn(
  { declared }: World,
  draft: Draft,
  acting: ReadonlyMap<string, Acting>,
  following: ReadonlyMap<string, readonly string[]>,
): string[] {
  const refused = new Set<unknown>();
  pingOneDelegates(draft, ([, key]) => refused.add(key));
  const isSaid = (key: string) => {
    const { claims } = named(declared.resources ?? {}, key) ?? {};
    return claims ? !Object.hasOwn(claims, "may_act") : following.get(key)?.includes("may_act");
  };
  const saying = [...acting].filter(
    ([, { delegates, actsForUsersOf }]) => delegates.length + actsForUsersOf.length > 0,
  );
  const wrong = saying.filter(([key, { actsForUsersOf }]) => refused.has(key) || !actsForUsersOf.every(isSaid));
  // What is declared already stays: where that is refused, it is for what was drafted beside it.
  return (wrong.length > 0 || refused.size === 0 ? wrong : saying).map(([key]) => key);
}
