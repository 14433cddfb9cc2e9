/** What is to be verified: the access that a declaration grants, as plain data. Whoever holds a declaration maps it to this. */
import type { Allowance } from "../allowance.ts";
import type { AssertionPlan } from "../assertions.ts";
import type { Pattern } from "../grants.ts";
import type { Settings } from "../widened.ts";

/** An OAuth 2.0 client: an agent or an application. */
export type ClientPlan = {
  readonly clientId: string;
  /** {@link AuthMethod}; others can be declared, and then nothing that needs the client can be proven. */
  readonly authMethod: string;
  /** Whether these settings are declared; those of the tenant are taken otherwise. @default true */
  readonly declared?: boolean;
  /** Whether it may get tokens at all. @default true */
  readonly enabled?: boolean;
  /** Last day of an agent, `YYYY-MM-DD` in UTC. @default none */
  readonly expires?: string | undefined;
  /** Since when the tenant has it stopped, against what is declared. @default it is not */
  readonly stopped?: string | undefined;
  /** Scopes of its own. */
  readonly scopes: readonly string[];
  /** Grant types by their value in a token request. */
  readonly grantTypes: readonly string[];
  /** Lifetime of its access tokens in seconds; undefined leaves it to the realm. */
  readonly accessTokenLifetime?: number | undefined;
  /** Further settings that decide about access, by their names in `settings.ts`. @default the usual ones */
  readonly settings?: Settings | undefined;
  /** Display name of an agent, or of an application's managed application. */
  readonly name?: string | undefined;
  /** Undeclared access of an agent that somebody answers for, by privilege id. @default none */
  readonly allow?: readonly Allowance[] | undefined;
  /** `aud` of its own tokens. @default its client id */
  readonly audience?: string | undefined;
  /** Client id of who may exchange its own tokens: `may_act` names it. @default nobody */
  readonly mayAct?: string | undefined;
};

/** Whose own tokens a client may exchange, and what for. */
export type DelegatePlan = {
  readonly with: ClientPlan;
  readonly audience: string;
  readonly scopes: readonly string[];
};

/** One application that an agent may reach by token exchange. */
export type AccessPlan = {
  readonly application: ClientPlan;
  /** Scopes that the agent may get; `all` stands for those of the application. */
  readonly scopes: "all" | readonly string[];
  /** User names. */
  readonly subjects: readonly string[];
  /** Group names. */
  readonly subjectGroups: readonly string[];
};

/** How an agent asks a user (OpenID CIBA Core 1.0). */
export type CibaPlan = {
  /** `acr_values` of the request. */
  readonly acr: string;
  /** The journey that the realm maps the acr value to; undefined when the declaration does not say. */
  readonly journey?: string | undefined;
  /** User names that may be asked; the first one whose approval can be had is. */
  readonly users: readonly string[];
};

export type AgentPlan = ClientPlan & {
  /** The type of its profile in AM. */
  readonly type: "AIAgent" | "OAuth2Client";
  readonly pattern: Pattern;
  readonly access: readonly AccessPlan[];
  readonly ciba?: CibaPlan | undefined;
  /** @default none */
  readonly delegates?: readonly DelegatePlan[] | undefined;
};

export type Plan = {
  /** What is asserted of access. @default nothing */
  readonly assertions?: readonly AssertionPlan[] | undefined;
  /** `alpha` or `bravo`. */
  readonly realm: string;
  readonly agents: readonly AgentPlan[];
  /** The declared applications, whether an agent reaches them or not. */
  readonly applications: readonly ClientPlan[];
  /** The acr values that are declared. */
  readonly acr: readonly string[];
  /** What is known at the realm's OAuth2 provider beside that, e.g. `acr/strong`. @default nothing */
  readonly allow?: readonly Allowance[] | undefined;
};

/** Whether a client is declared as switched on. */
export const isEnabled = ({ enabled }: Pick<ClientPlan, "enabled">): boolean => enabled !== false;

/** Every client that is declared, once. */
export function declaredClients({ agents, applications }: Plan): ClientPlan[] {
  const reached = agents.flatMap(({ access }) => access.map(({ application }) => application));
  const all = [...agents, ...applications, ...reached].filter(({ declared = true }) => declared);
  return [...new Map(all.toReversed().map((one) => [one.clientId, one])).values()].toReversed();
}

/** The scopes that an access entry grants. */
export function grantedScopes({ scopes, application }: AccessPlan): readonly string[] {
  return scopes === "all" ? application.scopes : scopes;
}

/** Scopes to ask for: `openid` is no business scope and stays out where there are others. */
export function businessScopes(scopes: readonly string[]): readonly string[] {
  const business = scopes.filter((scope) => scope !== "openid");
  return business.length ? business : scopes;
}
