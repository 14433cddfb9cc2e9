/** What a script may be sent as, and as what it is kept (delegation §4). Pure functions. */
import { ApiError, Gap } from "../../errors.ts";
import { type JsonObject, without } from "../../json.ts";

/** What a write needs, each with what is said where it is missing. */
const REQUIRED = {
  name: "Script name must be specified",
  context: "Script type must be specified",
  language: "Scripting language must be specified",
  script: "A script must be specified",
};

/** What only the server sets; a write may carry it and does not change it. */
const SERVER_SET = ["_id", "_rev", "default", "createdBy", "creationDate", "lastModifiedBy", "lastModifiedDate"];

/** Contexts of which some have a next-generation twin: another context, by this ending. */
const CONTEXTS: Readonly<Record<string, "_NEXT_GEN" | "_NEXTGEN" | undefined>> = {
  AUTHENTICATION_CLIENT_SIDE: undefined,
  AUTHENTICATION_SERVER_SIDE: undefined,
  AUTHENTICATION_TREE_DECISION_NODE: undefined,
  CACHE_LOADER: undefined,
  CONFIG_PROVIDER_NODE: "_NEXT_GEN",
  DEVICE_MATCH_NODE: undefined,
  LIBRARY: undefined,
  NODE_DESIGNER: undefined,
  OAUTH2_ACCESS_TOKEN_MODIFICATION: "_NEXT_GEN",
  OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER: "_NEXT_GEN",
  OAUTH2_DYNAMIC_CLIENT_REGISTRATION: undefined,
  OAUTH2_EVALUATE_SCOPE: "_NEXT_GEN",
  OAUTH2_MAY_ACT: "_NEXT_GEN",
  OAUTH2_SCRIPTED_JWT_ISSUER: "_NEXT_GEN",
  OAUTH2_VALIDATE_SCOPE: "_NEXT_GEN",
  OIDC_CLAIMS: "_NEXT_GEN",
  OIDC_NODE: undefined,
  PINGONE_VERIFY_COMPLETION_DECISION_NODE: undefined,
  POLICY_CONDITION: "_NEXT_GEN",
  SAML2_IDP_ADAPTER: "_NEXTGEN",
  SAML2_IDP_ATTRIBUTE_MAPPER: "_NEXT_GEN",
  SAML2_NAMEID_MAPPER: undefined,
  SAML2_SP_ACCOUNT_MAPPER: undefined,
  SAML2_SP_ADAPTER: "_NEXTGEN",
  SCRIPTED_DECISION_NODE: undefined,
  SOCIAL_IDP_PROFILE_TRANSFORMATION: "_NEXT_GEN",
  SOCIAL_PROVIDER_HANDLER_NODE: undefined,
};
const NEXT_GENERATION = Object.entries(CONTEXTS).flatMap(([context, ending]) => (ending ? [context + ending] : []));

/** Contexts that are kept under another name. */
const KEPT_AS: Readonly<Record<string, string>> = { SCRIPTED_DECISION_NODE: "AUTHENTICATION_TREE_DECISION_NODE" };

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The script as it is kept, without id, authors and dates.
 * @param isDefault whether the script is one of those that AM brings along, which a write does not change
 * @throws {ApiError} 400 for what is known to be refused; what nobody knows is a {@link Gap}
 */
export function scriptBody(given: JsonObject, isDefault: boolean): JsonObject {
  for (const [field, message] of Object.entries(REQUIRED)) {
    if (given[field] === undefined || given[field] === null) throw new ApiError(400, message);
  }
  const { name, description = null, script, language, context, evaluatorVersion, ...rest } = given;
  const unknown = Object.keys(without(rest, ...SERVER_SET));
  if (unknown.length > 0) throw new Gap(`the attribute ${unknown[0]} of a script`);
  if (typeof name !== "string" || name === "") throw new Gap("a script name that is no text");
  if (description !== null && typeof description !== "string") throw new Gap("a description that is no text");
  if (language !== "JAVASCRIPT" && language !== "GROOVY") throw new Gap(`the scripting language ${language}`);
  if (typeof script !== "string" || !BASE64.test(script)) throw new Gap("a script that is no base64");
  const type = String(context);
  if (!Object.hasOwn(CONTEXTS, type) && !NEXT_GENERATION.includes(type)) {
    throw new ApiError(400, `Script type not recognised: ${type}`);
  }
  const engine = engineOf(type, evaluatorVersion ?? "1.0");
  const kept = { language, context: KEPT_AS[type] ?? type, evaluatorVersion: engine };
  return { name, description, script, default: isDefault, ...kept };
}

/** The context decides the engine where it has a twin; elsewhere both are possible. */
function engineOf(context: string, version: unknown): string {
  if (version !== "1.0" && version !== "2.0") throw new Gap(`the engine ${version} of a script`);
  if (CONTEXTS[context]) return "1.0";
  if (version === "1.0" && NEXT_GENERATION.includes(context)) throw new Gap(`a script of ${context} in the old engine`);
  return version;
}
