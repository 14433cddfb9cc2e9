/** What is to be verified on PingOne, as plain data. Whoever holds a declaration maps it to this. */
import type { Allowance } from "../allowance.ts";
import type { AssertionPlan } from "../assertions.ts";
import { type ExcessScopes, excessScopes } from "../excess-scopes.ts";
import { GRANT, type Pattern } from "../grants.ts";
import type { Settings } from "../widened.ts";

/** Access to one resource. */
export type PingOneAccess = {
  /** Name of the resource in PingOne. */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Audience of its tokens; undefined for a resource that others manage, and then not looked at. */
  readonly audience?: string | undefined;
  /** Seconds that its tokens live; undefined for a resource that others manage, and then not looked at. */
  readonly lifetime?: number | undefined;
};

/** The tokens that users get for a resource, and that an agent may exchange. */
export type UserTokens = PingOneAccess & {
  /** Key of an application, or of an agent that signs users in, whose users get them; undefined when the declaration has none. */
  readonly application?: string | undefined;
};

/** An agent or another application. */
export type PingOneClient = {
  /** Key in the declaration. PingOne chooses the client id, which the outputs of the stack tell. */
  readonly key: string;
  /** Display name. @default the key */
  readonly name?: string | undefined;
  readonly enabled: boolean;
  /** Since when the environment has it stopped, against what is declared. @default it is not */
  readonly stopped?: string | undefined;
  readonly authMethod: string;
  /** Grant types by their value in a token request. */
  readonly grantTypes: readonly string[];
  /** Custom resources that it reaches. */
  readonly access: readonly PingOneAccess[];
  /** Scopes of OpenID Connect that it may ask for. */
  readonly openid: readonly string[];
  /** Claims about the user, values by name. @default none */
  readonly claims?: Readonly<Record<string, string>> | undefined;
  /** Names of the policies by which users sign on, of either kind. @default none */
  readonly policies?: readonly string[] | undefined;
  /** User names of those who may manage it. @default none */
  readonly owners?: readonly string[] | undefined;
  /** Further settings that decide about access, by their names in `settings.ts`. @default the usual ones */
  readonly settings?: Settings | undefined;
  /** Undeclared access that somebody answers for, e.g. `grant/Orders API`. @default none */
  readonly allow?: readonly Allowance[] | undefined;
};

export type PingOneAgent = PingOneClient & {
  readonly pattern: Pattern | "signs-users-in";
  /** Its last day, `YYYY-MM-DD` in UTC. @default none */
  readonly expires?: string | undefined;
  /** Whether it may ask for scopes of several resources at once. */
  readonly mixesResources: boolean;
  /** Users' tokens that it may exchange: another application's, or of one that signs users in those that it gets itself. */
  readonly actsFor: readonly UserTokens[];
  /** Names of the agreements that its users are asked to consent to. @default none */
  readonly agreements?: readonly string[] | undefined;
};

/** A token that a client is declared to get in exchange for another one. */
export type PingOneDelegate = {
  readonly client: PingOneClient;
  /** Name of the resource whose token is exchanged. */
  readonly from: string;
  /** How there is such a token; undefined where the declaration does not say. */
  readonly source: PingOneSource | undefined;
  /** The resource that the new token is for, with one scope. */
  readonly target: PingOneAccess;
  /** Whether tokens of the target have to say who acts; otherwise one is issued that names nobody. */
  readonly isRequired: boolean;
  /** Whether `act` holds who acted before. */
  readonly nestsAct: boolean;
  /** Keys of the clients that tokens of the target name in `may_act`. */
  readonly next: readonly string[];
};

/** A token to exchange: of a user, of a client's own, or one that was exchanged before. */
export type PingOneSource =
  | { readonly is: "user"; readonly tokens: UserTokens }
  | { readonly is: "own"; readonly client: PingOneClient; readonly access: PingOneAccess }
  | { readonly is: "exchanged"; readonly by: PingOneDelegate };

/** A declared resource. */
export type PingOneResource = {
  /** Name in PingOne. */
  readonly name: string;
  readonly scopes: readonly string[];
  /** Values of the claims of its tokens, by name; undefined for one whose value is not known before the run. */
  readonly claims: Readonly<Record<string, string | undefined>>;
  /** Names of the claims without which no token is issued (delegation §2.3). @default none */
  readonly required?: readonly string[] | undefined;
  /** Settings that decide about access, by their names in `settings.ts`. @default the usual ones */
  readonly settings?: Settings | undefined;
  /** Undeclared scopes and claims that somebody answers for, e.g. `scope/orders:delete`. @default none */
  readonly allow?: readonly Allowance[] | undefined;
};

export type PingOnePlan = {
  /** What is asserted of access. @default nothing */
  readonly assertions?: readonly AssertionPlan[] | undefined;
  readonly agents: readonly PingOneAgent[];
  /** The other applications that are declared. */
  readonly applications: readonly PingOneClient[];
  readonly resources: readonly PingOneResource[];
  /** Exchanges that are declared one by one. @default none */
  readonly delegates?: readonly PingOneDelegate[] | undefined;
  /** Every scope that the declaration knows: those that an agent was not given must be refused. */
  readonly scopes: readonly string[];
};

/** Whether an agent signs users in itself. */
export const signsUsersIn = ({ grantTypes }: Pick<PingOneClient, "grantTypes">): boolean =>
  grantTypes.includes(GRANT.authorizationCode);

/** Whether a client has to push its authorization requests (RFC 9126). */
export const pushesRequests = ({ settings = {} }: Pick<PingOneClient, "settings">): boolean =>
  settings["authorization.requirePushedAuthorizationRequests"] === true;

/** The scopes that an agent asks for when a user signs on or approves: those of OpenID Connect are no second resource (delegation §2.3). */
export const signOnScopes = (
  { openid }: PingOneAgent,
  { scopes }: Pick<PingOneAccess, "scopes">,
): readonly string[] => [...scopes, ...openid];

/** The plan with the agents that were stopped: they are to get no token, whatever is declared. */
export function withStops(
  plan: PingOnePlan,
  stops: ReadonlyMap<string, { readonly stopped?: string | undefined }>,
): PingOnePlan {
  const agents = plan.agents.map((agent) => {
    const stopped = stops.get(agent.key)?.stopped;
    return stopped === undefined ? agent : { ...agent, enabled: false, stopped };
  });
  return { ...plan, agents };
}

/** The scopes that an agent was not given: of the resources that it reaches first, then all that the declaration knows. */
export function excessOf({ scopes, resources }: PingOnePlan, { access, openid }: PingOneAgent): ExcessScopes {
  const reached = resources.filter(({ name }) => access.some(({ resource }) => resource === name));
  const known = [...reached.flatMap((resource) => resource.scopes), ...scopes];
  return excessScopes(known, [...access.flatMap((entry) => entry.scopes), ...openid]);
}
