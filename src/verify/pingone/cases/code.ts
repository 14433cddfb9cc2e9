/** Agents that sign users in (RFC 6749 §4.1, delegation §1.1): what the code brings. */
import { type Case, type Place, type PlannedCase, type Proof, planned, THROW_AWAY } from "../../case.ts";
import { GRANT } from "../../grants.ts";
import { type Observation, textOf } from "../../http.ts";
import { shown } from "../../judge.ts";
import { claimsOf } from "../../jwt.ts";
import type { SignedOn } from "../authorize.ts";
import { checkCarried, checkSignOn } from "../claims.ts";
import { idSubjectOf, subjectOf } from "../people.ts";
import { type PingOneAccess, type PingOneAgent, signOnScopes, signsUsersIn } from "../plan.ts";
import { type Group, judged, partyOf, type Session } from "../session.ts";
import { AUTHENTICATION, authenticationCases } from "./authentication.ts";
import { pushing, REFUSED, signingOn, THROWN_AWAY } from "./code-refused.ts";
import { EXCESS_SCOPE, EXCESS_SCOPE_BY_BROWSER, excessCases } from "./own.ts";
import { gracePeriodOf, REFRESH_REFUSED, refreshing, renew } from "./refresh.ts";

/** Tokens of a user for one resource. */
type Tokens = {
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly user: string;
  prove(): Promise<Proof>;
};

const SIGN_ON: readonly Case<Tokens>[] = [
  {
    id: "P07",
    title: ({ resource }) => `sign-on for ${resource}`,
    evidence: "D",
    expected: "token as declared",
    flow: ({ resource, scopes, user }) => ({ how: "after the user signs in", scopes, on: resource, for: user }),
    run: ({ prove }) => prove(),
  },
];

const REFRESH: readonly Case<Tokens>[] = [
  {
    id: "P08",
    title: ({ resource }) => `refresh for ${resource}`,
    evidence: "D",
    expected: "token with the same rights, and the next refresh token",
    flow: ({ resource, scopes, user }) => ({ how: "by refresh", scopes, on: resource, for: user }),
    run: ({ prove }) => prove(),
  },
];

const flow = "code";

export const codeCases: Group = {
  cases: [
    ...SIGN_ON,
    ...REFRESH,
    ...AUTHENTICATION,
    ...EXCESS_SCOPE_BY_BROWSER,
    ...REFUSED,
    ...REFRESH_REFUSED,
    ...THROWN_AWAY,
  ],
  ofAgent(session, agent) {
    if (!signsUsersIn(agent)) return [];
    const needs = [() => partyOf(session, agent), () => session.approver.ready(session.user().name)];
    const place = { agent: agent.key, flow, needs } as const;
    const refreshes = agent.grantTypes.includes(GRANT.refreshToken);
    return agent.access.flatMap((entry, index) => {
      const tokens = { resource: entry.resource, scopes: signOnScopes(agent, entry), user: session.userName };
      return [
        ...planned(SIGN_ON, place, { ...tokens, prove: () => proveSignOn(session, agent, entry) }),
        ...(refreshes ? planned(REFRESH, place, { ...tokens, prove: () => proveRefresh(session, agent, entry) }) : []),
        // What is refused does not depend on the resource.
        ...(index === 0 ? provoked(session, agent, entry, place) : []),
      ];
    });
  },
  onThrowAways(session) {
    const [entry] = session.plan.agents
      .filter((one) => one.enabled && signsUsersIn(one))
      .flatMap(({ access }) => access);
    const needs = [() => session.approver.ready(session.user().name)];
    return entry ? planned(THROWN_AWAY, { agent: THROW_AWAY, flow, needs }, pushing(session, entry)) : [];
  },
};

function provoked(session: Session, agent: PingOneAgent, entry: PingOneAccess, place: Place): PlannedCase[] {
  const on = signingOn(session, agent, entry);
  const ask = (scopes?: readonly string[]) => on.ask(scopes && { scopes });
  return [
    ...(agent.authMethod === "none" ? [] : authenticationCases(session, agent, place, on.askAs)),
    ...excessCases(session, agent, place, ask, on.pushes ? EXCESS_SCOPE : EXCESS_SCOPE_BY_BROWSER),
    ...planned(REFUSED, place, on),
    ...(agent.grantTypes.includes(GRANT.refreshToken)
      ? planned(REFRESH_REFUSED, place, refreshing(session, agent, entry))
      : []),
  ];
}

/** Signs the user on, and holds what the code brings to what is declared. */
async function proveSignOn(session: Session, agent: PingOneAgent, entry: PingOneAccess): Promise<Proof> {
  return held(session, agent, entry, await session.signOn({ ...entry, application: agent.key }));
}

/** Renews what a sign-on brought, and holds it to that. */
async function proveRefresh(session: Session, agent: PingOneAgent, entry: PingOneAccess): Promise<Proof> {
  const before = await session.signOn({ ...entry, application: agent.key });
  const refreshToken = textOf(before.body.refresh_token);
  if (refreshToken === undefined) return { got: shown(before), problems: ["no refresh token was issued"] };
  const answer = await renew(session, agent, before);
  // A client that did not get the next one may use the last one again.
  const again = gracePeriodOf(agent) > 0 ? await renew(session, agent, before) : undefined;
  const { problems, ...proof } = await held(session, agent, entry, answer);
  const [claims, earlier] = [answer, before].map(({ body }) => claimsOf(textOf(body.access_token) ?? ""));
  if (!claims || !earlier) return { ...proof, problems };
  const next = textOf(answer.body.refresh_token);
  return {
    ...proof,
    problems: [
      ...problems,
      ...checkCarried(claims, earlier),
      ...(next === undefined || next === refreshToken ? ["the refresh token is not followed by another one"] : []),
      ...(again && !textOf(again.body.access_token) ? [`within the grace period: ${shown(again)}`] : []),
    ],
  };
}

/** Holds tokens of a user who signed on to what is declared. */
async function held(
  session: Session,
  agent: PingOneAgent,
  entry: PingOneAccess,
  answer: Observation & Partial<SignedOn>,
): Promise<Proof> {
  const { client, clientId } = await partyOf(session, agent);
  const user = session.user();
  const isExchanged = agent.actsFor.some(({ resource }) => resource === entry.resource);
  const { problems, ...proof } = await judged(session, client, answer, {
    ...{ issuer: session.service.issuer, clientId, ...entry, scopes: signOnScopes(agent, entry) },
    ...{ userId: user.id, subject: subjectOf(session.plan, entry.resource, user) },
    idToken: { subject: idSubjectOf(agent, user), nonce: answer.nonce },
    // Without that, nothing that the agent does with it says who acts.
    mayAct: isExchanged ? clientId : undefined,
  });
  const claims = claimsOf(textOf(answer.body.access_token) ?? "");
  return { ...proof, problems: [...problems, ...(claims ? checkSignOn(claims, agent.policies ?? []) : [])] };
}
