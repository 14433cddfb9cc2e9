/** What decides about access in a PingOne environment, whether it is declared or read. Pure. */

import { CIBA, DEVICE_CODE, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import type { People } from "../people.ts";
import type { Party, Place, Subject, Target, Unenforced } from "../row.ts";

/** Scopes of a resource that a client may ask for (pingone §5.2). */
export type GrantFacts = {
  /** Id of the resource among the facts. */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Ids of the resources with whose tokens they are declared (delegation §1). @default those of every resource that names it */
  readonly with?: readonly string[] | undefined;
  readonly placeOf?: ((scope: string) => Place) | undefined;
};

/** An agent or another application. */
export type ClientFacts = Party & {
  readonly isAgent: boolean;
  readonly enabled: boolean;
  /** As in a token request. */
  readonly grantTypes: readonly string[];
  readonly grants: readonly GrantFacts[];
  /** Whose members may sign in, of `any` or of `all`. @default everyone */
  readonly groups?: { readonly match: "any" | "all"; readonly names: readonly string[] } | undefined;
};

/** An API, an MCP server; or OpenID Connect, whose scopes are about users. */
export type ResourceFacts = Party & {
  readonly isOpenId: boolean;
  /** Ids of the clients that `may_act` of its tokens names (pingone §5.6). */
  readonly mayAct: readonly string[];
  /** Whether it names the one of them that got the token, and none of the others (delegation §1.1). @default false: each */
  readonly isForHolder?: boolean | undefined;
  /** Whether it names them in tokens of users alone, and not in those that clients get for themselves (delegation §1.1). @default false */
  readonly isForUsers?: boolean | undefined;
  /** Whether `act` of its tokens holds who acted before (delegation §1.3). @default false: who acts last */
  readonly nestsAct?: boolean | undefined;
  /** Whether `sub` names the client whose token was exchanged (delegation §1.2). @default false: nobody, where no user is */
  readonly namesClient?: boolean | undefined;
  /** What comes of an exchange for it that `may_act` does not allow (delegation §1.1). @default it is refused */
  readonly unenforced?: Unenforced | undefined;
  /** Claims that say who may act, or who acts, in a way that cannot be read. @default none */
  readonly unread?: readonly UnreadClaim[] | undefined;
  /** Where its claims are declared, as a path of the declaration. @default nowhere */
  readonly path?: readonly PropertyKey[] | undefined;
};

/** A claim of a resource that nobody can evaluate. */
export type UnreadClaim = {
  readonly claim: string;
  /** In words that go on after the claim. */
  readonly why: string;
};

/** What decides about access in an environment. */
export type PingOneFacts = {
  readonly clients: readonly ClientFacts[];
  readonly resources: readonly ResourceFacts[];
  readonly people: People;
};

/** Grants by which users sign in at a client. */
export const LOGIN: readonly string[] = ["authorization_code", "implicit", "password", DEVICE_CODE];

/** Whether a client has one of several grants. */
export const has = ({ grantTypes }: ClientFacts, types: readonly string[]): boolean =>
  types.some((type) => grantTypes.includes(type));

/** Whether a client acts as an agent: by its type, or since it asks users for approval or exchanges tokens (delegation §2.3). */
export const acts = (client: ClientFacts): boolean => client.isAgent || has(client, [CIBA, TOKEN_EXCHANGE]);

/** The object that grants scopes of a resource to a client. */
export const grantedBy = ({ id }: Party, { resource }: GrantFacts): string => `grant/${id}/${resource}`;

/** A resource as rows name it, also one that nobody knows. */
export const targetOf = (resources: ReadonlyMap<string, ResourceFacts>, id: string): Target => ({
  is: "resource",
  ...partyOf(resources.get(id) ?? { id, name: id }),
});

export const partyOf = ({ id, name }: Party): Party => ({ id, name });

/**
 * Who may sign in at a client. Members of all of several groups are one group here.
 *
 * @param tokensOf the resource whose tokens they get
 */
export function peopleOf({ groups }: ClientFacts, tokensOf?: Party): Subject[] {
  const from = tokensOf && { tokensOf };
  if (!groups) return [{ is: "anyone", ...from }];
  const names = groups.match === "all" ? [groups.names.join(" and ")] : groups.names;
  return names.map((name) => ({ is: "group", name, ...from }));
}
