/** Every documented property of an application, its type and range, and the rules between them (pingone §4.2, §4.4). */
import { z } from "zod";
import { isObject, type JsonObject, sectionOf } from "../json.ts";
import { detailsOf } from "./body.ts";
import { type Detail, type Evidence, invalidData } from "./dialect.ts";

const word = (...values: [string, ...string[]]) => z.enum(values);
const words = (...values: [string, ...string[]]) => z.array(z.enum(values));
const reference = z.looseObject({ id: z.string() });
const noFragment = z.url().refine((url) => !url.includes("#"), "must have no fragment");
/** http only on the machine itself. */
const httpsOrLocal = z.url().refine((url) => {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || hostname === "localhost" || hostname === "127.0.0.1";
}, "must be https");

/** An origin without a path; one wildcard, in a label of a subdomain. */
function isOrigin(text: string): boolean {
  const [, host = ""] = /^https?:\/\/([^/]+)$/.exec(text) ?? [];
  const labels = host.split(".");
  const wildcards = host.split("*").length - 1;
  return host !== "" && wildcards <= 1 && !labels.slice(-2).some((label) => label.includes("*"));
}

const secondsFrom = (least: number, most: number) => z.int().min(least).max(most);
const REFRESH_RANGE = [60, 2_147_483_647] as const;

/** Kinds of OIDC application. An environment may know more; a strict decoder breaks on them, which is not ours to test here. */
const TYPES = ["AI_AGENT", "WEB_APP", "NATIVE_APP", "SINGLE_PAGE_APP", "SERVICE", "CUSTOM_APP", "WORKER"] as const;

const PROPERTIES: Readonly<Record<string, z.ZodType>> = {
  name: z.string().min(1),
  description: z.string(),
  enabled: z.boolean(),
  type: z.enum(TYPES),
  protocol: z.literal("OPENID_CONNECT"),
  assignActorRoles: z.boolean(),
  icon: z.looseObject({ id: z.string(), href: z.string() }),
  hiddenFromAppPortal: z.boolean(),
  accessControl: z.looseObject({
    role: z.looseObject({ type: z.literal("ADMIN_USERS_ONLY") }).optional(),
    group: z.looseObject({ type: word("ANY_GROUP", "ALL_GROUPS"), groups: z.array(reference).min(1) }).optional(),
  }),
  responseTypes: words("CODE", "TOKEN", "ID_TOKEN"),
  grantTypes: words(
    ...(["AUTHORIZATION_CODE", "IMPLICIT", "CLIENT_CREDENTIALS", "CIBA"] as [string, ...string[]]),
    ...["DEVICE_CODE", "REFRESH_TOKEN", "TOKEN_EXCHANGE"],
  ),
  pkceEnforcement: word("OPTIONAL", "REQUIRED", "S256_REQUIRED"),
  tokenEndpointAuthMethod: word(
    ...(["NONE", "CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST"] as [string, ...string[]]),
    ...["CLIENT_SECRET_JWT", "PRIVATE_KEY_JWT"],
  ),
  jwks: z.string().refine(isJsonText, "must be a JSON document as text"),
  jwksUrl: z.url({ protocol: /^https$/ }),
  redirectUris: z.array(noFragment),
  allowWildcardInRedirectUris: z.boolean(),
  postLogoutRedirectUris: z.array(z.url()),
  initiateLoginUri: httpsOrLocal,
  targetLinkUri: z.url(),
  homePageUrl: z.url(),
  loginPageUrl: z.url(),
  refreshTokenType: word("OPAQUE_TOKEN", "JSON_WEB_TOKEN"),
  refreshTokenDuration: secondsFrom(...REFRESH_RANGE),
  refreshTokenRollingDuration: secondsFrom(...REFRESH_RANGE),
  refreshTokenRollingGracePeriodDuration: secondsFrom(0, 86_400),
  additionalRefreshTokenReplayProtectionEnabled: z.boolean(),
  parRequirement: word("OPTIONAL", "REQUIRED"),
  parTimeout: secondsFrom(1, 600),
  requireSignedRequestObject: z.boolean(),
  supportUnsignedRequestObject: z.boolean(),
  includeX5t: z.boolean(),
  includeTyp: z.boolean(),
  opSessionCheckEnabled: z.boolean(),
  requestScopesForMultipleResourcesEnabled: z.boolean(),
  idpSignoff: z.boolean(),
  corsSettings: z.looseObject({
    behavior: word("ALLOW_SPECIFIC_ORIGINS", "ALLOW_NO_ORIGINS"),
    origins: z
      .array(z.string().refine(isOrigin, "must be an origin, with a wildcard in a subdomain at most"))
      .optional(),
  }),
  devicePathId: z.string().regex(/^[a-zA-Z0-9_-]{1,50}$/),
  deviceCustomVerificationUri: z.url(),
  deviceTimeout: secondsFrom(1, 3_600),
  devicePollingInterval: secondsFrom(1, 60),
  signing: z.looseObject({ keyRotationPolicy: reference }),
};

/** The environment's default key-rotation policy, which an application falls back to (pingone §4.2). */
export const DEFAULT_KEY_POLICY = { keyRotationPolicy: { id: "99999999-9999-4999-8999-999999999999" } };

/** The mapping that every application has from creation (pingone §5.5). */
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of PingOne
export const SUB = { name: "sub", value: "${user.id}", required: true, mappingType: "CORE" };

/** What the recorded minimal application shows although nobody sent it. */
export const DEFAULTS: JsonObject = {
  enabled: false,
  hiddenFromAppPortal: false,
  pkceEnforcement: "OPTIONAL",
  requestScopesForMultipleResourcesEnabled: false,
  idpSignoff: false,
  additionalRefreshTokenReplayProtectionEnabled: true,
  parRequirement: "OPTIONAL",
  parTimeout: 60,
  deviceTimeout: 600,
  devicePollingInterval: 5,
  signing: DEFAULT_KEY_POLICY,
};

type Rule = { readonly evidence: Evidence; readonly target: string; readonly broken: (body: JsonObject) => boolean };

const has = (body: JsonObject, list: string, value: string) =>
  Array.isArray(body[list]) && (body[list] as unknown[]).includes(value);
const cors = (body: JsonObject) => sectionOf(body, "corsSettings");
const origins = (body: JsonObject) => (Array.isArray(cors(body).origins) ? (cors(body).origins as unknown[]) : []);

/** Rules between properties, in the order of pingone §4.4. */
const RULES: readonly Rule[] = [
  {
    evidence: "D",
    target: "supportUnsignedRequestObject",
    broken: (body) => body.requireSignedRequestObject === true && body.supportUnsignedRequestObject === true,
  },
  {
    evidence: "D",
    target: "jwks",
    broken: (body) =>
      body.tokenEndpointAuthMethod === "PRIVATE_KEY_JWT" && (body.jwks === undefined) === (body.jwksUrl === undefined),
  },
  {
    evidence: "D",
    target: "refreshTokenDuration",
    broken: (body) => Number(body.refreshTokenDuration) > Number(body.refreshTokenRollingDuration),
  },
  {
    evidence: "T",
    target: "responseTypes",
    broken: (body) => has(body, "responseTypes", "CODE") && !has(body, "grantTypes", "AUTHORIZATION_CODE"),
  },
  {
    evidence: "D",
    target: "tokenEndpointAuthMethod",
    broken: (body) =>
      body.tokenEndpointAuthMethod === "NONE" &&
      ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE", "CIBA"].some((grant) => has(body, "grantTypes", grant)),
  },
  {
    evidence: "D",
    target: "corsSettings",
    broken: (body) =>
      body.corsSettings !== undefined &&
      ((cors(body).behavior === "ALLOW_SPECIFIC_ORIGINS") !== origins(body).length > 0 || origins(body).length > 40),
  },
  {
    evidence: "D",
    target: "redirectUris",
    broken: ({ redirectUris, allowWildcardInRedirectUris }) =>
      allowWildcardInRedirectUris !== true && JSON.stringify(redirectUris ?? []).includes("*"),
  },
  { evidence: "S", target: "tokenEndpointAuthMethod", broken: (body) => body.tokenEndpointAuthMethod === undefined },
];

/**
 * Checks a body that is complete: what a read would show.
 *
 * @param known properties without documentation that this environment has
 * @throws {PingOneError} 400 `INVALID_DATA` with all that is wrong
 */
export function checkApplication(body: JsonObject, known: ReadonlySet<string>): void {
  const details: Detail[] = [];
  let evidence: Evidence = "D";
  for (const [key, value] of Object.entries(body)) {
    const schema = PROPERTIES[key];
    if (schema) details.push(...detailsOf(key, schema.safeParse(value)));
    else if (!known.has(key)) {
      evidence = "U";
      details.push({
        code: "INVALID_VALUE",
        target: key,
        message: "nobody knows what PingOne does with this property",
      });
    }
  }
  for (const name of ["name", "type", "protocol"]) {
    if (body[name] === undefined) details.push({ code: "REQUIRED_VALUE", target: name, message: "is required" });
  }
  const broken = RULES.find((rule) => rule.broken(body));
  if (broken && details.length === 0) {
    evidence = broken.evidence;
    details.push({ code: "INVALID_VALUE", target: broken.target, message: "does not go with the other properties" });
  }
  if (details.length) throw invalidData(evidence, details);
}

function isJsonText(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}
