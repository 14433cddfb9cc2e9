/** Token exchange on behalf of a user (RFC 8693, pingone §5.6): who acts is in the token, or nobody does. */
import { type Case, type Proof, planned } from "../../case.ts";
import { tokenOf } from "../../credentials.ts";
import { Unprovable } from "../../errors.ts";
import { GRANT } from "../../grants.ts";
import { type Observation, textOf } from "../../http.ts";
import { claimsOf, tampered } from "../../jwt.ts";
import { refusal } from "../answers.ts";
import { checkCarried } from "../claims.ts";
import { subjectOf } from "../people.ts";
import type { PingOneAccess, PingOneAgent, UserTokens } from "../plan.ts";
import { clientIdOf, clientOf, type Group, judged, ownToken, type Session } from "../session.ts";
import { EXCESS_SCOPE, excessCases } from "./own.ts";
import { type Exchanging, unnamed } from "./unnamed.ts";

type UsersToken = {
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly user: string;
  prove(): Promise<Proof>;
};

const USERS_TOKEN: readonly Case<UsersToken>[] = [
  {
    // Without that, nothing that the agent does with it says who acts.
    id: "P02",
    title: ({ resource }) => `user's token of ${resource} names the agent`,
    evidence: "D",
    expected: "may_act as declared",
    flow: ({ resource, scopes, user }) => ({ how: "the user's own token", scopes, on: resource, for: user }),
    run: ({ prove }) => prove(),
  },
];

type Declared = {
  readonly from: string;
  readonly to: string;
  readonly scopes: readonly string[];
  readonly user: string;
  prove(): Promise<Proof>;
};

const DECLARED: readonly Case<Declared>[] = [
  {
    id: "P03",
    title: ({ from, to }) => `exchange ${from} for ${to}`,
    evidence: "D",
    expected: "token as declared",
    flow: ({ to, scopes, user }) => ({ how: "by exchange", scopes, on: to, for: user }),
    run: ({ prove }) => prove(),
  },
];

type Asking = Exchanging & {
  subject(): Promise<string>;
  actor(): Promise<string>;
  /** The own token of an agent whom the user's token does not name. */
  strangersToken(): Promise<string>;
  /** What was exchanged already. */
  exchanged(): Promise<string>;
  /** Whether the target's tokens are not those that are exchanged. */
  readonly isOtherResource: boolean;
};

const UNKNOWN_TYPE = "urn:example:token-type:unknown";
const INVALID_TOKEN = { tolerated: ["invalid_grant", "invalid_request"] } as const;

const PROVOKED: readonly Case<Asking>[] = [
  {
    id: "N11",
    title: "subject token altered",
    evidence: "D",
    exact: refusal("subjectInvalid", "invalid_grant"),
    ...INVALID_TOKEN,
    twin: ({ ask }) => ask(),
    provoke: async ({ ask, subject }) => ask({ subject: tampered(await subject()) }),
  },
  {
    id: "N12",
    title: "no subject token",
    evidence: "D",
    exact: refusal("missingParameter", "invalid_request"),
    tolerated: ["invalid_request"],
    twin: ({ ask }) => ask(),
    provoke: ({ ask }) => ask({ subject: undefined }),
  },
  {
    id: "N13",
    title: "actor token altered",
    evidence: "D",
    exact: refusal("actorInvalid", "invalid_grant"),
    ...INVALID_TOKEN,
    twin: ({ ask }) => ask(),
    provoke: async ({ ask, actor }) => ask({ actor: tampered(await actor()) }),
  },
  ...unnamed<Asking>({
    id: "N14",
    title: "no actor token",
    evidence: "I",
    change: () => ({ actor: undefined }),
  }),
  ...unnamed<Asking>({
    id: "N15",
    title: "actor whom may_act does not name",
    evidence: "T",
    change: async ({ strangersToken }) => ({ actor: await strangersToken() }),
  }),
  ...unnamed<Asking>({
    id: "N16",
    title: "user's token of another resource",
    evidence: "T",
    // What was exchanged is a user's token of the target, which names nobody in may_act.
    when: ({ isOtherResource }) => isOtherResource,
    change: async ({ exchanged }) => ({ subject: await exchanged() }),
  }),
  ...unnamed<Asking>({
    id: "N17",
    title: "agent's own token in place of the user's",
    evidence: "I",
    change: async ({ actor }) => ({ subject: await actor() }),
  }),
  {
    id: "N18",
    title: "another resource than that of the scope",
    evidence: "T",
    exact: refusal("otherTarget", "invalid_target"),
    tolerated: ["invalid_target"],
    twin: ({ ask }) => ask(),
    provoke: ({ ask }) => ask({ resource: "https://nobody.example.com" }),
  },
  {
    id: "N19",
    title: "exchange for OpenID Connect",
    evidence: "D",
    exact: refusal("customOnly", "invalid_scope"),
    must: "scope",
    tolerated: ["invalid_scope"],
    twin: ({ ask }) => ask(),
    provoke: ({ ask }) => ask({ scopes: ["openid"] }),
    forbidden: () => ({ scope: "openid" }),
  },
  {
    id: "N24",
    title: "subject token of an unknown type",
    evidence: "D",
    exact: refusal("subjectType", "invalid_request"),
    tolerated: ["invalid_request"],
    twin: ({ ask }) => ask(),
    provoke: ({ ask }) => ask({ subjectType: UNKNOWN_TYPE }),
  },
  {
    id: "N25",
    title: "actor token of an unknown type",
    evidence: "D",
    exact: refusal("actorType", "invalid_request"),
    tolerated: ["invalid_request"],
    twin: ({ ask }) => ask(),
    provoke: ({ ask }) => ask({ actorType: UNKNOWN_TYPE }),
  },
];

export const exchangeCases: Group = {
  cases: [...USERS_TOKEN, ...DECLARED, ...EXCESS_SCOPE, ...PROVOKED],
  ofAgent(session, agent) {
    const { actsFor, grantTypes, key } = agent;
    if (!grantTypes.includes(GRANT.tokenExchange)) return [];
    const client = () => clientOf(session, agent);
    const user = session.userName;
    return actsFor.flatMap((tokens) => {
      const needs = [client, () => session.approver.ready(session.user().name)];
      const place = { agent: key, flow: "exchange", needs } as const;
      const isItsOwn = tokens.application === key;
      return [
        // What it gets itself is looked at as a sign-on.
        ...(isItsOwn
          ? []
          : planned(
              USERS_TOKEN,
              { ...place, flow: "user-token" },
              {
                resource: tokens.resource,
                scopes: tokens.scopes,
                user,
                prove: () => proveUsersToken(session, agent, tokens),
              },
            )),
        ...targetsOf(agent, tokens).flatMap((entry) => {
          const on = asking(session, agent, entry, tokens);
          const about = `for ${entry.resource}`;
          const prove = () => proveExchange(session, agent, entry, tokens);
          return [
            ...planned(DECLARED, place, {
              from: tokens.resource,
              to: entry.resource,
              scopes: entry.scopes,
              user,
              prove,
            }),
            ...excessCases(session, agent, { ...place, about }, (scopes) => on.ask(scopes && { scopes })),
            ...planned(PROVOKED, { ...place, about }, on),
          ];
        }),
      ];
    });
  },
};

/** What users' tokens are exchanged for: those that an agent gets by a sign-on are not exchanged for each other. */
function targetsOf({ access, actsFor, key }: PingOneAgent, { application }: UserTokens): readonly PingOneAccess[] {
  if (application !== key) return access;
  return access.filter((entry) => actsFor.every(({ resource }) => resource !== entry.resource));
}

async function proveUsersToken(session: Session, agent: PingOneAgent, tokens: UserTokens): Promise<Proof> {
  const clientId = await clientIdOf(session, tokens.application ?? "");
  const mayAct = await clientIdOf(session, agent.key);
  const subject = subjectOf(session.plan, tokens.resource, session.user());
  const expected = { issuer: session.service.issuer, clientId, subject, mayAct, ...tokens };
  return judged(session, undefined, await session.signOn(tokens), expected);
}

/** Exchanges a user's token for one of the resource. */
export function tryExchange(
  session: Session,
  agent: PingOneAgent,
  entry: PingOneAccess,
  tokens: UserTokens,
): Promise<Observation> {
  return asking(session, agent, entry, tokens).ask();
}

/** Exchanges a user's token, and holds what that brings to what is declared, and to that token. */
export async function proveExchange(
  session: Session,
  agent: PingOneAgent,
  entry: PingOneAccess,
  tokens: UserTokens,
): Promise<Proof> {
  const client = await clientOf(session, agent);
  const { clientId } = client;
  const { ask, subject } = asking(session, agent, entry, tokens);
  const given = await subject();
  const subjectToken = claimsOf(given) ?? {};
  const answer = await ask({ subject: given });
  const { problems, ...proof } = await judged(session, client, answer, {
    ...{ issuer: session.service.issuer, clientId, actor: clientId, userId: session.user().id, ...entry },
    subject: subjectOf(session.plan, entry.resource, session.user(), subjectToken),
  });
  const claims = claimsOf(textOf(answer.body.access_token) ?? "");
  if (!claims) return { ...proof, problems };
  const { claims: declared = {} } = session.plan.resources.find(({ name }) => name === entry.resource) ?? {};
  const isLast = !Object.hasOwn(declared, "may_act");
  return {
    ...proof,
    problems: [
      ...problems,
      ...checkCarried(claims, subjectToken),
      ...(Number(claims.exp) > Number(subjectToken.exp) ? ["it outlives the token that was exchanged"] : []),
      ...(isLast && claims.may_act !== undefined ? ["may_act, although nobody is to go on with it"] : []),
    ],
  };
}

function asking(session: Session, agent: PingOneAgent, entry: PingOneAccess, tokens: UserTokens): Asking {
  const { service, rig } = session;
  const { scopes } = entry;
  const subject = async () => tokenOf(await session.signOn(tokens), `user's token of ${tokens.resource}`);
  // It shows who acts: of the resource that is declared last, the one for that where there are two.
  const actor = () => {
    const last = agent.access.at(-1);
    if (!last) throw new Unprovable(`${agent.key} reaches no resource, so that no token shows who acts`);
    return ownToken(session, agent, last);
  };
  const ask: Asking["ask"] = async (change = {}) => {
    const whole = { actor: await actor(), scopes };
    const exchanged = "subject" in change ? change.subject : await subject();
    return service.exchange(await clientOf(session, agent), { ...whole, ...change, subject: exchanged });
  };
  const { required = [] } = session.plan.resources.find(({ name }) => name === entry.resource) ?? {};
  return {
    ask,
    isRequired: required.includes("act"),
    subject,
    actor,
    strangersToken: async () =>
      tokenOf(await service.own(await rig.agent(entry), scopes), "token of a throw-away agent"),
    exchanged: async () => tokenOf(await ask(), "exchanged token"),
    isOtherResource: agent.actsFor.every(({ resource }) => resource !== entry.resource),
  };
}
