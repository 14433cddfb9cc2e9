/** `POST /am/oauth2/access_token`: the JWT bearer grant with which service accounts log in (aic §11.1, §11.4). */
import type { Hono } from "hono";
import { decodeJwt, errors, importJWK, type JWK, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import { issue } from "../access-tokens.ts";
import { formOf, parameter, splitScopes } from "../form.ts";
import { isObject } from "../json.ts";
import { answered } from "../oauth-dialect.ts";
import { isFirstUse } from "../replay-guard.ts";
import type { Tenant } from "../tenant.ts";
import { type LOGIN_RULES, type LoginRules, loginRules } from "./login-rules.ts";
import { oauthDialect } from "./oauth/dialect.ts";
import { audienceOrigins } from "./realms.ts";
import { OWN_ACCOUNTS } from "./service-account.ts";

const PATH = "/am/oauth2/access_token";
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/** An assertion may not be valid for longer (aic §11.1). */
const MAX_AHEAD_SECONDS = 180;
/** Where accounts are looked for: among those of the tenant first. */
const ACCOUNTS = ["managed/svcacct", OWN_ACCOUNTS];
/** Ids of assertions that were turned into a token. */
const USED = "sandbox/assertions";

/** What a login works with. */
type LoginContext = { readonly tenant: Tenant; readonly rules: LoginRules };

export function tokenEndpoint(app: Hono, tenant: Tenant): void {
  const login = { tenant, rules: loginRules(tenant) };
  app.post(PATH, (http) =>
    answered(tenant, http, oauthDialect, async () => {
      const form = await formOf(http.req);
      return {
        status: 200,
        body: await grant(
          login,
          form,
          audienceOrigins(tenant, http.req.raw).map((origin) => origin + PATH),
        ),
      };
    }),
  );
}

async function grant(login: LoginContext, form: URLSearchParams, audience: string[]): Promise<object> {
  const { tenant, rules } = login;
  rules.require("loginGrant", form.get("grant_type") === GRANT);
  rules.require("loginClient", form.get("client_id") === "service-account");
  const claims = await verifyAssertion(login, form.get("assertion") ?? "", audience);
  const issuer = String(claims.iss);
  const scopes = splitScopes(parameter(form, "scope"));
  const account = accountOf(login, issuer);
  const refused = scopes.filter((scope) => !account.scopes.some((granted) => covers(granted, scope)));
  rules.require("loginScope", refused.length === 0, refused.join(","));
  rules.require("loginWithoutScope", scopes.length > 0);
  // After the scopes: a tool asks again with the same assertion once it knows which scopes it may have.
  rules.require("assertionReplay", isFirstUse(tenant, USED, issuer, claims));
  const { token, seconds } = issue(tenant, issuer, scopes);
  return { access_token: token, scope: scopes.join(" "), token_type: "Bearer", expires_in: seconds };
}

/** `fr:idc:esv:*` covers its children `fr:idc:esv:read` … (aic §11.2). */
function covers(granted: string, scope: string): boolean {
  return granted === scope || (granted.endsWith(":*") && scope.startsWith(granted.slice(0, -1)));
}

type Account = { scopes: string[]; keys: JWK[]; active: boolean };

function accountOf({ tenant: { store }, rules }: LoginContext, id: string): Account {
  const document = ACCOUNTS.map((name) => store.get<{ body: Record<string, unknown> }>(name, id)).find(Boolean);
  if (!document) throw rules.refusal("unknownAccount");
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

async function verifyAssertion(login: LoginContext, assertion: string, audience: string[]): Promise<JWTPayload> {
  const { tenant, rules } = login;
  const claims = claimsOf(rules, assertion);
  const issuer = String(claims.iss);
  const { active, keys } = accountOf(login, issuer);
  rules.require("inactiveAccount", active);
  const currentDate = new Date(tenant.clock.now());
  const expected = { issuer, subject: issuer, audience, currentDate, requiredClaims: ["exp"] };
  const { rule, claim } = (await problemOf(assertion, keys, expected)) ?? {};
  if (rule) rules.require(rule, false, claim);
  rules.require("assertionLifetime", Number(claims.exp) * 1000 - tenant.clock.now() <= MAX_AHEAD_SECONDS * 1000);
  return claims;
}

function claimsOf(rules: LoginRules, assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch {
    throw rules.refusal("assertionFormat");
  }
}

type Problem = { readonly rule: keyof typeof LOGIN_RULES; readonly claim?: string };

/** Why no key takes the assertion; undefined when one does. */
async function problemOf(
  assertion: string,
  keys: readonly JWK[],
  expected: JWTVerifyOptions,
): Promise<Problem | undefined> {
  let problem: Problem = { rule: "assertionSignature" };
  for (const key of keys) {
    try {
      const options = { ...expected, algorithms: ["RS256", "PS256"] };
      await jwtVerify(assertion, await importJWK(key, key.alg ?? "RS256"), options);
      return undefined;
    } catch (error) {
      if (error instanceof errors.JWTExpired) problem = { rule: "assertionExpired" };
      else if (error instanceof errors.JWTClaimValidationFailed)
        problem = { rule: "assertionClaim", claim: error.claim };
    }
  }
  return problem;
}
