/** One bearer token for all callers, replaced before it ends. */
import { noteSecret } from "./redaction.ts";
import type { TokenSource } from "./transport.ts";

/** A token is replaced this long before it ends, so that it outlives the call it is used for. */
const RENEW_BEFORE_END_MS = 60_000;

/** A bearer token and when to replace it, in milliseconds since 1970. */
export type Token = { readonly value: string; readonly renewAt: number };

/**
 * A token as an endpoint gave it. Noted as secret.
 *
 * @param askedAt milliseconds since 1970
 * @param expiresIn seconds (RFC 6749 §5.1)
 */
export function token(value: string, askedAt: number, expiresIn: number): Token {
  noteSecret(value);
  const lifetimeMs = expiresIn * 1_000;
  // A token that lives shorter than the margin is used for half its life instead of being replaced at every call.
  return { value, renewAt: askedAt + Math.max(lifetimeMs - RENEW_BEFORE_END_MS, lifetimeMs / 2) };
}

/**
 * Shares one token among all callers; a failure is not kept, the next caller tries again.
 *
 * @param now milliseconds since 1970
 */
export function keepToken(fetchToken: () => Promise<Token>, now: () => number = Date.now): TokenSource {
  let current: Promise<Token> | undefined;
  const fetched = (): Promise<Token> => {
    const pending = fetchToken();
    current = pending;
    pending.catch(() => {
      if (current === pending) current = undefined;
    });
    return pending;
  };
  /** The kept token, unless `refuse` says that it must be replaced. Of callers that wait together only the first replaces it. */
  const unless = async (refuse: (token: Token) => boolean): Promise<string> => {
    const pending = current ?? fetched();
    const token = await pending;
    if (!refuse(token)) return token.value;
    return (await (current === pending || current === undefined ? fetched() : current)).value;
  };
  return {
    get: () => unless((token) => token.renewAt <= now()),
    renew: (stale) => unless((token) => token.value === stale),
  };
}
