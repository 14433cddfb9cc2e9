/** What an agent that signs users in must not get: by its requests, by its codes, and by requests that it pushes (RFC 6749 §4.1, RFC 7636, RFC 9126). */
import type { Case } from "../../case.ts";
import type { Observation } from "../../http.ts";
import type { Client, Form } from "../../oauth.ts";
import { refusal } from "../answers.ts";
import type { Asked, Authorized, Pushed } from "../authorize.ts";
import { type PingOneAccess, type PingOneAgent, pushesRequests, signOnScopes } from "../plan.ts";
import { REDIRECT_URI } from "../rig.ts";
import { partyOf, type Session } from "../session.ts";

/** A sign-on as declared, of which a provocation changes one part. */
export type SigningOn = {
  /** What the agent has to send of PKCE (RFC 7636), as the declaration says it. */
  readonly pkce: string;
  /** Whether users are asked for their consent. */
  readonly asksForConsent: boolean;
  /** Whether requests have to be pushed. */
  readonly pushes: boolean;
  /** From the request to the tokens, or to the first refusal. */
  ask(change?: Partial<Asked>): Promise<Observation>;
  /** The same, with the code taken to the token endpoint by another client, or by the same one otherwise. */
  askAs(client: Client): Promise<Observation>;
  /** From the request to the code. */
  authorize(): Promise<Authorized>;
  redeem(authorized: Authorized, change?: Form): Promise<Observation>;
  /** Another agent. */
  other(): Promise<Client>;
  push(change?: Form): Promise<Pushed>;
  /** Brings a pushed request, and takes the code. */
  askPushed(pushed: Pushed): Promise<Observation>;
  /** The same as another client. */
  askPushedAs(pushed: Pushed, client: Client): Promise<Observation>;
  /** Makes it that the user is asked for consent. */
  forgetConsents(): Promise<void>;
  /** Lets seconds pass. */
  wait(seconds: number): Promise<void>;
};

const ELSEWHERE = "https://nobody.example.com/callback";
const OTHER_VERIFIER = "ping-agents-made-this-verifier-up-which-nobody-has";
/** Seconds; a code lives ten minutes at most (RFC 6749 §4.1.2). */
const CODE_IS_OLD = 601;

type Refused = {
  readonly id: string;
  readonly title: string;
  readonly evidence: string;
  readonly rule: string;
  readonly error: string;
  when?(on: SigningOn): boolean;
  provoke(on: SigningOn): Promise<Observation>;
};

/** Refused where the browser brings the request, which the agent is told by a redirect, or where the agent pushes it. */
function refusedRequest({ rule, error, when = () => true, ...one }: Refused): Case<SigningOn>[] {
  const common = { ...one, tolerated: [error], twin: ({ ask }: SigningOn) => ask() };
  return [
    { ...common, exact: refusal(rule, error, 303), when: (on) => !on.pushes && when(on) },
    { ...common, exact: refusal(rule, error), when: (on) => on.pushes && when(on) },
  ];
}

const REQUESTS: readonly Case<SigningOn>[] = [
  {
    // Only the user is told: there is nobody to send the browser to (RFC 6749 §3.1.2.4).
    id: "N61",
    title: "redirect URI that is not registered",
    evidence: "D",
    exact: refusal("redirectUnknown", "invalid_request"),
    twin: ({ ask }) => ask(),
    provoke: ({ ask }) => ask({ change: { redirect_uri: ELSEWHERE } }),
  },
  ...refusedRequest({
    id: "N62",
    title: "token in place of a code",
    evidence: "D",
    ...{ rule: "unsupportedResponse", error: "unsupported_response_type" },
    provoke: ({ ask }) => ask({ change: { response_type: "token" } }),
  }),
  ...refusedRequest({
    id: "N63",
    title: "request without PKCE",
    evidence: "D",
    ...{ rule: "pkceRequired", error: "invalid_request" },
    when: ({ pkce }) => pkce !== "optional",
    provoke: ({ ask }) => ask({ change: { code_challenge: undefined, code_challenge_method: undefined } }),
  }),
  ...refusedRequest({
    id: "N64",
    title: "PKCE by the method plain",
    evidence: "D",
    ...{ rule: "pkceMethod", error: "invalid_request" },
    when: ({ pkce }) => pkce === "s256_required",
    provoke: ({ ask }) => ask({ change: { code_challenge: OTHER_VERIFIER, code_challenge_method: "plain" } }),
  }),
  {
    id: "N65",
    title: "user who does not consent",
    evidence: "U",
    exact: refusal("consentDeclined", "access_denied", 303),
    when: ({ asksForConsent }) => asksForConsent,
    twin: ({ ask }) => ask(),
    async provoke({ ask, forgetConsents }) {
      await forgetConsents();
      return ask({ decision: "deny" });
    },
  },
];

const PUSHED: readonly Case<SigningOn>[] = [
  {
    id: "N67",
    title: "pushed request that refers to another one",
    evidence: "I",
    exact: refusal("requestUriNested", "invalid_request"),
    twin: async ({ push }) => (await push()).answer,
    provoke: async ({ push }) => (await push({ request_uri: "urn:ietf:params:oauth:request_uri:made-up" })).answer,
  },
  {
    id: "N68",
    title: "pushed request that was used before",
    evidence: "D",
    exact: refusal("requestUriUsed", "invalid_request_uri"),
    twin: async ({ push, askPushed }) => askPushed(await push()),
    async provoke({ push, askPushed }) {
      const pushed = await push();
      await askPushed(pushed);
      return askPushed(pushed);
    },
  },
  {
    id: "N69",
    title: "pushed request that has expired",
    evidence: "D",
    exact: refusal("requestUriExpired", "invalid_request_uri"),
    twin: async ({ push, askPushed }) => askPushed(await push()),
    async provoke({ push, askPushed, wait }) {
      const pushed = await push();
      await wait(Number(pushed.answer.body.expires_in) + 1);
      return askPushed(pushed);
    },
  },
  {
    id: "N70",
    title: "pushed request of another client",
    evidence: "I",
    exact: refusal("requestUriOfAnother", "invalid_request_uri"),
    twin: async ({ push, askPushed }) => askPushed(await push()),
    provoke: async ({ push, askPushedAs, other }) => askPushedAs(await push(), await other()),
  },
];

const refusedCode = (rule: string) => ({
  exact: refusal(rule, "invalid_grant"),
  tolerated: ["invalid_grant"],
  twin: ({ ask }: SigningOn) => ask(),
});

const CODES: readonly Case<SigningOn>[] = [
  {
    id: "N71",
    title: "code that was used before",
    evidence: "D",
    ...refusedCode("codeUsed"),
    async provoke({ authorize, redeem }) {
      const authorized = await authorize();
      await redeem(authorized);
      return redeem(authorized);
    },
  },
  {
    id: "N72",
    title: "code that has expired",
    evidence: "D",
    ...refusedCode("codeExpired"),
    async provoke({ authorize, redeem, wait }) {
      const authorized = await authorize();
      await wait(CODE_IS_OLD);
      return redeem(authorized);
    },
  },
  {
    id: "N73",
    title: "code of another client",
    evidence: "D",
    ...refusedCode("codeOfAnother"),
    provoke: async ({ askAs, other }) => askAs(await other()),
  },
  {
    id: "N74",
    title: "code with another redirect URI",
    evidence: "D",
    ...refusedCode("codeRedirect"),
    provoke: async ({ authorize, redeem }) => redeem(await authorize(), { redirect_uri: ELSEWHERE }),
  },
  ...[
    { variant: "another one", verifier: OTHER_VERIFIER },
    { variant: "none", verifier: undefined },
  ].map(
    ({ variant, verifier }): Case<SigningOn> => ({
      id: "N75",
      title: "code with a verifier that is not the request's",
      variant,
      evidence: "D",
      ...refusedCode("codeVerifier"),
      provoke: async ({ authorize, redeem }) => redeem(await authorize(), { code_verifier: verifier }),
    }),
  ),
];

export const REFUSED: readonly Case<SigningOn>[] = [...REQUESTS, ...PUSHED, ...CODES];

/** On a throw-away agent that has to push its requests. */
export const THROWN_AWAY: readonly Case<ThrowAway>[] = [
  {
    id: "N66",
    title: "request that is not pushed, where it has to be",
    evidence: "D",
    exact: refusal("parRequired", "invalid_request"),
    tolerated: ["invalid_request"],
    twin: ({ askWhilePushing }) => askWhilePushing(true),
    provoke: ({ askWhilePushing }) => askWhilePushing(false),
  },
];

type ThrowAway = { /** @param pushes whether it does so */ askWhilePushing(pushes: boolean): Promise<Observation> };

export function signingOn(session: Session, agent: PingOneAgent, entry: PingOneAccess): SigningOn {
  const { code, rig, clock, forgetConsents } = session;
  const { settings = {}, agreements = [] } = agent;
  const scopes = signOnScopes(agent, entry);
  const party = () => partyOf(session, agent);
  return {
    pkce: String(settings["authorization.pkce"] ?? "optional"),
    asksForConsent: agreements.length > 0,
    pushes: pushesRequests(agent),
    ask: async (change) => code.ask(await party(), { scopes, ...change }),
    async askAs(client) {
      const authorized = await code.authorize(await party(), { scopes });
      return code.redeem({ ...(await party()), client, clientId: client.clientId }, authorized);
    },
    other: () => rig.agent(entry),
    authorize: async () => code.authorize(await party(), { scopes }),
    redeem: async (authorized, change) => code.redeem(await party(), authorized, change),
    push: async (change) => code.push(await party(), { scopes, ...(change && { change }) }),
    askPushed: async (pushed) => code.redeem(await party(), await code.authorizePushed(await party(), pushed)),
    askPushedAs: async (pushed, { clientId }) =>
      code.redeem(await party(), await code.authorizePushed(await party(), pushed, clientId)),
    forgetConsents,
    wait: (seconds) => clock.wait(seconds),
  };
}

/** @param entry what the throw-away agent reaches */
export function pushing({ code, rig }: Session, entry: PingOneAccess): ThrowAway {
  return {
    async askWhilePushing(pushes) {
      const client = await rig.agent(entry);
      const party = { client, clientId: client.clientId, redirectUri: REDIRECT_URI, pushes };
      return rig.whileChanged(client, { parRequirement: "REQUIRED" }, () => code.ask(party, { scopes: entry.scopes }));
    },
  };
}
