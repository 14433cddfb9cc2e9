/** Requests to a user that must not start: what `bc-authorize` refuses (oauth-flows §6.1). */
import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { type Case, type Negative, planned, THROW_AWAY } from "../../case.ts";
import type { Observation } from "../../http.ts";
import { sign, unsigned } from "../../jwt.ts";
import type { Form } from "../../oauth.ts";
import { badRequest } from "../answers.ts";
import { providerPath, whileInactive, withAttribute } from "../changes.ts";
import {
  type CibaClient,
  cibaClientOf,
  needsOfCiba,
  type RequestClaims,
  requestClaims,
  startRequest,
} from "../ciba.ts";
import { signerAsClient } from "../rig-ciba.ts";
import { acrOf, type Group, type Session } from "../session.ts";
import { treePath } from "../snapshot.ts";

/** A request that starts. */
type Request = {
  start(): Promise<Observation>;
  /** Starts it with claims that differ. */
  claiming(change: (claims: RequestClaims, now: number) => Partial<RequestClaims>): Promise<Observation>;
  /** Starts it with another JWT, or with none. */
  sending(make: (claims: RequestClaims, ciba: CibaClient) => Promise<Form> | Form): Promise<Observation>;
};

const start: Negative<Request>["twin"] = (request) => request.start();
const badAlgorithm = {
  id: "B02",
  core: true,
  title: "signing algorithm not allowed",
  evidence: "K",
  exact: badRequest(),
  twin: start,
} as const;
const badScope = {
  id: "B11",
  title: "scope without openid, or not the client's",
  evidence: "D",
  exact: { status: 400, error: "invalid_scope" },
  twin: start,
} as const;
const badAcr = {
  id: "B12",
  core: true,
  title: "acr value that leads nowhere",
  evidence: "K",
  exact: badRequest(),
  must: "record",
} as const;
const badMessage = {
  id: "B13",
  core: true,
  title: "binding message not allowed",
  evidence: "D P",
  exact: { status: 400, error: "invalid_binding_message" },
  twin: start,
} as const;

const OF_REQUEST: readonly Case<Request>[] = [
  {
    id: "B01",
    core: true,
    title: "no request parameter",
    evidence: "D",
    exact: badRequest(/^Request must have a 'request' parameter the value of which must be a signed jwt$/),
    twin: start,
    provoke: ({ sending }) => sending(() => ({})),
  },
  {
    ...badAlgorithm,
    variant: "none",
    provoke: ({ sending }) => sending((claims) => ({ request: unsigned(claims) })),
  },
  {
    ...badAlgorithm,
    variant: "HS256 with the client secret",
    provoke: ({ sending }) =>
      sending(async (claims, { client, kid }) => ({
        request: await sign(claims, new TextEncoder().encode(client.secret), { alg: "HS256", kid }),
      })),
  },
  {
    ...badAlgorithm,
    variant: "RS256",
    provoke: ({ sending }) =>
      sending(async (claims, { kid }) => {
        const { privateKey } = await generateKeyPair("RS256", { extractable: true });
        return { request: await sign(claims, await exportJWK(privateKey), { alg: "RS256", kid }) };
      }),
  },
  {
    id: "B06",
    title: "iss is not the client",
    evidence: "D",
    exact: badRequest(),
    twin: start,
    provoke: ({ claiming }) => claiming(({ iss }) => ({ iss: `${iss}x` })),
  },
  {
    id: "B07",
    core: true,
    title: "aud without the port",
    evidence: "D M",
    exact: badRequest(/^incorrect audience in JWT$/),
    twin: start,
    // As it looks to one who forgets that AM writes the port (oauth-flows §1).
    provoke: ({ claiming }) => claiming(({ aud }) => ({ aud: aud.replace(/^(https?:\/\/[^/]+):\d+/, "$1") })),
  },
  {
    id: "B08",
    core: true,
    title: "exp in the past",
    evidence: "P",
    exact: badRequest(),
    twin: start,
    provoke: ({ claiming }) => claiming((_, now) => ({ exp: now - 60 })),
  },
  {
    id: "B09",
    core: true,
    title: "exp more than 30 minutes ahead",
    evidence: "D",
    exact: badRequest(/^JWT expiration time is unreasonable$/),
    twin: start,
    // Some seconds more than the limit: the request takes its time, and the two clocks are not one.
    provoke: ({ claiming }) => claiming((_, now) => ({ exp: now + 1800 + 30 })),
  },
  {
    id: "B10",
    title: "nbf in the future",
    evidence: "L",
    exact: badRequest(),
    twin: start,
    provoke: ({ claiming }) => claiming((_, now) => ({ nbf: now + 600, exp: now + 900 })),
  },
  {
    ...badScope,
    variant: "without openid",
    provoke: ({ claiming }) => claiming(({ scope }) => ({ scope: scope.replace(/^openid /, "") })),
  },
  {
    ...badScope,
    variant: "not the client's",
    provoke: ({ claiming }) => claiming(({ scope }) => ({ scope: `${scope} ping-agents-unlisted` })),
  },
  {
    ...badAcr,
    variant: "missing",
    twin: start,
    provoke: ({ claiming }) => claiming(() => ({ acr_values: undefined })),
  },
  {
    ...badAcr,
    variant: "unmapped",
    twin: start,
    provoke: ({ claiming }) => claiming(() => ({ acr_values: "ping-agents-unmapped" })),
  },
  {
    ...badMessage,
    variant: "101 characters",
    provoke: ({ claiming }) => claiming(() => ({ binding_message: "x".repeat(101) })),
  },
  {
    ...badMessage,
    variant: "starts with £",
    provoke: ({ claiming }) => claiming(({ binding_message }) => ({ binding_message: `£${binding_message}` })),
  },
  {
    ...badMessage,
    variant: "starts with a space",
    provoke: ({ claiming }) => claiming(({ binding_message }) => ({ binding_message: ` ${binding_message}` })),
  },
  {
    ...badMessage,
    variant: "line break",
    provoke: ({ claiming }) => claiming(({ binding_message }) => ({ binding_message: `${binding_message}\nx` })),
  },
  {
    id: "B14",
    title: "unknown login_hint",
    evidence: "P",
    exact: { status: 400, error: "unknown_user_id" },
    twin: start,
    provoke: ({ claiming }) => claiming(() => ({ login_hint: "ping-agents-nobody" })),
  },
  {
    id: "B15",
    title: "scope outside the request JWT",
    evidence: "P",
    exact: badRequest(),
    must: "record",
    twin: start,
    provoke: ({ sending }) =>
      sending(async (claims, { key, kid, scopes }) => ({
        request: await sign(claims, key, { kid }),
        scope: scopes.join(" "),
      })),
  },
];

/** Requests of a throw-away client to a throw-away user. */
type ThrowAway = Request & {
  /** Starts a request, or sends the one again that was started last. */
  startOnce(): Promise<Observation>;
  startAgain(): Promise<Observation>;
  startWhileInactive(): Promise<Observation>;
  /** Starts a request by an acr value whose journey is there, or that was deleted under it. */
  startByJourney(isGone: boolean): Promise<Observation>;
  /** Whether nobody else uses the provider. */
  readonly isProviderOurs: boolean;
};

const OF_THROW_AWAY: readonly Case<ThrowAway>[] = [
  {
    id: "B22",
    title: "no hint who is asked",
    evidence: "P",
    exact: badRequest(),
    twin: start,
    provoke: ({ claiming }) => claiming(() => ({ login_hint: undefined })),
  },
  {
    id: "B23",
    title: "request JWT used twice",
    evidence: "K",
    exact: badRequest(),
    must: "record",
    twin: ({ startOnce }) => startOnce(),
    provoke: ({ startAgain }) => startAgain(),
  },
  {
    id: "B24",
    title: "user who is asked deactivated",
    evidence: "K",
    exact: { status: 400, error: "unknown_user_id" },
    must: "record",
    twin: start,
    provoke: ({ startWhileInactive }) => startWhileInactive(),
  },
  {
    ...badAcr,
    variant: "journey gone",
    when: ({ isProviderOurs }) => isProviderOurs,
    twin: ({ startByJourney }) => startByJourney(false),
    provoke: ({ startByJourney }) => startByJourney(true),
  },
];

const flow = "ciba";

export const cibaRequestCases: Group = {
  cases: [...OF_REQUEST, ...OF_THROW_AWAY],
  ofAgent(session, agent) {
    const { ciba } = agent;
    if (!ciba) return [];
    const place = { agent: agent.clientId, flow, needs: needsOfCiba(session, agent, ciba) } as const;
    return planned(
      OF_REQUEST,
      place,
      request(session, () => cibaClientOf(session, agent, ciba)),
    );
  },
  onThrowAways(session) {
    const acr = acrOf(session);
    return acr === undefined ? [] : planned(OF_THROW_AWAY, { agent: THROW_AWAY, flow }, throwAway(session, acr));
  },
};

function request(session: Session, client: () => Promise<CibaClient>): Request {
  return {
    start: async () => startRequest(session, await client()),
    async claiming(change) {
      const ciba = await client();
      const claims = requestClaims(session, ciba);
      return startRequest(session, ciba, { claims: { ...claims, ...change(claims, session.clock.now()) } });
    },
    async sending(make) {
      const ciba = await client();
      return session.oauth.post("bc-authorize", ciba.client, await make(requestClaims(session, ciba), ciba));
    },
  };
}

function throwAway(session: Session, acr: string): ThrowAway {
  const { rig, admin, target } = session;
  const client = (value = acr) => signerAsClient(rig, value);
  const { start, ...more } = request(session, client);
  let last: string | undefined;
  return {
    start,
    ...more,
    async startOnce() {
      const ciba = await client();
      last = await sign(requestClaims(session, ciba), ciba.key, { kid: ciba.kid });
      return startRequest(session, ciba, { request: last });
    },
    startAgain: async () => startRequest(session, await client(), { request: last ?? "" }),
    startWhileInactive: async () => whileInactive(admin, rig.realm, await rig.member(), start),
    startByJourney: (isGone) => byJourney(session, isGone, async (value) => startRequest(session, await client(value))),
    isProviderOurs: target === "sandbox",
  };
}

const FAILURE = "e301438c-0bd0-429c-ab0c-66126501069a";

/** Maps a throw-away acr value to a throw-away journey, and deletes the journey under it. */
async function byJourney<Result>(
  { admin, rig }: Pick<Session, "admin" | "rig">,
  isGone: boolean,
  act: (acr: string) => Promise<Result>,
): Promise<Result> {
  const name = `ping-agents-verify-${randomUUID()}`;
  const path = treePath(rig.realm, name);
  await admin.write("PUT", path, { entryNodeId: FAILURE, nodes: {}, staticNodes: {}, enabled: true });
  try {
    return await withAttribute(
      admin,
      providerPath(rig.realm),
      ["advancedOIDCConfig", "loaMapping"],
      (mapping) => ({ ...(mapping as object), [name]: name }),
      async () => {
        if (isGone) await admin.write("DELETE", path);
        return act(name);
      },
    );
  } finally {
    await admin.attempt("DELETE", path);
  }
}
