/** Tokens of an environment: JWT access tokens for resources, ID tokens, and how they are read again. */
import { createHash, randomUUID } from "node:crypto";
import { decodeJwt, type JWK, type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { Variables } from "../../../fields/pingone-expressions.ts";
import { secondsNow } from "../../clock.ts";
import { publicKeys, signingKey } from "../../signing-keys.ts";
import type { Store } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import { type Document, listed } from "../documents.ts";
import { ORGANIZATION_ID, pingOneIdentity } from "../environment-settings.ts";
import { mappedClaims } from "./claims.ts";
import { type Granted, isCustom } from "./clients.ts";
import type { EnvironmentContext } from "./context.ts";
import type { SignOn } from "./sign-on.ts";

/** Environment-wide RSA key; which key-rotation policy signs is not emulated. */
const ALGORITHM = "RS256";
/** Lifetime of an ID token and of a token for PingOne's own API: nobody knows a property for either (pingone §8 G1). */
const FIXED_LIFETIME_S = 3_600;
const API_AUDIENCE = "https://api.pingone.com";

/** What a token is issued for. */
export type Issue = {
  readonly client: Document;
  readonly grants: readonly Granted[];
  /** As the request says it. */
  readonly grantType: string;
  /** The requested scope, as the request says it. */
  readonly scope: string | undefined;
  readonly user: Document | undefined;
  readonly signOn?: SignOn | undefined;
  /** Of the authorization request; the ID token repeats it (OpenID Connect Core §2). */
  readonly nonce?: string | undefined;
  /** Claims of the verified tokens of an exchange. */
  readonly subjectToken?: JWTPayload | undefined;
  readonly actorToken?: JWTPayload | undefined;
};

/**
 * Issues an access token. Its resources decide lifetime, audience and claims, `sub` among them (pingone §5.3, delegation
 * §2.3); what an exchange brings does not outlive its subject token (delegation §1.1).
 *
 * @throws {Refusal} when a claim that is required has no value
 */
export async function issueAccessToken(context: EnvironmentContext, issue: Issue) {
  const { tenant, issuer, rules } = context;
  const { client, grants, user, signOn, subjectToken } = issue;
  const resources = grants.filter(isCustom).map(({ resource }) => resource);
  const attributes = resources.flatMap(({ id }) => listed(tenant.store, `resources/${id}/attributes`));
  const hasSub = attributes.some(({ name }) => name === "sub");
  const lifetimes = resources.map((resource) => Number(resource.accessTokenValiditySeconds ?? FIXED_LIFETIME_S));
  const now = secondsNow(tenant);
  const mayLast = now + (lifetimes.length ? Math.min(...lifetimes) : FIXED_LIFETIME_S);
  const expiry = Math.min(mayLast, subjectToken?.exp ?? mayLast);
  const scope = grants.flatMap(({ scopes }) => scopes).join(" ");
  const id = randomUUID();
  const { environmentId } = pingOneIdentity(tenant.store);
  const claims = {
    ...(user && !hasSub && { sub: user.id }),
    ...mappedClaims(attributes, variablesOf(tenant, issue), rules),
    ...signOn,
    ...(user && { "p1.userId": user.id }),
    ...{ iss: issuer, client_id: client.id, scope, iat: now, exp: expiry, jti: id, "p1.rid": id },
    aud: resources.length ? resources.map(({ audience }) => String(audience)) : [API_AUDIENCE],
    ...{ env: environmentId, org: ORGANIZATION_ID },
  };
  const token = await sign(tenant, client, claims, client.includeTyp === true ? { typ: "at+jwt" } : {});
  return { id, token, scope, lifetime: expiry - now };
}

/** Issues an ID token with the application's attribute mappings (pingone §5.5). */
export async function issueIdToken({ tenant, issuer }: EnvironmentContext, issue: Issue) {
  const { client, user, signOn, nonce, subjectToken } = issue;
  const mappings = listed(tenant.store, `applications/${client.id}/attributes`).filter(
    ({ idToken }) => idToken !== false,
  );
  const now = secondsNow(tenant);
  const expiry = Math.min(now + FIXED_LIFETIME_S, subjectToken?.exp ?? now + FIXED_LIFETIME_S);
  const id = randomUUID();
  const token = await sign(tenant, client, {
    ...mappedClaims(mappings, variablesOf(tenant, issue)),
    ...signOn,
    ...(nonce !== undefined && { nonce }),
    ...(user && { "p1.userId": user.id }),
    ...{ iss: issuer, aud: client.id, iat: now, exp: expiry, jti: id, "p1.rid": id },
    ...{ env: pingOneIdentity(tenant.store).environmentId, org: ORGANIZATION_ID },
  });
  return { token, lifetime: expiry - now };
}

function variablesOf({ store }: Tenant, issue: Issue): Variables {
  const { client, grantType, scope = null, user = null, subjectToken = null, actorToken = null } = issue;
  return {
    user,
    requestData: { grantType, scope, subjectToken, actorToken },
    appConfig: {
      ...{ clientId: client.id, tokenEndpointAuthMethod: String(client.tokenEndpointAuthMethod) },
      ...{ envId: pingOneIdentity(store).environmentId, orgId: ORGANIZATION_ID },
    },
  };
}

/** A token as it came in. A text that is no JWT has no claims. */
export type ReadToken = {
  readonly claims: JWTPayload;
  /** Whether it is a token of this environment, and has neither expired nor been revoked. */
  readonly isValid: boolean;
};

/** Reads a token without judging it. */
export async function readToken({ tenant, issuer }: EnvironmentContext, token: string): Promise<ReadToken> {
  const { verifier } = signingKey(tenant.store, ALGORITHM);
  const options = { issuer, algorithms: [ALGORITHM], currentDate: new Date(tenant.clock.now()) };
  const isValid = await jwtVerify(token, verifier, options).then(
    ({ payload }) => tenant.store.get(REVOKED, String(payload.jti)) === undefined,
    () => false,
  );
  return { claims: claimsOf(token), isValid };
}

const REVOKED = "sandbox/pingone-revoked";

/** Ends an access token before its time. A resource that only looks at the signature does not see it. */
export function revoke({ store }: Tenant, id: string): void {
  store.put(REVOKED, id, {});
}

function claimsOf(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}

/** @param header more members of the header */
function sign({ store }: Tenant, client: Document, claims: JWTPayload, header: { typ?: string } = {}): Promise<string> {
  const { key, kid } = signingKey(store, ALGORITHM);
  const x5t = client.includeX5t === true && { x5t: thumbprint(store) };
  return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid, ...x5t, ...header }).sign(key);
}

/** The public keys, the one that signs with the name that `x5t` gives it. */
export function environmentKeys({ store }: Tenant): JWK[] {
  return publicKeys(store).map((key) => (key.alg === ALGORITHM ? { ...key, x5t: thumbprint(store) } : key));
}

/** Stands for the thumbprint of a certificate (RFC 7515 §4.1.7), which the key does not have here: that of the key itself. */
function thumbprint(store: Store): string {
  const { verifier } = signingKey(store, ALGORITHM);
  const spki = verifier.export({ type: "spki", format: "der" });
  return createHash("sha1").update(spki).digest("base64url");
}
