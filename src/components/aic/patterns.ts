/** What the patterns of the declaration expand to: exactly what the documentation asks an administrator to click. Pure. */

import type { Pattern } from "../../declaration/common.ts";
import { CIBA, type GrantType, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { isPublic, omit } from "../settings.ts";
import type { AicAgent, AicApplication } from "./declaration.ts";

const grantTypesOf: Record<Pattern, readonly GrantType[]> = {
  autonomous: ["client_credentials", TOKEN_EXCHANGE],
  "on-behalf-of": [TOKEN_EXCHANGE],
  approved: ["client_credentials", CIBA],
};

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
] as const;

/** The settings of an agent: the pattern's, with what is declared laid over them. */
export function agentSettings(agent: AicAgent) {
  const { overrides, ...declared } = omit(agent, OTHERS);
  const exchanges = agent.pattern !== "approved" || (agent.access ?? []).length > 0;
  const grantTypes = [...grantTypesOf[agent.pattern], ...(exchanges ? [TOKEN_EXCHANGE] : [])];
  return {
    enabled: true,
    grantTypes: [...new Set(grantTypes)],
    authMethod: "client_secret_post" as const,
    // Said although empty, so that whatever somebody adds by hand is drift.
    ...{ scopes: [], defaultScopes: [], redirectUris: [] },
    ...declared,
    overrides: { ...(exchanges && exchangeOverrides), ...overrides },
  };
}

/** The settings of the OAuth 2.0 client behind an application. */
export function clientSettings(application: AicApplication) {
  const { name, description: _description, owners: _owners, ...declared } = omit(application, OTHERS);
  return {
    enabled: true,
    clientType: isPublic(application) ? ("Public" as const) : ("Confidential" as const),
    grantTypes: [application.type === "service" ? ("client_credentials" as const) : ("authorization_code" as const)],
    ...(isPublic(application) && { authMethod: "none" as const }),
    ...declared,
    metadata: { clientNames: [name], ...declared.metadata },
  };
}
