/** What is to be verified: the access that a declaration grants, as plain data. Whoever holds a declaration maps it to this. */
import type { Pattern } from "../grants.ts";

/** An OAuth 2.0 client: an agent or an application. */
export type ClientPlan = {
  readonly clientId: string;
  /** {@link AuthMethod}; others can be declared, and then nothing that needs the client can be proven. */
  readonly authMethod: string;
  /** Whether these settings are declared; those of the tenant are taken otherwise. @default true */
  readonly declared?: boolean;
  /** Scopes of its own. */
  readonly scopes: readonly string[];
  /** Grant types by their value in a token request. */
  readonly grantTypes: readonly string[];
  /** Lifetime of its access tokens in seconds; undefined leaves it to the realm. */
  readonly accessTokenLifetime?: number | undefined;
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
};

export type Plan = {
  /** `alpha` or `bravo`. */
  readonly realm: string;
  readonly agents: readonly AgentPlan[];
};

/** The scopes that an access entry grants. */
export function grantedScopes({ scopes, application }: AccessPlan): readonly string[] {
  return scopes === "all" ? application.scopes : scopes;
}

/** Scopes to ask for: `openid` is no business scope and stays out where there are others. */
export function businessScopes(scopes: readonly string[]): readonly string[] {
  const business = scopes.filter((scope) => scope !== "openid");
  return business.length ? business : scopes;
}
