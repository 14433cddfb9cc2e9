/** The tokens of the realm: stateless JWTs with AM's claims (oauth-flows §3.1, §3.2). */

import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { compactVerify, decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from "jose";
import { secondsNow } from "../../clock.ts";
import { Gap } from "../../errors.ts";
import { knowsAlgorithm, signingKey } from "../../signing-keys.ts";
import { type Client, effective } from "./clients.ts";
import type { RealmContext } from "./realm.ts";
import { shaped } from "./token-scripts.ts";

/** What a grant decides about a token. */
export type Grant = {
  readonly client: Client;
  /** Client id of an agent, or UUID of a user. */
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly grantType: string;
  /** A string, or an array for exchanged tokens (oauth-flows §3.2). */
  readonly audience: string | readonly string[];
  /** Seconds since 1970; only when the subject is a user, who logged in then. */
  readonly authTime?: number;
  /** Client id of who acts for the subject; null where that is nobody but the client itself. @default no `act` */
  readonly actor?: string | null;
  /** Shared by all tokens of one authorization. */
  readonly authGrantId?: string;
};

export type AccessTokenClaims = JWTPayload & {
  readonly tokenName?: unknown;
  readonly client_id?: string;
  readonly scope?: string[];
  readonly act?: { sub: string } | null;
  /** Who may act for the subject (RFC 8693 §4.4). */
  readonly may_act?: unknown;
  readonly auth_time?: number;
};

/** A token as it came in. */
export type ReadToken = { readonly claims: AccessTokenClaims; readonly authentic: boolean };

export const newGrantId = (): string => randomBytes(20).toString("base64url");

/**
 * Issues an access token with the lifetime of the acting client.
 * @returns the token and the `expires_in` of the answer, which is one less than the lifetime (oauth-flows §2)
 * @throws {Refusal} C13 when client and provider together ask for server-side tokens
 */
export async function issueAccessToken(
  context: RealmContext,
  grant: Grant,
): Promise<{ token: string; expiresIn: number }> {
  const { client } = grant;
  const { provider, rules } = context;
  rules.require("C13", effective(client, provider, "statelessTokensEnabled"));
  const lifetime = client.accessTokenLifetime ?? provider.accessTokenLifetime;
  const { actor } = grant;
  const claims = {
    ...commonClaims(context, grant, "access_token", lifetime),
    ...(actor !== undefined && { act: actor === null ? null : { sub: actor } }),
  };
  const scripts = client.overrides.enabled ? client.overrides.scripts : provider.scripts;
  const token = await sign(context, provider.tokenSigningAlgorithm, shaped(context, scripts, claims));
  return { token, expiresIn: lifetime - 1 };
}

/** A client-side refresh token; its `jti` names the record that makes it usable. */
export async function signRefreshToken(
  context: RealmContext,
  grant: Grant,
  jti: string,
  lifetime: number,
): Promise<string> {
  const claims = { ...commonClaims(context, grant, "refresh_token", lifetime), jti };
  return sign(context, context.provider.tokenSigningAlgorithm, claims);
}

/**
 * @param acr the acr key of the journey by which the user approved (oauth-flows §6.2)
 * @throws {Refusal} G01 for a symmetric algorithm, which would need the client's secret as key (OpenID Connect Core §10.1)
 */
export async function issueIdToken(context: RealmContext, grant: Grant, acr: string): Promise<string> {
  const { client, subject, authTime } = grant;
  if (client.idTokenAlgorithm.startsWith("HS")) throw new Gap(`ID tokens signed with ${client.idTokenAlgorithm}`);
  const lifetime = client.idTokenLifetime ?? context.provider.idTokenLifetime;
  const now = secondsNow(context.tenant);
  return sign(context, client.idTokenAlgorithm, {
    sub: subject,
    ...(context.provider.includeSubname && { subname: subject }),
    iss: context.issuer,
    aud: client.id,
    azp: client.id,
    tokenName: "id_token",
    tokenType: "JWTToken",
    realm: `/${context.realm}`,
    auditTrackingId: auditTrackingId(context),
    acr,
    auth_time: authTime,
    iat: now,
    exp: now + lifetime,
  });
}

/** Reads a token without judging it. @returns undefined for a text that is no JWT */
export async function readToken({ tenant }: RealmContext, token: string): Promise<ReadToken | undefined> {
  try {
    const claims = decodeJwt(token) as AccessTokenClaims;
    const { alg } = decodeProtectedHeader(token);
    return { claims, authentic: knowsAlgorithm(alg) && (await verifies(tenant, token, alg)) };
  } catch {
    return undefined;
  }
}

async function verifies({ store }: RealmContext["tenant"], token: string, algorithm: string): Promise<boolean> {
  const { verifier } = signingKey(store, algorithm);
  try {
    await compactVerify(token, verifier, { algorithms: [algorithm] });
    return true;
  } catch {
    return false;
  }
}

function commonClaims(context: RealmContext, grant: Grant, tokenName: string, lifetime: number): JWTPayload {
  const { client, subject, scopes, grantType, audience, authTime, authGrantId } = grant;
  const now = secondsNow(context.tenant);
  return {
    sub: subject,
    ...(context.provider.includeSubname && { subname: subject }),
    cts: "OAUTH2_STATELESS_GRANT",
    ...(authTime !== undefined && { auth_level: 0 }),
    auditTrackingId: auditTrackingId(context),
    iss: context.issuer,
    tokenName,
    token_type: "Bearer",
    authGrantId: authGrantId ?? newGrantId(),
    client_id: client.id,
    aud: audience as string | string[],
    nbf: now,
    grant_type: grantType,
    // The order of the request is not kept (oauth-flows §3.1): clients have to compare sets.
    scope: scopes.toReversed(),
    ...(authTime !== undefined && { auth_time: authTime }),
    realm: `/${context.realm}`,
    exp: now + lifetime,
    iat: now,
    expires_in: lifetime,
    jti: newGrantId(),
  };
}

/** How AM numbers what it does: one id for as long as it runs, and a count. */
const audits = new WeakMap<RealmContext["tenant"], { readonly id: string; count: number }>();

/** The next id of what a tenant does, as in the documentation's answers (oauth-flows §3.2). */
function auditTrackingId({ tenant }: RealmContext): string {
  const audit = audits.get(tenant) ?? { id: randomUUID(), count: randomInt(1, 10_000) };
  audits.set(tenant, audit);
  audit.count += 1;
  return `${audit.id}-${audit.count}`;
}

async function sign({ tenant }: RealmContext, alg: string, claims: JWTPayload): Promise<string> {
  const { key, kid } = signingKey(tenant.store, alg);
  return new SignJWT(claims).setProtectedHeader({ typ: "JWT", kid, alg }).sign(key);
}
