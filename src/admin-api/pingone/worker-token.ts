/** Sessions of a PingOne worker application: client credentials for a bearer token, one per process (pingone §2.2). */
import { AdminApiError } from "../http/errors.ts";
import { noteSecret, redact } from "../http/redaction.ts";
import { keepToken, type Token, token } from "../http/token-source.ts";
import { type CallOptions, type TokenSource, Transport } from "../http/transport.ts";
import { segment } from "../http/url.ts";
import { pingOneDialect } from "./dialect.ts";
import type { PingOneSettings } from "./settings.ts";

type Answer = Partial<Record<"access_token" | "expires_in" | "error" | "error_description" | "code", unknown>>;

/**
 * The token source of a worker application, which authenticates with HTTP Basic, as workers do unless changed.
 *
 * `get` and `renew` reject with `ERR_API_UNAUTHENTICATED` (unknown worker, wrong secret) and the transport's codes.
 *
 * @param now milliseconds since 1970
 */
export function workerToken(
  settings: PingOneSettings,
  options: CallOptions = {},
  now: () => number = Date.now,
): TokenSource {
  noteSecret(settings.clientSecret);
  noteSecret(basic(settings.clientId, settings.clientSecret));
  const dialect = { ...pingOneDialect, addressSetting: "PINGONE_AUTH_URL" };
  const transport = new Transport({ ...options, baseUrl: settings.authUrl, dialect });
  return keepToken(() => requestToken(transport, settings, now), now);
}

async function requestToken(
  transport: Transport,
  { environmentId, clientId, clientSecret }: PingOneSettings,
  now: () => number,
): Promise<Token> {
  const askedAt = now();
  const { status, body } = await transport.request<Answer>({
    method: "POST",
    path: `/${segment(environmentId)}/as/token`,
    headers: { authorization: `Basic ${basic(clientId, clientSecret)}` },
    form: async () => ({ grant_type: "client_credentials" }),
    safeToRepeat: true,
    accept: [400, 401, 403],
  });
  const where = { tenant: transport.origin };
  if (status >= 400) {
    const texts = [body.error ?? body.code, body.error_description].filter((text) => typeof text === "string");
    throw new AdminApiError(
      "ERR_API_UNAUTHENTICATED",
      `PingOne does not accept the worker application ${clientId} (${redact(texts.join(": "))})`,
      { where, status, hint: pingOneDialect.hints.ERR_API_UNAUTHENTICATED },
    );
  }
  if (typeof body.access_token !== "string" || typeof body.expires_in !== "number") {
    throw new AdminApiError("ERR_API_UNEXPECTED", "the token endpoint answered without access_token or expires_in", {
      where,
      status,
      hint: "check that PINGONE_AUTH_URL is the address of PingOne's token service",
    });
  }
  return token(body.access_token, askedAt, body.expires_in);
}

/** Id and secret are form-encoded before they are joined (RFC 6749 §2.3.1). */
function basic(id: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
  return Buffer.from(`${encode(id)}:${encode(secret)}`).toString("base64");
}
