/** What the patterns of the declaration expand to on PingOne. Pure. */

import type { Pattern } from "../../declaration/common.ts";
import { CIBA, type GrantType, grantTypeOf, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { isPublic, omit } from "../settings.ts";
import type { PingOneAgent, PingOneApplication } from "./declaration.ts";

/** An agent on behalf of a user needs a token of its own as well: the actor token of the exchange (RFC 8693 §2.1). */
const grantTypesOf: Record<Pattern, readonly GrantType[]> = {
  autonomous: ["client_credentials"],
  "on-behalf-of": ["client_credentials", TOKEN_EXCHANGE],
  approved: [CIBA],
};

/** The grant types of an agent. */
export const agentGrantTypes = (pattern: Pattern): GrantType[] => [...grantTypesOf[pattern]];

/** What the console preselects for an application of a type. */
export const applicationGrantTypes = (type: string): GrantType[] => [
  type === "service" ? "client_credentials" : "authorization_code",
];

/** What is declared beside the settings and goes its own way. */
const OTHERS = [
  "pattern",
  "actsForUsersOf",
  "type",
  "access",
  "policies",
  "claims",
  "secret",
  "owners",
  "adopt",
  "protect",
  "undeclaredAccess",
  "allow",
  "tools",
] as const;

/** The settings of an agent: the pattern's, with what is declared laid over them. */
export function agentSettings(agent: PingOneAgent) {
  const { grantTypes, ...declared } = omit(agent, OTHERS);
  return {
    enabled: true,
    grantTypes: grantTypes?.map(grantTypeOf) ?? agentGrantTypes(agent.pattern),
    authMethod: "client_secret_basic",
    // Said although empty, so that whatever somebody adds by hand is drift.
    ...{ redirectUris: [], responseTypes: [] },
    ...declared,
  };
}

/** The settings of an application: what the console preselects for its type, with what is declared laid over them. */
export function applicationSettingsOf(application: PingOneApplication) {
  const isService = application.type === "service";
  const { grantTypes, ...declared } = omit(application, OTHERS);
  return {
    enabled: true,
    grantTypes: grantTypes?.map(grantTypeOf) ?? applicationGrantTypes(application.type),
    responseTypes: isService ? [] : ["code"],
    authMethod: isPublic(application) ? "none" : "client_secret_basic",
    ...(isPublic(application) && { authorization: { pkce: "s256_required", ...application.authorization } }),
    ...declared,
  };
}

/**
 * The claim `act` of an exchanged token: the agent, when the subject's token allows it and the actor is the agent. A third
 * party saw this expression at work on a tenant; PingOne documents the variables (pingone §5.6).
 */
export const ACT_EXPRESSION = [
  "$", // not a template
  "{(#root.context.requestData.actorToken != null",
  " and #root.context.requestData.subjectToken.may_act != null",
  " and #root.context.requestData.subjectToken.may_act.sub == #root.context.requestData.actorToken.client_id)",
  " ? #root.context.requestData.subjectToken.may_act : null}",
].join("");
