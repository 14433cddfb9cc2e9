/** Sessions of an AIC service account: a signed assertion for a bearer token, one token per process (aic §11). */
import { randomUUID } from "node:crypto";
import type { JWK, JWTPayload } from "jose";
import { SettingError } from "../../errors.ts";
import { answeredAt, CLOCK_TOLERANCE_S, skew } from "../http/clock.ts";
import { AdminApiError } from "../http/errors.ts";
import { notePrivateKey, noteSecret, redact } from "../http/redaction.ts";
import { keepToken, type Token, token } from "../http/token-source.ts";
import { type CallOptions, type TokenSource, Transport } from "../http/transport.ts";
import { serverUrl } from "../http/url.ts";
import { aicDialect } from "./dialect.ts";

/** The scopes that this kit needs (aic §11.2), each with what for. */
export const SCOPES: Readonly<Record<string, string>> = {
  "fr:am:*": "agents, OAuth 2.0 clients, journeys, the realm's OAuth2 provider",
  "fr:idm:*": "identities, privileges, applications, users and groups",
  "fr:idc:esv:*": "ESV secrets and variables",
};
const DEFAULT_SCOPES = Object.keys(SCOPES);

/** AIC takes assertions that end at most 180 s ahead by its own clock (aic §11.1). */
const ASSERTION_LIFETIME_S = 180 - CLOCK_TOLERANCE_S;

const TOKEN_PATH = "/am/oauth2/access_token";

export type ServiceAccountOptions = {
  /** Address of the tenant; only scheme, host and port are used. */
  readonly tenantUrl: string;
  /** UUID of the service account. */
  readonly id: string;
  /** Private RSA key as JWK, or its JSON text. `alg` RS256 (default) or PS256. */
  readonly key: JWK | string;
  /** One ungranted scope fails the whole request. @default AM, IDM and ESVs */
  readonly scopes?: readonly string[];
  /** Deadlines, retries and the like of the token request. */
  readonly transport?: CallOptions;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
};

/** A private RSA key with its algorithm. */
type SigningKey = JWK & { readonly alg: string };

type TokenAnswer = { readonly access_token?: unknown; readonly expires_in?: unknown };
type TokenRefusal = { readonly error?: unknown; readonly error_description?: unknown };

/**
 * The token source of a service account.
 *
 * @throws SettingError `ERR_SETTING_INVALID` for a key that is no private RSA JWK. `get` and `renew` reject with
 *   `ERR_API_UNAUTHENTICATED` (unknown account, wrong key), `ERR_API_FORBIDDEN` (scope not granted) and the transport's codes.
 */
export function serviceAccountToken(options: ServiceAccountOptions): TokenSource {
  const origin = serverUrl(options.tenantUrl, aicDialect.addressSetting).origin;
  const key = privateKey(options.key);
  notePrivateKey(key);
  const scopes = options.scopes ?? DEFAULT_SCOPES;
  const transport = new Transport({ ...options.transport, baseUrl: origin, dialect: aicDialect });
  return keepToken(() => requestToken(transport, options.id, key, scopes, options.now ?? Date.now), options.now);
}

async function requestToken(
  transport: Transport,
  id: string,
  key: SigningKey,
  scopes: readonly string[],
  now: () => number,
): Promise<Token> {
  const { protocol, hostname, port, origin } = new URL(transport.origin);
  // The audience is compared as text and has the port even where it is the default one (aic §11.1).
  const audience = `${protocol}//${hostname}:${port || (protocol === "https:" ? 443 : 80)}${TOKEN_PATH}`;
  const form = async () => {
    const assertion = await sign(key, {
      ...{ iss: id, sub: id, aud: audience, jti: randomUUID() },
      exp: Math.floor(now() / 1_000) + ASSERTION_LIFETIME_S,
    });
    noteSecret(assertion);
    return {
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      client_id: "service-account",
      scope: scopes.join(" "),
      assertion,
    };
  };
  const askedAt = now();
  const { status, body, headers } = await transport.request<TokenAnswer & TokenRefusal>({
    method: "POST",
    path: TOKEN_PATH,
    form,
    safeToRepeat: true,
    accept: [400, 401],
  });
  if (status >= 400) {
    const at = answeredAt({ headers });
    const difference = at && skew(at, now());
    if (difference && body.error !== "invalid_scope") throw wrongClock(status, difference, origin, id);
    throw refusal(status, body, origin, id, scopes);
  }
  if (typeof body.access_token !== "string" || typeof body.expires_in !== "number") {
    throw new AdminApiError("ERR_API_UNEXPECTED", "the token endpoint answered without access_token or expires_in", {
      where: { tenant: origin },
      status,
      hint: "check that AIC_TENANT_URL is the address of an Advanced Identity Cloud tenant",
    });
  }
  return token(body.access_token, askedAt, body.expires_in);
}

/** An assertion is signed with the time of this machine (aic §11.1). */
function wrongClock(status: number, difference: string, tenant: string, id: string): AdminApiError {
  return new AdminApiError(
    "ERR_API_UNAUTHENTICATED",
    `the tenant does not accept the service account ${id}: this machine's clock is ${difference} the tenant's`,
    { where: { tenant }, status, hint: "set the clock of this machine, then run the command again" },
  );
}

function refusal(
  status: number,
  body: TokenRefusal,
  tenant: string,
  id: string,
  scopes: readonly string[],
): AdminApiError {
  const description = typeof body.error_description === "string" ? redact(body.error_description) : "";
  const reason = [typeof body.error === "string" && redact(body.error), description].filter(Boolean).join(": ");
  if (body.error === "invalid_scope") {
    const missing = description.match(/fr:[\w:*-]+/g) ?? scopes;
    return new AdminApiError(
      "ERR_API_FORBIDDEN",
      `the service account may not ask for ${missing.join(", ")} (${reason})`,
      {
        where: { tenant },
        status,
        hint: `grant ${missing.join(", ")} to the service account ${id} in the tenant's admin console`,
      },
    );
  }
  return new AdminApiError(
    "ERR_API_UNAUTHENTICATED",
    `the tenant does not accept the service account ${id} (${reason})`,
    {
      where: { tenant },
      status,
      hint:
        "check that AIC_SERVICE_ACCOUNT_ID names an active service account of this tenant and that AIC_SERVICE_ACCOUNT_KEY " +
        "is the private key that belongs to it",
    },
  );
}

/**
 * The private key in the text of a setting, after it has signed for a trial.
 *
 * @throws SettingError `ERR_SETTING_INVALID` for anything but a private RSA JWK that signs
 */
export async function readServiceAccountKey(text: string): Promise<SigningKey> {
  const key = privateKey(text);
  await sign(key, {});
  return key;
}

async function sign(key: SigningKey, claims: JWTPayload): Promise<string> {
  // By the first login: what asks no tenant starts sooner.
  const { importJWK, SignJWT } = await import("jose");
  try {
    return await new SignJWT(claims).setProtectedHeader({ alg: key.alg }).sign(await importJWK(key, key.alg));
  } catch {
    throw unusableKey("is not a valid RSA key");
  }
}

/** The key as an object with its algorithm. What is wrong is told without repeating any of it. */
function privateKey(key: JWK | string): SigningKey {
  let jwk: unknown = key;
  if (typeof key === "string") {
    try {
      jwk = JSON.parse(key);
    } catch {
      throw unusableKey("is not JSON");
    }
  }
  if (typeof jwk !== "object" || jwk === null) throw unusableKey("is not a JWK");
  const { kty, alg = "RS256", n, e, d } = jwk as JWK;
  if (kty !== "RSA") throw unusableKey('is not an RSA key in JWK form ("kty": "RSA")');
  if (!n || !e) throw unusableKey("lacks its public members n and e");
  if (!d) throw unusableKey("holds only the public part of the key, d is missing");
  if (!["RS256", "PS256"].includes(alg)) throw unusableKey("has an alg other than RS256 and PS256");
  return { ...(jwk as JWK), alg };
}

function unusableKey(what: string): SettingError {
  return new SettingError("ERR_SETTING_INVALID", `the private key of the service account ${what}`, {
    where: { field: "AIC_SERVICE_ACCOUNT_KEY" },
    hint: "give the whole content of the .jwk file that the admin console offered when the service account was made",
  });
}
