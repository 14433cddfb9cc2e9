/** A thin client of the administration APIs with a service account (aic §11): what preflight reads and throw-away objects need. */
import { randomUUID } from "node:crypto";
import { importJWK, type JWK, SignJWT } from "jose";
import { createAdminSession } from "../admin-session.ts";
import type { Clock } from "../clock.ts";
import { Busy, VerifyError } from "../errors.ts";
import { accepted, isAbsent, isBusy, isObject, isSpoilt, type Json, type Observation, textOf } from "../http.ts";
import { allRows } from "../pages.ts";
import type { Send } from "../send.ts";

export type ServiceAccount = { readonly id: string; readonly jwk: JWK };

export type Admin = {
  /** The object, or undefined when there is none. */
  get(path: string): Promise<Json | undefined>;
  /** The rows of a query, to the last page; `filter` is a CREST query filter. */
  query(path: string, filter: string, fields?: readonly string[]): Promise<Json[]>;
  /** A write whose answer is looked at by the caller. */
  attempt(method: "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Observation>;
  /** A write that must succeed. */
  write(method: "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Json>;
};

const SCOPES = "fr:am:* fr:idm:*";
/** Rows of a page (aic §1.3). */
const PAGE_SIZE = 1000;

/**
 * @param post how it is sent
 * @param origin of the tenant, e.g. `https://tenant.example.com`
 * @param clock of the tenant: assertions and tokens expire by it
 */
export function createAdmin(post: Send, origin: string, account: ServiceAccount, clock: Clock): Admin {
  // 15 minutes is what a token lives (aic §11.3).
  const authenticated = createAdminSession({ login: () => login(post, origin, account, clock), seconds: 600, clock });

  const send = (method: string, path: string, body?: unknown): Promise<Observation> => {
    const version = versionOf(path);
    return authenticated((token) =>
      post(origin + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(version && { "accept-api-version": version }),
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  };

  return {
    async get(path) {
      const answer = await send("GET", path);
      return isAbsent(answer) ? undefined : accepted("GET", path, answer);
    },
    async query(path, filter, fields) {
      const query = new URLSearchParams({ _queryFilter: filter, _pageSize: String(PAGE_SIZE) });
      if (fields) query.set("_fields", fields.join(","));
      return allRows(path, async (next) => {
        const encoded = next && (/%[0-9a-f]{2}/i.test(next) ? next : encodeURIComponent(next));
        const cookie = encoded === undefined ? "" : `&_pagedResultsCookie=${encoded}`;
        const { result, pagedResultsCookie } = accepted("GET", path, await send("GET", `${path}?${query}${cookie}`));
        if (!Array.isArray(result)) throw new VerifyError("ERR_VERIFY_ADMIN", `GET ${path}: the answer is no list`);
        return { rows: result.filter(isObject), next: textOf(pagedResultsCookie) };
      });
    },
    attempt: send,
    write: async (method, path, body) => accepted(method, path, await send(method, path, body)),
  };
}

/** Trades a signed assertion for an access token (aic §11.1). Its audience carries the port. */
async function login(post: Send, origin: string, { id, jwk }: ServiceAccount, clock: Clock): Promise<string> {
  const endpoint = `${origin}/am/oauth2/access_token`;
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: jwk.alg ?? "RS256" })
    .setIssuer(id)
    .setSubject(id)
    .setAudience(`${withPort(origin)}/am/oauth2/access_token`)
    .setExpirationTime(clock.now() + 170)
    .sign(await importJWK(jwk, jwk.alg ?? "RS256"));
  const answer = await post(endpoint, {
    method: "POST",
    body: new URLSearchParams({
      client_id: "service-account",
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion,
      scope: SCOPES,
    }),
  });
  const token = textOf(answer.body.access_token);
  if (token) return token;
  if (isBusy(answer) || isSpoilt(answer)) throw new Busy(`login of the service account: ${answer.status}`);
  const said = [answer.error, answer.description].filter(Boolean).join(": ");
  throw new VerifyError("ERR_VERIFY_LOGIN", `${origin} refuses the service account (${answer.status} ${said})`, {
    hint: `check AIC_SERVICE_ACCOUNT_ID and AIC_SERVICE_ACCOUNT_KEY, and that its scopes include ${SCOPES}`,
  });
}

/** The origin with its port written out, as AM has it in audiences and issuers. */
export function withPort(origin: string): string {
  const { protocol, hostname, port } = new URL(origin);
  return `${protocol}//${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}

/** `Accept-API-Version` by endpoint (aic §1.2). */
function versionOf(path: string): string | undefined {
  if (path.includes("/agents/AIAgent")) return "protocol=2.1,resource=2.0";
  return path.startsWith("/am/") ? "protocol=2.1,resource=1.0" : undefined;
}
