/** Token exchange by an application whom the may-act script of another client names (delegation §2.2), and what it must not bring. */

import { type Case, type Proof, planned } from "../../case.ts";
import { clientOf, tokenOf } from "../../credentials.ts";
import { GRANT } from "../../grants.ts";
import type { Observation } from "../../http.ts";
import { ACCESS_TOKEN_TYPE, type Client, type Form, grant } from "../../oauth.ts";
import { INVALID_SCOPE, NO_AUDIENCE, NO_EXCHANGE } from "../answers.ts";
import { withAttribute } from "../changes.ts";
import { expectedToken, inspect } from "../inspection.ts";
import { type AgentPlan, businessScopes, type DelegatePlan, isEnabled } from "../plan.ts";
import type { Group, Session } from "../session.ts";
import { providerPath } from "../snapshot.ts";

type Delegated = {
  /** Client ids. */
  readonly source: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  prove(): Promise<Proof>;
  /** The exchange as it is declared, with form parameters that differ. @param by @default the application itself */
  send(change?: Form, by?: Client): Promise<Observation>;
  /** An application that nobody names, and a token of its own. */
  other(): Promise<Client>;
  othersToken(): Promise<string>;
  /** The token that the exchange brings. */
  exchangedToken(): Promise<string>;
  /** The exchange while the provider takes no audience. */
  whileIgnored(): Promise<Observation>;
  /** Whether that changes it, and nobody else uses the provider. */
  readonly canBeIgnored: boolean;
  /** Whether somebody may exchange its exchanged tokens. */
  readonly goesOn: boolean;
  /** A scope that whose token it is has, and the application has not. */
  readonly foreignScope: string | undefined;
};

const UNLISTED = "ping-agents-unlisted";

const CASES: readonly Case<Delegated>[] = [
  {
    id: "F06",
    title: ({ source, audience }) => `exchange of ${source}'s own token for ${audience}`,
    evidence: "V",
    expected: "token as declared",
    flow: ({ source, audience, scopes }) => ({ how: "by exchange", scopes, on: audience, for: source }),
    run: ({ prove }) => prove(),
  },
  {
    id: "X27",
    core: true,
    title: "another client than may_act names",
    evidence: "M",
    exact: NO_EXCHANGE,
    twin: ({ send }) => send(),
    provoke: async ({ send, other }) => send({ scope: "read" }, await other()),
  },
  {
    id: "X28",
    core: true,
    title: "no actor token",
    evidence: "K",
    exact: NO_EXCHANGE,
    must: "no-actor",
    twin: ({ send }) => send(),
    provoke: ({ send }) => send({ actor_token: undefined, actor_token_type: undefined }),
  },
  {
    id: "X29",
    core: true,
    title: "actor token of another client",
    evidence: "V",
    exact: NO_EXCHANGE,
    twin: ({ send }) => send(),
    provoke: async ({ send, othersToken }) => send({ actor_token: await othersToken() }),
  },
  {
    id: "X30",
    core: true,
    title: "audience that is not on the client's list",
    evidence: "M",
    exact: NO_AUDIENCE,
    must: "audience",
    twin: ({ send }) => send(),
    provoke: ({ send }) => send({ audience: UNLISTED }),
    forbidden: () => ({ audience: UNLISTED }),
  },
  {
    id: "X31",
    title: "exchanged token exchanged onward",
    evidence: "M",
    // It names nobody, and so is that of an ordinary client.
    exact: { ...NO_EXCHANGE, rules: ["X19"] },
    when: ({ goesOn }) => !goesOn,
    twin: ({ send }) => send(),
    provoke: async ({ send, exchangedToken }) => send({ subject_token: await exchangedToken() }),
  },
  {
    id: "X32",
    title: "provider takes no audience",
    evidence: "M",
    exact: { status: 200 },
    must: "audience",
    // The provider is shared by everybody in the realm: on a tenant nobody changes it to see what happens.
    when: ({ canBeIgnored }) => canBeIgnored,
    twin: ({ send }) => send(),
    provoke: ({ whileIgnored }) => whileIgnored(),
    forbidden: ({ audience }) => ({ audience }),
  },
  {
    id: "X33",
    title: "scope that only the exchanged token's client has",
    evidence: "M",
    exact: INVALID_SCOPE,
    must: "scope",
    when: ({ foreignScope }) => foreignScope !== undefined,
    variant: ({ foreignScope = "" }) => foreignScope,
    twin: ({ send }) => send(),
    provoke: ({ send, foreignScope }) => send({ scope: foreignScope }),
    forbidden: ({ foreignScope }) => ({ scope: foreignScope }),
  },
];

export const exchangeDelegatedCases: Group = {
  cases: CASES,
  ofAgent(session, agent) {
    // A client that is declared as switched off has no tokens, and whether they could be exchanged nobody knows.
    return (agent.delegates ?? [])
      .filter((one) => isEnabled(one.with))
      .flatMap((one) => {
        const about = `of ${one.with.clientId} for ${one.audience}`;
        const needs = [() => clientOf(session, agent), () => clientOf(session, one.with)];
        return planned(
          CASES,
          { agent: agent.clientId, flow: "exchange", needs, about },
          delegated(session, agent, one),
        );
      });
  },
};

function delegated(session: Session, agent: AgentPlan, delegate: DelegatePlan): Delegated {
  const { oauth, rig, admin, target, live, plan } = session;
  const { with: source, audience, scopes } = delegate;
  const own = async (client: Client, wanted: readonly string[]) => {
    const answer = await oauth.post("access_token", client, grant.clientCredentials(wanted));
    return tokenOf(answer, `token of ${client.clientId}'s own`);
  };
  const send: Delegated["send"] = async (change = {}, by) => {
    const acting = await clientOf(session, agent);
    return oauth.post("access_token", by ?? acting, {
      ...grant.exchange(await own(await clientOf(session, source), businessScopes(source.scopes)), audience, scopes),
      ...{ actor_token: await own(acting, scopes), actor_token_type: ACCESS_TOKEN_TYPE },
      ...change,
    });
  };
  const expected = expectedToken(session, agent, {
    ...{ sub: source.clientId, aud: [agent.clientId, audience], actor: agent.clientId, scopes },
    grantType: GRANT.tokenExchange,
  });
  const isOverriding = live.clients.get(agent.clientId)?.overrides.enabled === true;
  return {
    ...{ source: source.clientId, audience, scopes, send, other: rig.other },
    prove: async () => inspect(session, await clientOf(session, agent), await send(), expected),
    othersToken: async () => own(await rig.other(), ["read"]),
    exchangedToken: async () => tokenOf(await send(), "exchanged token"),
    whileIgnored: () =>
      withAttribute(
        admin,
        providerPath(plan.realm),
        ["advancedOAuth2Config", "acceptAudienceParametersInTokenExchangeRequests"],
        () => false,
        () => send(),
      ),
    canBeIgnored: target === "sandbox" && !isOverriding,
    goesOn: plan.agents.some((one) => one.delegates?.some((other) => other.with.clientId === agent.clientId)),
    foreignScope: source.scopes.find((scope) => scope !== "openid" && !agent.scopes.includes(scope)),
  };
}
