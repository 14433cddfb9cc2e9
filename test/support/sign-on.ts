/** A browser without a screen, that signs a user on to PingOne by the forms of its pages. */

import { createHash, randomBytes } from "node:crypto";

/** What the browser shows: a page, or where it was sent. */
export type Shown = {
  readonly status: number;
  readonly headers: Headers;
  /** The page; empty where the browser was sent on. */
  readonly text: string;
  /** Where the application gets its code or error. */
  readonly sentTo: URL | undefined;
};

/** Parameters of an authorization request. */
export type Asked = Readonly<Record<string, string>>;

/** PKCE: the challenge for the authorization request, the verifier for the token request (RFC 7636 §4). */
export function newPkce() {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return { verifier, asked: { code_challenge: challenge, code_challenge_method: "S256" } };
}

/**
 * A browser of its own, with no cookie yet.
 *
 * @param tenant address of the local tenant
 */
export function newBrowser(tenant: string, environmentId: string) {
  let cookie = "";
  const ask = async (address: URL, form?: Asked, headers: Asked = {}): Promise<Shown> => {
    const response = await fetch(address, {
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
      headers: { cookie, origin: tenant, ...headers },
      redirect: "manual",
    });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    const location = response.headers.get("location");
    const next = location === null ? undefined : new URL(location, address);
    const text = await response.text();
    if (next?.origin === tenant) return ask(next, undefined, headers);
    return { status: response.status, headers: response.headers, text, sentTo: next };
  };
  const page = new URL(`${tenant}/${environmentId}/signon`);
  return {
    /** Goes where an application sends the user. */
    authorize: (asked: Asked, headers?: Asked) =>
      ask(new URL(`${tenant}/${environmentId}/as/authorize?${new URLSearchParams(asked)}`), undefined, headers),
    /** Loads the page again. */
    reload: (headers?: Asked) => ask(page, undefined, headers),
    logIn: (person: { readonly username: string; readonly password: string }, headers?: Asked) =>
      ask(page, { ...person }, headers),
    decide: (decision: "accept" | "decline", headers?: Asked) => ask(page, { decision }, headers),
  };
}
