/** Claims that an administrator maps: which of them a token gets, and which it must have (delegation §2.3, §3). */
import { evaluate, Unknown, type Variables } from "../../../fields/pingone-expressions.ts";
import { Gap } from "../../errors.ts";
import type { Document } from "../documents.ts";
import type { PingOneRules } from "./rules.ts";

/**
 * The claims of mapped attributes; one without a value is left out.
 *
 * @param rules given where an attribute may be required; its flag is `required` here, since nobody knows its name on the wire
 * @throws {Refusal} for an attribute that is required and has no value
 * @throws {Gap} for an expression that the sandbox cannot evaluate
 */
export function mappedClaims(
  attributes: readonly Document[],
  variables: Variables,
  rules?: PingOneRules,
): Record<string, unknown> {
  const isOwn = variables.requestData.grantType === "client_credentials";
  const entries = attributes.map((attribute) => {
    const name = String(attribute.name);
    const value = claimValue(String(attribute.value), variables);
    if (attribute.required === true) {
      // Ping saw this fail for every token without a user, although the expression gives a text (delegation §1.2).
      rules?.require("requiredSubject", !(isOwn && name === "sub"));
      rules?.require("requiredClaim", value !== undefined, name);
    }
    return [name, value] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** What nobody knows the value of is not served. */
function claimValue(text: string, variables: Variables): unknown {
  try {
    return evaluate(text, variables);
  } catch (error) {
    if (error instanceof Unknown) throw new Gap(error.message);
    throw error;
  }
}
