/** What the patterns of agents need of an AIC realm, where the declaration says what the realm offers. Pure. */

import { CIBA, type GrantType, grantTypes, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { list, mapping, mappings, type Rule } from "./rule.ts";

/** Grant types that a realm need not offer by itself, each by the name that a declaration gives it. */
const NAMES = { [TOKEN_EXCHANGE]: "token_exchange", [CIBA]: "ciba" } as const;

/** What an agent of a pattern cannot do without. */
const needs = (pattern: unknown, hasAccess: boolean): GrantType[] => [
  ...(pattern === "approved" ? [CIBA] : []),
  // Who reaches nothing has nothing to exchange a token for.
  ...(hasAccess ? [TOKEN_EXCHANGE] : []),
];

/** Where `provider` lists grant types or acr values, those are there that the agents need. */
export const aicProvider: Rule = ({ provider, agents }, refuse) => {
  if (provider === undefined) return;
  const { grantTypes: listed, acr } = mapping(provider);
  const offered = grantTypes.safeParse(listed).data;
  for (const [id, { pattern, access, grantTypes: own, idToken }] of mappings(agents)) {
    const wanted = grantTypes.safeParse(own).data ?? needs(pattern, list(access).length > 0);
    for (const type of wanted) {
      const name = NAMES[type as keyof typeof NAMES];
      if (name && offered && !offered.includes(type))
        refuse(["agents", id], `needs the grant type ${name}: add it to provider.grantTypes`);
    }
    const isAsked = list(mapping(idToken).defaultAcrValues).length > 0;
    if (pattern === "approved" && Object.keys(mapping(acr)).length === 0 && !isAsked)
      refuse(["agents", id], "asks users by the journey of an acr value: add one to provider.acr");
  }
};
