/** An agent's token of its own: what it gets, and for which scopes, by which grants and of which make it gets none. */

import { type Case, type PlannedCase, type Proof, planned, THROW_AWAY } from "../../case.ts";
import { clientOf } from "../../credentials.ts";
import { GRANT } from "../../grants.ts";
import type { Observation } from "../../http.ts";
import type { Form } from "../../oauth.ts";
import { badRequest, INVALID_SCOPE } from "../answers.ts";
import { type At, STATELESS, withAttribute } from "../changes.ts";
import { excessOfOwn } from "../excess.ts";
import { expectedToken, inspect } from "../inspection.ts";
import { rigTokens } from "../rig-tokens.ts";
import type { Group, Session } from "../session.ts";
import { agentPath, providerPath } from "../snapshot.ts";
import { hasOwnToken, ownScopes, ownToken } from "../tokens.ts";

type Declared = {
  readonly scopes: readonly string[];
  own(scopes?: readonly string[]): Promise<Observation>;
  inspect(answer: Observation): Promise<Proof>;
};

const DECLARED: readonly Case<Declared>[] = [
  {
    id: "F01",
    title: "token of its own",
    evidence: "S2",
    expected: "token as declared",
    flow: ({ scopes }) => ({ how: "without a user", scopes, on: "its own scopes", for: "itself" }),
    run: async ({ own, inspect }) => inspect(await own()),
  },
];

/** A request for one scope that is not the agent's own, and for nothing else. */
type Excess = {
  own(scopes?: readonly string[]): Promise<Observation>;
  readonly excess: string;
};

const EXCESS: readonly Case<Excess>[] = [
  {
    id: "C07",
    core: true,
    title: "client_credentials with a scope that is not its own",
    evidence: "I L",
    exact: INVALID_SCOPE,
    must: "scope",
    variant: ({ excess }) => excess,
    twin: ({ own }) => own(),
    provoke: ({ own, excess }) => own([excess]),
    forbidden: ({ excess }) => ({ scope: excess }),
  },
];

type ThrowAway = {
  own(change?: Form): Promise<Observation>;
  /** The same while an attribute of the agent is otherwise. */
  whileAgentHas(at: At, edit: (before: unknown) => unknown): Promise<Observation>;
  /** The same while an attribute of the provider is otherwise. */
  whileProviderHas(at: At, edit: (before: unknown) => unknown): Promise<Observation>;
  /** Whether nobody else uses the provider. */
  readonly isProviderOurs: boolean;
};

const withoutClientCredentials = (list: unknown) =>
  (list as string[]).filter((grantType) => grantType !== GRANT.clientCredentials);

const THROWN_AWAY: readonly Case<ThrowAway>[] = [
  {
    id: "C05",
    core: true,
    title: "grant missing at the provider",
    evidence: "M",
    exact: { status: 400, error: "unsupported_grant_type" },
    tolerated: ["unsupported_grant_type"],
    // The provider is shared by everybody in the realm: on a tenant nobody takes a grant away to see what happens.
    when: ({ isProviderOurs }) => isProviderOurs,
    twin: ({ own }) => own(),
    provoke: ({ whileProviderHas }) =>
      whileProviderHas(["advancedOAuth2Config", "grantTypes"], withoutClientCredentials),
  },
  {
    id: "C06",
    core: true,
    title: "grant missing at the client",
    evidence: "D",
    exact: {
      status: 400,
      error: "unauthorized_client",
      description: /^The authenticated client is not authorized to use this authorization grant type\.$/,
    },
    tolerated: ["unauthorized_client", "unsupported_grant_type"],
    twin: ({ own }) => own(),
    provoke: ({ whileAgentHas }) =>
      whileAgentHas(["advancedOAuth2ClientConfig", "grantTypes"], withoutClientCredentials),
  },
  {
    id: "C12",
    title: "no scope, no default scope",
    evidence: "L",
    exact: {
      status: 400,
      error: "invalid_scope",
      description: /^No scope requested and no default scope configured$/,
    },
    twin: ({ own }) => own(),
    provoke: ({ own }) => own({ scope: undefined }),
  },
  {
    id: "C13",
    title: "tokens not client-side",
    evidence: "K",
    exact: badRequest(),
    must: "record",
    twin: ({ own }) => own(),
    provoke: ({ whileAgentHas }) => whileAgentHas(STATELESS, () => false),
  },
];

const flow = "client-credentials";

export const ownTokenCases: Group = {
  cases: [...DECLARED, ...EXCESS, ...THROWN_AWAY],
  ofAgent(session, agent) {
    if (!hasOwnToken(agent)) return [];
    const { clientId } = agent;
    const client = () => clientOf(session, agent);
    const place = { agent: clientId, flow, needs: [client] } as const;
    const scopes = ownScopes(agent);
    const own = (wanted?: readonly string[]) => ownToken(session, agent, wanted);
    const token = { sub: clientId, aud: [clientId], scopes, grantType: GRANT.clientCredentials };
    return [
      ...planned(DECLARED, place, {
        scopes,
        own,
        inspect: async (answer) => inspect(session, await client(), answer, expectedToken(session, agent, token)),
      }),
      ...excessOfOwn(session.plan, agent).tried.flatMap((excess) => planned(EXCESS, place, { own, excess })),
    ];
  },
  onThrowAways(session): PlannedCase[] {
    return planned(THROWN_AWAY, { agent: THROW_AWAY, flow }, throwAway(session));
  },
};

function throwAway({ rig, oauth, admin, target }: Session): ThrowAway {
  const tokens = rigTokens({ rig, oauth });
  const own = async (change?: Form) => tokens.own(await rig.autonomous(), change);
  return {
    own,
    whileAgentHas: async (at, edit) =>
      withAttribute(admin, agentPath(rig.realm, await rig.autonomous()), at, edit, () => own()),
    whileProviderHas: (at, edit) => withAttribute(admin, providerPath(rig.realm), at, edit, () => own()),
    isProviderOurs: target === "sandbox",
  };
}
