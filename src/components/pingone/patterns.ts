/** What the patterns of the declaration expand to on PingOne. Pure. */

import type { PingOnePattern } from "../../declaration/shared-fields.ts";
import { CIBA, type GrantType, grantTypeOf, TOKEN_EXCHANGE, withActing } from "../../fields/grant-types.ts";
import { named } from "../../named.ts";
import { isPublic, omit } from "../settings.ts";
import type { PingOneAgent, PingOneApplication, PingOneDeclaration } from "./declaration.ts";

/** An agent on behalf of a user needs a token of its own as well: the actor token of the exchange (RFC 8693 §2.1). */
const grantTypesOf: Record<PingOnePattern, readonly GrantType[]> = {
  autonomous: ["client_credentials"],
  "on-behalf-of": ["client_credentials", TOKEN_EXCHANGE],
  approved: [CIBA],
  "signs-users-in": ["authorization_code", "refresh_token", "client_credentials", TOKEN_EXCHANGE],
};

/** The grant types of an agent. */
export const agentGrantTypes = (pattern: PingOnePattern): GrantType[] => [...grantTypesOf[pattern]];

/** What the console preselects for an application of a type. */
export const applicationGrantTypes = (type: string): GrantType[] => [
  type === "service" ? "client_credentials" : "authorization_code",
];

/** What is declared beside the settings and goes its own way. */
const OTHERS = [
  "pattern",
  "actsForUsersOf",
  "delegates",
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
    grantTypes: grantTypes?.map(grantTypeOf) ?? withActing(agentGrantTypes(agent.pattern), agent),
    authMethod: "client_secret_basic",
    // Said although empty, so that whatever somebody adds by hand is drift.
    ...{ redirectUris: [], responseTypes: [] },
    ...(agent.pattern === "signs-users-in" && { responseTypes: ["code"] }),
    ...declared,
    ...(agent.pattern === "signs-users-in" && { authorization: { pkce: "s256_required", ...agent.authorization } }),
  };
}

const BY_HAND = "none, so that what is added by hand is drift (decision 0004)";

const grantTypeReasons: Record<PingOnePattern, string> = {
  autonomous: "a token of its own (pingone §4.2)",
  "on-behalf-of": "the exchange, and a token of its own as its actor token (pingone §5.6, RFC 8693 §2.1)",
  approved: "CIBA needs no more on the agent (pingone §5.9)",
  "signs-users-in":
    "the sign-on and its refresh, the exchange, and a token of its own as its actor token (delegation §1.1)",
};

const EXCHANGES = "what it delegates takes the exchange and an actor token of its own (delegation §1)";

/** Why an agent has what nobody declared, by field. */
export const agentReasons = ({ pattern, delegates = [] }: PingOneAgent): Record<string, string> => ({
  ...(pattern === "signs-users-in" && {
    authorization: "a code that somebody else caught is of no use to him (RFC 7636)",
  }),
  enabled: "works, unless it is declared otherwise",
  grantTypes: delegates.length > 0 ? `${grantTypeReasons[pattern]}; ${EXCHANGES}` : grantTypeReasons[pattern],
  authMethod: "what the console has for agents (pingone §4.2)",
  redirectUris: BY_HAND,
  responseTypes: pattern === "signs-users-in" ? "the code of the sign-on (RFC 6749 §4.1)" : BY_HAND,
});

/** Why an application has what nobody declared, by field. */
export function applicationReasons({ type, delegates = [] }: PingOneApplication): Record<string, string> {
  const preselected = `what the console preselects for ${type}`;
  return {
    enabled: "works, unless it is declared otherwise",
    grantTypes: delegates.length > 0 ? `${preselected}; ${EXCHANGES}` : preselected,
    responseTypes: preselected,
    authMethod: isPublic({ type }) ? "a public client has no secret (RFC 6749 §2.1)" : preselected,
    authorization: "a public client proves itself by PKCE (RFC 7636)",
  };
}

/** The settings of an application: what the console preselects for its type, with what is declared laid over them. */
export function applicationSettingsOf(application: PingOneApplication) {
  const isService = application.type === "service";
  const { grantTypes, ...declared } = omit(application, OTHERS);
  return {
    enabled: true,
    grantTypes: grantTypes?.map(grantTypeOf) ?? withActing(applicationGrantTypes(application.type), application),
    responseTypes: isService ? [] : ["code"],
    authMethod: isPublic(application) ? "none" : "client_secret_basic",
    ...declared,
    ...(isPublic(application) && { authorization: { pkce: "s256_required", ...application.authorization } }),
  };
}

type Policy = NonNullable<PingOneDeclaration["signOnPolicies"]>[string];

/** A policy as its kind takes it: agreements by their names. */
export function policyProps(policy: Omit<Policy, "protect">, agreements: PingOneDeclaration["agreements"] = {}) {
  const actions = policy.actions.map((action) =>
    action.type === "agreement"
      ? { ...action, agreement: named(agreements, action.agreement)?.name ?? action.agreement }
      : action,
  );
  return { ...policy, actions };
}
