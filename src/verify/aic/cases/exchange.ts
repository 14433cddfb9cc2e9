/** Token exchange of a declared agent (oauth-flows §5.1): for itself or on behalf of a user, and what it must not bring. */
import { type Case, type Negative, type Place, type Proof, planned } from "../../case.ts";
import { clientOf, tokenOf } from "../../credentials.ts";
import { GRANT } from "../../grants.ts";
import type { Observation } from "../../http.ts";
import { tampered } from "../../jwt.ts";
import type { Form } from "../../oauth.ts";
import { INVALID_SCOPE, NO_AUDIENCE, NO_EXCHANGE } from "../answers.ts";
import { excessOfExchange } from "../excess.ts";
import { expectedToken, inspect } from "../inspection.ts";
import { type AccessPlan, type AgentPlan, businessScopes, grantedScopes } from "../plan.ts";
import type { Group, Session } from "../session.ts";
import { exchange, exchangeablesOf, type Subject, strangersToken } from "../tokens.ts";

type Declared = {
  readonly subject: string;
  readonly application: string;
  readonly scopes: readonly string[];
  readonly isForItself: boolean;
  prove(): Promise<Proof>;
};

const DECLARED: readonly Case<Declared>[] = [
  {
    id: "F03",
    title: ({ subject, application }) => `exchange for ${subject} to ${application}`,
    evidence: ({ isForItself }) => (isForItself ? "S2" : "S3"),
    expected: "token as declared",
    flow: ({ subject, application, scopes }) => ({ how: "by exchange", scopes, on: application, for: subject }),
    run: ({ prove }) => prove(),
  },
];

/** An exchange that works. */
type Exchange = {
  /** Sends it, with form parameters that differ. */
  send(change?: Form): Promise<Observation>;
  subjectToken(): Promise<string>;
  /** The token of a user whom no subject and no group of the privilege names. */
  strangersToken(): Promise<string>;
  /** Client id of the application. */
  readonly application: string;
  /** Client id of an application that exists, and that the agent has no privilege for. */
  foreign(): Promise<string>;
  readonly isForItself: boolean;
};

const notExact = {
  id: "X02",
  title: "audience not exact",
  evidence: "M",
  exact: { ...NO_AUDIENCE, rules: ["X01", "X02"] },
  must: "audience",
  twin: ({ send }) => send(),
} as const satisfies Partial<Negative<Exchange>>;
const inexact = (variant: string, change: (application: string) => string): Negative<Exchange> => ({
  ...notExact,
  variant,
  provoke: ({ send, application }) => send({ audience: change(application) }),
  forbidden: ({ application }) => ({ audience: change(application) }),
});
const otherCase = (text: string) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

/** What is provoked where a privilege grants every scope, here and on throw-away objects. */
export const BEYOND_APPLICATION = {
  id: "X07",
  title: "scope that the application lacks, privilege without permissions",
  evidence: "I",
  exact: INVALID_SCOPE,
  must: "scope",
} as const;

/** An exchange for one scope that is not granted, and for nothing else. */
type Excess = Pick<Exchange, "send"> & {
  readonly excess: string;
  /** Whether the privilege grants every scope of the application. */
  readonly isUnlimited: boolean;
};

const alone = {
  must: "scope",
  variant: ({ excess }) => excess,
  twin: ({ send }) => send(),
  provoke: ({ send, excess }) => send({ scope: excess }),
  forbidden: ({ excess }) => ({ scope: excess }),
} as const satisfies Partial<Negative<Excess>>;

const EXCESS: readonly Case<Excess>[] = [
  {
    ...alone,
    id: "X06",
    core: true,
    title: "scope outside the privilege",
    evidence: "K",
    exact: INVALID_SCOPE,
    when: ({ isUnlimited }) => !isUnlimited,
  },
  { ...BEYOND_APPLICATION, ...alone, when: ({ isUnlimited }) => isUnlimited },
];

const PROVOKED: readonly Case<Exchange>[] = [
  {
    id: "X01",
    core: true,
    title: "audience without a privilege",
    evidence: "M/K",
    exact: NO_AUDIENCE,
    must: "audience",
    twin: ({ send }) => send(),
    provoke: async ({ send, foreign }) => send({ audience: await foreign() }),
    forbidden: async ({ foreign }) => ({ audience: await foreign() }),
  },
  inexact("longer", (application) => `${application}x`),
  inexact("shorter", (application) => application.slice(0, -1)),
  inexact("other case", otherCase),
  {
    id: "X03",
    core: true,
    title: "audience missing",
    evidence: "K",
    exact: NO_AUDIENCE,
    must: "audience",
    twin: ({ send }) => send(),
    provoke: ({ send }) => send({ audience: undefined }),
    forbidden: ({ application }) => ({ audience: application }),
  },
  {
    id: "X04",
    title: "audience empty",
    evidence: "M",
    exact: NO_AUDIENCE,
    twin: ({ send }) => send(),
    provoke: ({ send }) => send({ audience: "" }),
  },
  {
    id: "X05",
    title: "a second audience without a privilege",
    evidence: "K",
    exact: NO_AUDIENCE,
    must: "audience",
    twin: ({ send }) => send(),
    provoke: async ({ send, application, foreign }) => send({ audience: [application, await foreign()] }),
    forbidden: async ({ foreign }) => ({ audience: await foreign() }),
  },
  {
    id: "X08",
    core: true,
    title: "user in neither subjects nor groups",
    evidence: "K",
    exact: NO_EXCHANGE,
    when: ({ isForItself }) => !isForItself,
    twin: ({ send }) => send(),
    provoke: async ({ send, strangersToken }) => send({ subject_token: await strangersToken() }),
  },
  {
    id: "X11",
    core: true,
    title: "subject token altered",
    evidence: "M",
    exact: NO_EXCHANGE,
    twin: ({ send }) => send(),
    provoke: async ({ send, subjectToken }) => send({ subject_token: tampered(await subjectToken()) }),
  },
  {
    id: "X15",
    title: "unknown requested_token_type",
    evidence: "M",
    exact: NO_EXCHANGE,
    twin: ({ send }) => send(),
    provoke: ({ send }) => send({ requested_token_type: "urn:example:token-type:unknown" }),
  },
];

export const exchangeCases: Group = {
  cases: [...DECLARED, ...EXCESS, ...PROVOKED],
  async ofAgent(session, agent) {
    const client = () => clientOf(session, agent);
    const exchangeable = await exchangeablesOf(session, agent);
    return exchangeable.flatMap(({ entry, subjects, subject: one }) => {
      const place = (subject: Subject) =>
        ({ agent: agent.clientId, flow: "exchange", needs: [client, ...subject.needs] }) as const;
      return [
        ...subjects.flatMap((subject) => planned(DECLARED, place(subject), declared(session, agent, entry, subject))),
        ...(one ? provocations(session, agent, entry, one, place(one)) : []),
      ];
    });
  },
};

function declared(session: Session, agent: AgentPlan, entry: AccessPlan, subject: Subject): Declared {
  const application = entry.application.clientId;
  const scopes = businessScopes(grantedScopes(entry));
  const expected = expectedToken(session, agent, {
    sub: subject.sub,
    aud: [agent.clientId, application],
    actor: agent.clientId,
    scopes,
    grantType: GRANT.tokenExchange,
  });
  return {
    subject: subject.name,
    application,
    scopes,
    isForItself: agent.pattern === "autonomous",
    async prove() {
      const answer = await exchange(session, agent, entry, await subject.token());
      return inspect(session, await clientOf(session, agent), answer, expected);
    },
  };
}

function provocations(session: Session, agent: AgentPlan, entry: AccessPlan, subject: Subject, place: Place) {
  const on = provoked(session, agent, entry, subject);
  const isUnlimited = entry.scopes === "all";
  const about = `at ${entry.application.clientId}`;
  return [
    ...excessOfExchange(session.plan, entry).tried.flatMap((excess) =>
      planned(EXCESS, { ...place, about }, { ...on, excess, isUnlimited }),
    ),
    ...planned(PROVOKED, place, on),
  ];
}

function provoked(session: Session, agent: AgentPlan, entry: AccessPlan, subject: Subject): Exchange {
  return {
    send: async (change) => exchange(session, agent, entry, await subject.token(), change),
    subjectToken: subject.token,
    strangersToken: async () => tokenOf(await strangersToken(session, entry), "token of a stranger"),
    application: entry.application.clientId,
    foreign: async () => (await session.rig.other()).clientId,
    isForItself: agent.pattern === "autonomous",
  };
}
