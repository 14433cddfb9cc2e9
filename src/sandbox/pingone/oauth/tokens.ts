/** Tokens of an environment: JWT access tokens for one resource, ID tokens, and how they are read again. */
import { createPublicKey, randomUUID } from "node:crypto";
import { decodeJwt, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { secondsNow } from "../../clock.ts";
import { signingKey } from "../../signing-keys.ts";
import type { Tenant } from "../../tenant.ts";
import { type Document, listed } from "../documents.ts";
import { pingOneIdentity } from "../environment-settings.ts";
import { type Context, mappedClaims } from "./claims.ts";
import type { Granted } from "./clients.ts";
import type { EnvironmentContext } from "./context.ts";
import { type SignOn, signOnClaims } from "./sign-on.ts";

/** Environment-wide RSA key; which key-rotation policy signs is not emulated. */
const ALGORITHM = "RS256";
/** Lifetime of an ID token and of a token for PingOne's own API: nobody knows a property for either (pingone §8 G1). */
const FIXED_LIFETIME_S = 3_600;

/** What a token is issued for. */
export type Issue = {
  readonly issuer: string;
  readonly client: Document;
  readonly grants: readonly Granted[];
  readonly user: Document | undefined;
  /** How the user signed on, where that was on a page. */
  readonly signOn?: SignOn | undefined;
  /** Subject when it is no user of a fresh login: that of an exchanged token. */
  readonly subject?: string | undefined;
  readonly subjectToken?: JWTPayload | undefined;
  readonly actorToken?: JWTPayload | undefined;
};

/** Issues an access token. The resource decides lifetime, audience and claims (pingone §5.3). */
export async function issueAccessToken(tenant: Tenant, issue: Issue) {
  const { issuer, client, grants, user, subject = user?.id, subjectToken, actorToken } = issue;
  const custom = grants.map(({ resource }) => resource).find(({ type }) => type === "CUSTOM");
  const lifetime = Number(custom?.accessTokenValiditySeconds ?? FIXED_LIFETIME_S);
  const context: Context = { user, subjectToken, actorToken };
  const attributes = custom
    ? listed(tenant.store, `resources/${custom.id}/attributes`).filter(({ type }) => type === "CUSTOM")
    : [];
  const scope = grants.flatMap(({ scopes }) => scopes).join(" ");
  const now = secondsNow(tenant);
  const token = await sign(tenant, {
    ...mappedClaims(attributes, context),
    ...signOnClaims(issue.signOn),
    ...(subject !== undefined && { sub: subject }),
    ...{ iss: issuer, client_id: client.id, aud: [String(custom?.audience ?? "https://api.pingone.com")] },
    ...{ scope, iat: now, exp: now + lifetime, jti: randomUUID(), env: pingOneIdentity(tenant.store).environmentId },
  });
  return { token, scope, lifetime };
}

/** Issues an ID token with the application's attribute mappings (pingone §5.5). */
export function issueIdToken(tenant: Tenant, { issuer, client, user, signOn }: Issue): Promise<string> {
  const mappings = listed(tenant.store, `applications/${client.id}/attributes`).filter(
    ({ idToken }) => idToken !== false,
  );
  const now = secondsNow(tenant);
  return sign(tenant, {
    ...mappedClaims(mappings, { user }),
    ...{ iss: issuer, aud: client.id, iat: now, exp: now + FIXED_LIFETIME_S, auth_time: now },
    ...signOnClaims(signOn),
    ...(signOn?.nonce !== undefined && { nonce: signOn.nonce }),
  });
}

/** A token as it came in. A text that is no JWT has no claims. */
export type ReadToken = {
  readonly claims: JWTPayload;
  /** Whether it is a token of this environment, and has not expired. */
  readonly isValid: boolean;
};

/** Reads a token without judging it. */
export async function readToken({ tenant, issuer }: EnvironmentContext, token: string): Promise<ReadToken> {
  const { key } = signingKey(tenant.store, ALGORITHM);
  const options = { issuer, algorithms: [ALGORITHM], currentDate: new Date(tenant.clock.now()) };
  const isValid = await jwtVerify(token, createPublicKey(key), options).then(
    () => true,
    () => false,
  );
  return { claims: claimsOf(token), isValid };
}

function claimsOf(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}

function sign({ store }: Tenant, claims: JWTPayload): Promise<string> {
  const { key, kid } = signingKey(store, ALGORITHM);
  return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid }).sign(key);
}
