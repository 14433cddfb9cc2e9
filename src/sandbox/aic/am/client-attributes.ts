/** Which attributes agents and clients have, what a create fills in, and which values are refused (aic §2.3, §5.1). */

import { Gap } from "../../errors.ts";
import { isObject, type JsonObject, typeName } from "../../json.ts";
import defaults from "../documents/client-defaults.json" with { type: "json" };
import { invalidAttribute, invalidValue } from "./dialect.ts";
import { isWrapper, PLAIN_SECTION, queryOnly, SECRET_MARKER, unwrap } from "./representation.ts";

/** The types of agents that can get tokens. */
export type AgentType = "AIAgent" | "OAuth2Client";

export const AGENT_TYPES: Readonly<Record<AgentType, JsonObject>> = {
  AIAgent: { _id: "AIAgent", name: "AI Agents", collection: true },
  OAuth2Client: { _id: "OAuth2Client", name: "OAuth2 Clients", collection: true },
};

export function isClientType(type: string): type is AgentType {
  return Object.hasOwn(AGENT_TYPES, type);
}

/** The identity of an agent, beside the sections. */
export const IDENTITY = "aiAgentIdentityAttributes";
export const IDENTITY_UID = "aiAgentIdentityUid";

/** Attributes that AI agents had first; no recorded OAuth 2.0 client shows them (aic §5.1). */
const AGENT_ONLY = [
  "tlsCaSecretLabelIdentifier",
  "tlsClientCertificateChainValidationEnabled",
  "useTokenIntrospectionClaimForJWT",
];

const SECTIONS: Readonly<Record<string, JsonObject>> = defaults;

/** A body of a create with every attribute that it lacks. Nothing of the kind happens on update. */
export function filledIn(type: AgentType, body: JsonObject): JsonObject {
  const sections = Object.entries(SECTIONS).map(([section, attributes]) => {
    const given = isObject(body[section]) ? body[section] : {};
    const own = Object.entries(attributes).filter(([name]) => type === "AIAgent" || !AGENT_ONLY.includes(name));
    return [section, { ...Object.fromEntries(own), ...given }];
  });
  return { ...body, ...Object.fromEntries(sections) };
}

/**
 * Checks a write.
 * @param before the stored object; attributes that it has are known to the tenant
 * @throws {ApiError} 400 for members that are no section and for values of a wrong type; a gap for unknown attributes
 */
export function validate(
  type: AgentType,
  body: JsonObject,
  before: JsonObject | undefined,
  knowsScript: (id: string) => boolean,
): void {
  const members = [...Object.keys(SECTIONS), ...(type === "AIAgent" ? [IDENTITY, IDENTITY_UID] : [])];
  for (const [key, value] of Object.entries(body)) {
    if (key === "_id" || key === "_type") continue;
    if (!members.includes(key)) throw invalidAttribute(members);
    const attributes = SECTIONS[key];
    if (!attributes) continue;
    if (!isObject(value)) throw invalidValue(titleOf(key));
    const known = isObject(before?.[key]) ? before[key] : {};
    for (const [name, inner] of Object.entries(value)) validateAttribute(key, name, inner, attributes, known);
  }
  validateScripts(body, before, knowsScript);
}

function validateAttribute(
  section: string,
  name: string,
  given: unknown,
  attributes: JsonObject,
  known: JsonObject,
): void {
  if (isWrapper(given) && given.inherited) throw new Gap("inherited attributes (aic §12.4)");
  const value = unwrap(given);
  if (queryOnly(section).includes(name)) {
    if (value !== null) throw new Gap(`${name} other than null (aic §12.4)`);
    return;
  }
  if (name === SECRET_MARKER) {
    if (value !== null && typeof value !== "string") throw invalidValue("Client secret");
    return;
  }
  if (!(name in attributes) && !(name in known)) throw new Gap(`the unknown attribute ${section}.${name} (aic §12.3)`);
  const expected = attributes[name];
  if (expected === undefined || expected === null || value === null) return;
  const isPlaceholder = typeof value === "string" && value.startsWith("&{");
  const types = [typeName(expected), typeName(unwrap(known[name]))];
  if (!types.includes(typeName(value)) && !isPlaceholder) throw invalidValue(titleOf(name));
}

/** A script that an attribute newly names must exist (aic §5.1). */
function validateScripts(body: JsonObject, before: JsonObject | undefined, knowsScript: (id: string) => boolean): void {
  const section = body[PLAIN_SECTION];
  const known = before?.[PLAIN_SECTION];
  if (!isObject(section)) return;
  for (const [name, given] of Object.entries(section)) {
    const script = unwrap(given);
    if (!name.endsWith("Script") || typeof script !== "string" || script === "[Empty]") continue;
    const isNew = !isObject(known) || known[name] !== script;
    if (isNew && !knowsScript(script)) throw invalidValue(titleOf(name));
  }
}

/** `oidcClaimsScript` is shown as `OIDC Claims Script`. */
function titleOf(attribute: string): string {
  return attribute
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/^[a-z]/, (letter) => letter.toUpperCase())
    .replace(/\b(Oidc|Oauth2|Uri|Jwks|Jwt)\b/g, (word) => word.toUpperCase());
}
