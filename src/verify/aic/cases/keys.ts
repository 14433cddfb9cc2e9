/** Keys of clients that ask users (oauth-flows §7): what is published, and requests that no published key verifies. */

import type { JWK } from "jose";
import { type Case, type Negative, planned, THROW_AWAY } from "../../case.ts";
import type { Observation } from "../../http.ts";
import { sign } from "../../jwt.ts";
import { BAD_SIGNATURE } from "../answers.ts";
import { withAttribute } from "../changes.ts";
import { type CibaClient, cibaClientOf, needsOfCiba, requestClaims, startRequest } from "../ciba.ts";
import { keyProblems, publishedKeys } from "../published-keys.ts";
import { jwkSet } from "../rig.ts";
import { signerAsClient } from "../rig-ciba.ts";
import { acrOf, type Group, type Session } from "../session.ts";
import { type SigningKey, signingKey } from "../signing-key.ts";
import { clientPath } from "../snapshot.ts";

/** What the tenant shows to every administrator, read back. */
type Published = { readonly got: string; readonly keys: readonly JWK[] };

const PUBLISHED: readonly Case<Published>[] = [
  {
    id: "K01",
    core: true,
    title: "published keys have no private member",
    evidence: "K",
    expected: "public members only",
    run: async ({ got, keys }) => ({ got, problems: (await keyProblems(keys)).leaked }),
  },
  {
    id: "K02",
    title: "published keys are P-256, named by thumbprint",
    evidence: "K",
    expected: "EC P-256, kid by RFC 7638",
    run: async ({ got, keys }) => ({ got, problems: (await keyProblems(keys)).unfit }),
  },
];

type Signed = { start(): Promise<Observation>; startSignedBy(key: SigningKey): Promise<Observation> };

const SIGNED: readonly Case<Signed>[] = [
  {
    id: "B03",
    core: true,
    title: "signed by an unregistered key",
    evidence: "M",
    exact: BAD_SIGNATURE,
    twin: ({ start }) => start(),
    provoke: async ({ startSignedBy }) => startSignedBy(await signingKey()),
  },
];

/** Requests of a throw-away client with two keys. */
type Signer = {
  start(): Promise<Observation>;
  startByRetiring(): Promise<Observation>;
  /** With the kid of one key over the signature of the other. */
  startCrossed(): Promise<Observation>;
  /** While the client has published nothing, or says that its keys are elsewhere. */
  startWithoutKeys(why: "empty set" | "jwks_uri"): Promise<Observation>;
  startByRetired(): Promise<Observation>;
};

const noKeys = {
  id: "B05",
  title: "no usable public keys",
  evidence: "K",
  exact: BAD_SIGNATURE,
  twin: ({ start }) => start(),
} as const satisfies Partial<Negative<Signer>>;

const OF_SIGNER: readonly Case<Signer>[] = [
  {
    id: "B04",
    core: true,
    title: "kid of another registered key",
    evidence: "M",
    exact: BAD_SIGNATURE,
    twin: ({ start }) => start(),
    provoke: ({ startCrossed }) => startCrossed(),
  },
  { ...noKeys, variant: "empty set", provoke: ({ startWithoutKeys }) => startWithoutKeys("empty set") },
  { ...noKeys, variant: "jwks_uri", provoke: ({ startWithoutKeys }) => startWithoutKeys("jwks_uri") },
  {
    id: "K03",
    core: true,
    title: "signed by the retired key",
    evidence: "I",
    exact: { ...BAD_SIGNATURE, rules: ["B03"] },
    twin: ({ startByRetiring }) => startByRetiring(),
    provoke: ({ startByRetired }) => startByRetired(),
  },
];

const flow = "ciba";

export const keyCases: Group = {
  cases: [...PUBLISHED, ...SIGNED, ...OF_SIGNER],
  ofAgent(session, agent) {
    const { ciba, clientId } = agent;
    if (!ciba) return [];
    const keys = publishedKeys(session.live.clients.get(clientId)?.jwkSet);
    const got = `${keys.length} published ${keys.length === 1 ? "key" : "keys"}`;
    const client = () => cibaClientOf(session, agent, ciba);
    const signed: Signed = {
      start: async () => startRequest(session, await client()),
      startSignedBy: async ({ privateKey }) => startSignedBy(session, await client(), privateKey),
    };
    return [
      ...planned(PUBLISHED, { agent: clientId, flow }, { got, keys }),
      ...planned(SIGNED, { agent: clientId, flow, needs: needsOfCiba(session, agent, ciba) }, signed),
    ];
  },
  onThrowAways(session) {
    const acr = acrOf(session);
    return acr === undefined ? [] : planned(OF_SIGNER, { agent: THROW_AWAY, flow }, signerOf(session, acr));
  },
};

/** A request under the kid of the client's key that another key has signed. */
async function startSignedBy(session: Session, ciba: CibaClient, key: JWK): Promise<Observation> {
  const request = await sign(requestClaims(session, ciba), key, { kid: ciba.kid });
  return startRequest(session, ciba, { request });
}

function signerOf(session: Session, acr: string): Signer {
  const { rig, admin } = session;
  const start = async (which: "active" | "retiring" = "active") =>
    startRequest(session, await signerAsClient(rig, acr, which));
  const whileSigning = async (attribute: string, value: unknown, act: () => Promise<Observation>) => {
    const path = clientPath(rig.realm, await rig.signer());
    return withAttribute(admin, path, ["signEncOAuth2ClientConfig", attribute], () => value, act);
  };
  return {
    start: () => start(),
    startByRetiring: () => start("retiring"),
    async startCrossed() {
      const { active } = await rig.signer();
      return startSignedBy(session, await signerAsClient(rig, acr, "retiring"), active.privateKey);
    },
    startWithoutKeys: (why) =>
      why === "jwks_uri"
        ? whileSigning("publicKeyLocation", "jwks_uri", () => start())
        : whileSigning("jwkSet", jwkSet([]), () => start()),
    async startByRetired() {
      const { active } = await rig.signer();
      return whileSigning("jwkSet", jwkSet([active.publicKey]), () => start("retiring"));
    },
  };
}
