/** What the patterns of the declaration expand to: exactly what the documentation asks an administrator to click. Pure. */

import type { Pattern } from "../../declaration/shared-fields.ts";
import { CIBA, type GrantType, grantTypeOf, TOKEN_EXCHANGE, withActing } from "../../fields/grant-types.ts";
import { isPublic, omit } from "../settings.ts";
import type { AicAgent, AicApplication } from "./declaration.ts";
import { actingSettings, scriptOverrides } from "./delegation.ts";

const grantTypesOf: Record<Pattern, readonly GrantType[]> = {
  autonomous: ["client_credentials", TOKEN_EXCHANGE],
  "on-behalf-of": [TOKEN_EXCHANGE],
  approved: ["client_credentials", CIBA],
};

/** The grant types of an agent: those of its pattern, and the exchange where it reaches an application. */
export function agentGrantTypes(pattern: Pattern, hasAccess: boolean): GrantType[] {
  const exchanges = pattern !== "approved" || hasAccess;
  return [...new Set([...grantTypesOf[pattern], ...(exchanges ? [TOKEN_EXCHANGE] : [])])];
}

/** What the console preselects for an application of a type. */
export const applicationGrantTypes = (type: string): GrantType[] => [
  type === "service" ? "client_credentials" : "authorization_code",
];

/** The three switches that an agent needs for token exchange (oauth-flows §2); the rest of the block is at its default. */
const exchangeOverrides = {
  enabled: true,
  statelessTokensEnabled: true,
  acceptAudienceParametersInTokenExchangeRequests: true,
};

/** What is declared beside the settings and goes its own way. */
const OTHERS = [
  "pattern",
  "access",
  "undeclaredAccess",
  "allow",
  "type",
  "adopt",
  "protect",
  "secret",
  "ciba",
  "tools",
  "audience",
  "delegates",
] as const;

/** The settings of an agent: the pattern's, with what is declared laid over them. @param actor who acts with its tokens */
export function agentSettings(agent: AicAgent, actor?: string) {
  const { overrides, grantTypes: own, ...declared } = omit(agent, OTHERS);
  const grantTypes = agentGrantTypes(agent.pattern, (agent.access ?? []).length > 0);
  const exchanges = grantTypes.includes(TOKEN_EXCHANGE);
  return {
    ...{ enabled: true, grantTypes: own?.map(grantTypeOf) ?? grantTypes },
    authMethod: "client_secret_post" as const,
    // Said although empty, so that whatever somebody adds by hand is drift.
    ...{ scopes: [], defaultScopes: [], redirectUris: [] },
    ...declared,
    overrides: { ...(exchanges && exchangeOverrides), ...scriptOverrides(agent, actor), ...overrides },
  };
}

/** Where the documentation sets the grant types of a pattern. */
const grantTypeSteps: Record<Pattern, string> = {
  autonomous: "Agent, Access, Advanced: grant types (scenarios §A)",
  "on-behalf-of": "Agent, Access: grant types (scenarios §B)",
  approved: "Sign On: grant types (scenarios §C)",
};

/** Why an agent has what nobody declared: the step of the documentation, by field. */
export function agentReasons(agent: AicAgent, actor?: string): Record<string, string> {
  const byAccess =
    agent.pattern === "approved" && (agent.access ?? []).length > 0
      ? "; token exchange for its access (scenarios §A)"
      : "";
  return {
    enabled: "works, unless it is declared otherwise",
    grantTypes: grantTypeSteps[agent.pattern] + byAccess,
    authMethod: "Agent, Access, Advanced: token endpoint authentication (scenarios §A)",
    ...{ scopes: BY_HAND, defaultScopes: BY_HAND, redirectUris: BY_HAND },
    overrides:
      actor === undefined && agent.audience === undefined
        ? "Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)"
        : SCRIPTED,
  };
}

const BY_HAND = "none, so that what is added by hand is drift (decision 0004)";

const FOLLOWS = "follows from delegates (delegation §1.5)";
const SCRIPTED = "its scripts are overrides: they follow from audience, and from delegates of others (delegation §1.5)";

/** Why the client of an application has what nobody declared, by field. */
export function clientReasons({ type, delegates = [] }: AicApplication): Record<string, string> {
  const preselected = `what the console preselects for ${type}`;
  return {
    enabled: "works, unless it is declared otherwise",
    clientType: `${preselected} (RFC 6749 §2.1)`,
    grantTypes: delegates.length > 0 ? `${preselected}, and what delegates needs (delegation §1.5)` : preselected,
    authMethod: "a public client has no secret (RFC 6749 §2.1)",
    metadata: "the application's name (aic §5.2)",
    scopes: FOLLOWS,
    tokens: FOLLOWS,
    overrides: SCRIPTED,
  };
}

/** The settings of the OAuth 2.0 client behind an application. @param actor who acts with its tokens */
export function clientSettings(application: AicApplication, actor?: string) {
  const { name, description: _description, owners: _owners, grantTypes, ...declared } = omit(application, OTHERS);
  const scripted = scriptOverrides(application, actor);
  // Its own block, once in force, decides in the place of the provider's (delegation §2.2).
  const accepting = (application.delegates ?? []).length > 0 && {
    acceptAudienceParametersInTokenExchangeRequests: true,
  };
  const isOverriding = declared.overrides?.enabled === true || Object.keys(scripted).length > 0;
  return {
    enabled: true,
    clientType: isPublic(application) ? ("Public" as const) : ("Confidential" as const),
    grantTypes: grantTypes?.map(grantTypeOf) ?? withActing(applicationGrantTypes(application.type), application),
    ...(isPublic(application) && { authMethod: "none" as const }),
    ...declared,
    ...actingSettings(application),
    ...(isOverriding && { overrides: { ...accepting, ...scripted, ...declared.overrides } }),
    metadata: { clientNames: [name], ...declared.metadata },
  };
}
