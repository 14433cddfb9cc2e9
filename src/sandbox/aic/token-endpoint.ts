/** `POST /am/oauth2/access_token`: the JWT bearer grant with which service accounts log in (aic §11.1, §11.4). */
import type { Hono } from "hono";
import { decodeJwt, errors, importJWK, type JWK, type JWTPayload, jwtVerify } from "jose";
import { issue } from "../access-tokens.ts";
import { formOf, parameter, splitScopes } from "../form.ts";
import { respond } from "../http.ts";
import { isObject } from "../json.ts";
import { isFirstUse } from "../replay-guard.ts";
import { OWN_ACCOUNTS, originOf, type Tenant } from "../tenant.ts";

const PATH = "/am/oauth2/access_token";
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/** An assertion may not be valid for longer (aic §11.1). */
const MAX_AHEAD_SECONDS = 180;
/** Where accounts are looked for: among those of the tenant first. */
const ACCOUNTS = ["managed/svcacct", OWN_ACCOUNTS];
/** Ids of assertions that were turned into a token. */
const USED = "sandbox/assertions";

/** An OAuth error (RFC 6749 section 5.2). */
class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

export function tokenEndpoint(app: Hono, tenant: Tenant): void {
  app.post(PATH, async (context) => {
    try {
      const form = await formOf(context.req);
      const answer = await grant(tenant, form, originOf(context.req.raw) + PATH);
      return respond(context, { status: 200, body: answer });
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      const body = { error_description: error.message, error: error.error };
      return respond(context, { status: 400, body });
    }
  });
}

async function grant(tenant: Tenant, form: URLSearchParams, audience: string): Promise<object> {
  if (form.get("grant_type") !== GRANT) throw new OAuthError("unsupported_grant_type", "Grant type is not supported");
  if (form.get("client_id") !== "service-account")
    throw new OAuthError("invalid_client", "Client authentication failed");
  const claims = await verifyAssertion(tenant, form.get("assertion") ?? "", audience);
  const issuer = String(claims.iss);
  const scopes = splitScopes(parameter(form, "scope"));
  const account = accountOf(tenant, issuer);
  const refused = scopes.filter((scope) => !account.scopes.some((granted) => covers(granted, scope)));
  if (refused.length)
    throw new OAuthError("invalid_scope", `Unsupported scope for service account: ${refused.join(",")}`);
  if (!scopes.length) throw new OAuthError("invalid_scope", "No scope requested");
  // After the scopes: a tool asks again with the same assertion once it knows which scopes it may have.
  if (!isFirstUse(tenant, USED, issuer, claims)) throw new OAuthError("invalid_grant", "JWT was used before");
  const { token, seconds } = issue(tenant, issuer, scopes);
  return { access_token: token, scope: scopes.join(" "), token_type: "Bearer", expires_in: seconds };
}

/** `fr:idc:esv:*` covers its children `fr:idc:esv:read` … (aic §11.2). */
function covers(granted: string, scope: string): boolean {
  return granted === scope || (granted.endsWith(":*") && scope.startsWith(granted.slice(0, -1)));
}

type Account = { scopes: string[]; keys: JWK[]; active: boolean };

function accountOf({ store }: Tenant, id: string): Account {
  const document = ACCOUNTS.map((name) => store.get<{ body: Record<string, unknown> }>(name, id)).find(Boolean);
  if (!document) throw new OAuthError("invalid_grant", "Unknown JWT issuer");
  const { scopes, jwks, accountStatus } = document.body;
  return {
    scopes: Array.isArray(scopes) ? scopes.map(String) : [],
    keys: keysOf(jwks),
    active: accountStatus === undefined || String(accountStatus).toLowerCase() === "active",
  };
}

/** The keys of an account; `jwks` is a JSON string (aic §11.3). */
function keysOf(jwks: unknown): JWK[] {
  try {
    const parsed: unknown = typeof jwks === "string" ? JSON.parse(jwks) : jwks;
    return isObject(parsed) && Array.isArray(parsed.keys) ? parsed.keys.filter(isObject) : [];
  } catch {
    return [];
  }
}

async function verifyAssertion(tenant: Tenant, assertion: string, audience: string): Promise<JWTPayload> {
  const issuer = unverifiedIssuer(assertion);
  const account = accountOf(tenant, issuer);
  if (!account.active) throw new OAuthError("invalid_grant", "Service account is not active");
  const currentDate = new Date(tenant.clock.now());
  const expected = { issuer, subject: issuer, audience, currentDate, algorithms: ["RS256", "PS256"] };
  let failure = "JWT signature is invalid";
  for (const key of account.keys) {
    try {
      const { payload } = await jwtVerify(assertion, await importJWK(key, key.alg ?? "RS256"), {
        ...expected,
        requiredClaims: ["exp"],
      });
      if (Number(payload.exp) * 1000 - tenant.clock.now() > MAX_AHEAD_SECONDS * 1000) {
        throw new OAuthError("invalid_grant", "JWT expiration time is unreasonable");
      }
      return payload;
    } catch (error) {
      if (error instanceof OAuthError) throw error;
      if (error instanceof errors.JWTExpired) failure = "JWT has expired";
      else if (error instanceof errors.JWTClaimValidationFailed)
        failure = `JWT claim "${error.claim}" is not acceptable`;
    }
  }
  throw new OAuthError("invalid_grant", failure);
}

function unverifiedIssuer(assertion: string): string {
  try {
    return String(decodeJwt(assertion).iss);
  } catch {
    throw new OAuthError("invalid_request", "The assertion is not a JWT");
  }
}
