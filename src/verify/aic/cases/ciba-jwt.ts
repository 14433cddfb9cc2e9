/** Requests to a user that must not start for what their JWT is (oauth-flows §6.1): how it is signed, by whom, for whom and until when. */
import { exportJWK, generateKeyPair } from "jose";
import type { Case, Negative } from "../../case.ts";
import type { Observation } from "../../http.ts";
import { sign, unsigned } from "../../jwt.ts";
import { badRequest } from "../answers.ts";
import { requestClaims, startRequest } from "../ciba.ts";
import { cibaGroup, type Starts } from "../ciba-starts.ts";
import { signerAsClient } from "../rig-ciba.ts";
import type { Session } from "../session.ts";

const start: Negative<Starts>["twin"] = (on) => on.start();
const badAlgorithm = {
  id: "B02",
  core: true,
  title: "signing algorithm not allowed",
  evidence: "K",
  exact: badRequest(),
  twin: start,
} as const;

const DECLARED: readonly Case<Starts>[] = [
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

/** A request of a throw-away client. */
type Replay = {
  startOnce(): Promise<Observation>;
  /** Sends the same JWT again. */
  startAgain(): Promise<Observation>;
};

const THROWN_AWAY: readonly Case<Replay>[] = [
  {
    id: "B23",
    title: "request JWT used twice",
    evidence: "K",
    exact: badRequest(),
    must: "record",
    twin: ({ startOnce }) => startOnce(),
    provoke: ({ startAgain }) => startAgain(),
  },
];

export const cibaJwtCases = cibaGroup(DECLARED, THROWN_AWAY, replay);

function replay(session: Session, acr: string): Replay {
  const client = () => signerAsClient(session.rig, acr);
  let request = "";
  return {
    async startOnce() {
      const ciba = await client();
      request = await sign(requestClaims(session, ciba), ciba.key, { kid: ciba.kid });
      return startRequest(session, ciba, { request });
    },
    startAgain: async () => startRequest(session, await client(), { request }),
  };
}
