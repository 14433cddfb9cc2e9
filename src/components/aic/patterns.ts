/** What the patterns of the declaration expand to: exactly what the documentation asks an administrator to click. Pure. */

import type { Pattern } from "../../declaration/schema.ts";
import type { AicAgent, AicApplication } from "./declaration.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

const grantTypesOf: Record<Pattern, readonly string[]> = {
  autonomous: ["client_credentials", TOKEN_EXCHANGE],
  "on-behalf-of": [TOKEN_EXCHANGE],
};

/** The three switches that an agent needs for token exchange (contract oauth-flows §2); the rest of the block is at its default. */
const exchangeOverrides = {
  enabled: true,
  statelessTokensEnabled: true,
  acceptAudienceParametersInTokenExchangeRequests: true,
};

/** The settings of an agent: the pattern's, with what is declared laid over them. */
export function agentSettings({ pattern, access: _access, adopt: _adopt, ...declared }: AicAgent) {
  return {
    enabled: true,
    grantTypes: [...grantTypesOf[pattern]],
    authMethod: "client_secret_post",
    ...declared,
    overrides: { ...exchangeOverrides, ...declared.overrides },
  };
}

/** Application types whose client runs where it can keep no secret. */
const PUBLIC_TYPES: readonly AicApplication["type"][] = ["spa", "native"];

/** The settings of the OAuth 2.0 client behind an application. */
export function clientSettings(application: AicApplication) {
  const { type, name, description: _description, owners: _owners, adopt: _adopt, ...declared } = application;
  const isPublic = PUBLIC_TYPES.includes(type);
  return {
    enabled: true,
    clientType: isPublic ? "Public" : "Confidential",
    grantTypes: [type === "service" ? "client_credentials" : "authorization_code"],
    ...(isPublic && { authMethod: "none" }),
    ...declared,
    metadata: { clientNames: [name], ...declared.metadata },
  };
}
