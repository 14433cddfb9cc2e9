/** What is to be verified on PingOne, as plain data. Whoever holds a declaration maps it to this. */

/** Access to one resource. */
import type { Pattern } from "../grants.ts";
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
  /** Key of an application whose users get them; undefined when the declaration has none. */
  readonly application?: string | undefined;
};

export type PingOneAgent = {
  /** Key in the declaration. PingOne chooses the client id, which the outputs of the stack tell. */
  readonly key: string;
  readonly pattern: Pattern;
  readonly enabled: boolean;
  readonly authMethod: string;
  /** Grant types by their value in a token request. */
  readonly grantTypes: readonly string[];
  /** Custom resources that it reaches. */
  readonly access: readonly PingOneAccess[];
  /** Scopes of OpenID Connect that it may ask for. */
  readonly openid: readonly string[];
  /** Whether it may ask for scopes of several resources at once. */
  readonly mixesResources: boolean;
  readonly actsFor: readonly UserTokens[];
};

export type PingOnePlan = {
  readonly agents: readonly PingOneAgent[];
  /** Every scope that the declaration knows: those that an agent was not given must be refused. */
  readonly scopes: readonly string[];
};

/** A scope that the agent was not given: one of the declaration, else one that nobody has. */
export function foreignScope({ scopes }: PingOnePlan, { access, openid }: PingOneAgent): string {
  const own = new Set([...access.flatMap((entry) => entry.scopes), ...openid]);
  return scopes.find((scope) => !own.has(scope)) ?? "ping-agents:undeclared";
}
