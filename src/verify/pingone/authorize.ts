/** The authorization code grant as a client goes it: the request, what a user's browser brings back, and the tokens for it (RFC 6749 §4.1, RFC 7636). */
import { createHash, randomBytes } from "node:crypto";
import type { Decision } from "../credentials.ts";
import { type Observation, textOf } from "../http.ts";
import { type Client, type Form, grant } from "../oauth.ts";
import type { TokenService } from "./service.ts";

/** A client at which users sign on. */
export type RelyingParty = {
  readonly clientId: string;
  /** How it proves who it is; undefined for a public client, which does not. */
  readonly client: Client | undefined;
  readonly redirectUri: string;
  /** Whether it pushes its authorization requests (RFC 9126). */
  readonly pushes: boolean;
};

/** What a browser is sent to. */
export type Errand = {
  /** Address of the authorization endpoint, with the request. */
  readonly url: string;
  /** Where the client waits for the browser. */
  readonly redirectUri: string;
  readonly state: string;
  /** What the user says to an agreement. */
  readonly decision: Decision;
};

/**
 * A user's browser, with the user at it.
 *
 * @returns the parameters with which it comes back, as a body, or what a page refused
 * @throws {Unprovable} when it does not get to either
 */
export type Browser = (errand: Errand) => Promise<Observation>;

/** What a client asks for. */
export type Asked = {
  readonly scopes: readonly string[];
  /** @default "approve" */
  readonly decision?: Decision;
  /** Parameters of the request that are others, or, undefined, not sent. @default none */
  readonly change?: Form;
};

/** What came of a request: a `code` in the body of the answer, or a refusal. */
export type Authorized = {
  readonly answer: Observation;
  /** The proof that the code is one's own (RFC 7636 §4.1). */
  readonly verifier: string;
  /** What an ID token has to repeat (OpenID Connect Core 1.0 §3.1.2.1). */
  readonly nonce: string;
};

export type CodeGrant = {
  /** From the request to the tokens, or to the first refusal. */
  ask(party: RelyingParty, asked: Asked): Promise<SignedOn>;
  /** Sends the user with a request of the client. */
  authorize(party: RelyingParty, asked: Asked): Promise<Authorized>;
  /** The same with a request that was pushed: to its reference. @param by the client that brings it. @default its own */
  authorizePushed(party: RelyingParty, pushed: Pushed, by?: string): Promise<Authorized>;
  /** Pushes a request. */
  push(party: RelyingParty, asked: Asked): Promise<Pushed>;
  /** Takes the code to the token endpoint; without one the refusal is the answer. @param change of the form */
  redeem(party: RelyingParty, authorized: Authorized, change?: Form): Promise<SignedOn>;
};

/** What a sign-on brought: tokens, or a refusal. */
export type SignedOn = Observation & Pick<Authorized, "nonce">;

/** A request that was pushed: a `request_uri` in the body of the answer, or a refusal. */
export type Pushed = Omit<Authorized, "nonce"> & { readonly request: Form; readonly asked: Asked };

/** Whether an address is a redirect URI with parameters. */
export function leadsTo(address: string, redirectUri: string): boolean {
  const [sent, own] = [new URL(address), new URL(redirectUri)];
  return sent.protocol === own.protocol && sent.host === own.host && sent.pathname === own.pathname;
}

/** What the client is told (RFC 6749 §4.1.2). */
export function toldBy({ status, rule }: Pick<Observation, "status" | "rule">, address: string): Observation {
  const body = Object.fromEntries(new URL(address).searchParams);
  return { status, rule, error: body.error, description: body.error_description, body };
}

const random = () => randomBytes(32).toString("base64url");

/** The challenge of a verifier, by S256 (RFC 7636 §4.2). */
const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

export function codeGrant({ issuer, post }: TokenService, browser: Browser): CodeGrant {
  const requestOf = ({ clientId, redirectUri }: RelyingParty, { scopes, change }: Asked, verifier: string): Form => ({
    ...{ response_type: "code", client_id: clientId, redirect_uri: redirectUri, scope: scopes.join(" ") },
    ...{ state: random(), ...(scopes.includes("openid") && { nonce: random() }) },
    ...{ code_challenge: challengeOf(verifier), code_challenge_method: "S256" },
    ...change,
  });

  const send = async (request: Form, sent: Form, { decision = "approve" }: Asked): Promise<Observation> => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(sent)) if (value !== undefined) parameters.set(name, String(value));
    const [state, redirectUri] = [String(request.state), String(request.redirect_uri)];
    const url = `${issuer}/authorize?${parameters}`;
    const answer = await browser({ url, redirectUri, state, decision });
    if (answer.body.code === undefined || answer.body.state === state) return answer;
    // Whoever takes such a code may sign the user on as somebody else (RFC 6749 §10.12).
    return { ...answer, body: {}, description: "the state that came back is not the one of the request" };
  };

  const push: CodeGrant["push"] = async (party, asked) => {
    const verifier = random();
    const request = requestOf(party, asked, verifier);
    return { answer: await post("par", party.client, request), verifier, request, asked };
  };
  const authorizePushed: CodeGrant["authorizePushed"] = async (party, pushed, by = party.clientId) => {
    const { answer, verifier, request, asked } = pushed;
    const uri = textOf(answer.body.request_uri);
    const nonce = String(request.nonce);
    if (uri === undefined) return { answer, verifier, nonce };
    return { answer: await send(request, { client_id: by, request_uri: uri }, asked), verifier, nonce };
  };

  const authorize: CodeGrant["authorize"] = async (party, asked) => {
    if (party.pushes) return authorizePushed(party, await push(party, asked));
    const verifier = random();
    const request = requestOf(party, asked, verifier);
    return { answer: await send(request, request, asked), verifier, nonce: String(request.nonce) };
  };
  const redeem: CodeGrant["redeem"] = async ({ clientId, client, redirectUri }, authorized, change) => {
    const { answer, verifier, nonce } = authorized;
    const code = textOf(answer.body.code);
    if (code === undefined) return { ...answer, nonce };
    const form = grant.authorizationCode({ code, redirectUri, verifier });
    const whole = { ...form, ...(client ? {} : { client_id: clientId }), ...change };
    return { ...(await post("token", client, whole)), nonce };
  };
  const ask: CodeGrant["ask"] = async (party, asked) => redeem(party, await authorize(party, asked));
  return { ask, authorize, authorizePushed, push, redeem };
}
