/** Tokens of users: what an agent that acts for them starts from, their password, and their refresh tokens. */
import { type Case, type Proof, planned, THROW_AWAY } from "../../case.ts";
import { clientOf } from "../../credentials.ts";
import { GRANT } from "../../grants.ts";
import { type Observation, textOf } from "../../http.ts";
import type { Form } from "../../oauth.ts";
import { badRequest, INVALID_GRANT, INVALID_SCOPE } from "../answers.ts";
import { whileInactive } from "../changes.ts";
import { expectedToken, inspect } from "../inspection.ts";
import type { AccessPlan } from "../plan.ts";
import { rigTokens } from "../rig-tokens.ts";
import { exchanges, type Group, type Session } from "../session.ts";
import { exchangeablesOf, hasPasswordGrant, type Subject, strangersToken, userScopes, userToken } from "../tokens.ts";

type UserToken = {
  readonly name: string;
  readonly application: string;
  readonly scopes: readonly string[];
  prove(): Promise<Proof>;
};

const OF_SUBJECT: readonly Case<UserToken>[] = [
  {
    id: "F02",
    title: ({ name, application }) => `token of ${name} at ${application}`,
    evidence: "S3",
    expected: "token as declared",
    flow: ({ name, application, scopes }) => ({ how: "the user's own token", scopes, on: application, for: name }),
    run: ({ prove }) => prove(),
  },
];

/** The password of a throw-away user, so that nobody's account is locked. */
type Password = { signIn(suffix?: string): Promise<Observation> };

const PASSWORD: readonly Case<Password>[] = [
  {
    id: "U01",
    core: true,
    title: "wrong password",
    evidence: "D",
    exact: INVALID_GRANT,
    tolerated: ["invalid_grant"],
    twin: ({ signIn }) => signIn(),
    provoke: ({ signIn }) => signIn("x"),
  },
];

type Member = {
  signIn(change?: Form): Promise<Observation>;
  signInWhileInactive(): Promise<Observation>;
  /** Uses a refresh token of the application: by itself, or by another client. */
  refresh(by: "application" | "other", change?: Form): Promise<Observation>;
};

const OF_MEMBER: readonly Case<Member>[] = [
  {
    id: "U02",
    title: "user deactivated",
    evidence: "K",
    exact: INVALID_GRANT,
    twin: ({ signIn }) => signIn(),
    provoke: ({ signInWhileInactive }) => signInWhileInactive(),
  },
  {
    id: "U03",
    title: "no password",
    evidence: "L",
    exact: badRequest(),
    twin: ({ signIn }) => signIn(),
    provoke: ({ signIn }) => signIn({ password: undefined }),
  },
  {
    id: "R01",
    title: "refresh token of another client",
    evidence: "P",
    exact: INVALID_GRANT,
    twin: ({ refresh }) => refresh("application"),
    provoke: ({ refresh }) => refresh("other"),
  },
  {
    id: "R02",
    title: "refresh with a wider scope",
    evidence: "P",
    exact: INVALID_SCOPE,
    must: "scope",
    twin: ({ refresh }) => refresh("application"),
    provoke: ({ refresh }) => refresh("application", { scope: "openid read" }),
    forbidden: () => ({ scope: "read" }),
  },
];

const flow = "user-token";

export const userCases: Group = {
  cases: [...OF_SUBJECT, ...PASSWORD, ...OF_MEMBER],
  async ofAgent(session, agent) {
    if (agent.pattern === "autonomous") return [];
    const place = { agent: agent.clientId, flow } as const;
    const exchangeable = await exchangeablesOf(session, agent);
    return exchangeable.flatMap(({ entry, subjects }) => [
      ...subjects.flatMap((subject) =>
        planned(OF_SUBJECT, { ...place, needs: subject.needs }, ofSubject(session, entry, subject)),
      ),
      ...(hasPasswordGrant(entry)
        ? planned(
            PASSWORD,
            { ...place, needs: [() => clientOf(session, entry.application)] },
            { signIn: (suffix) => strangersToken(session, entry, suffix) },
          )
        : []),
    ]);
  },
  onThrowAways(session) {
    if (!exchanges(session)) return [];
    const place = { agent: THROW_AWAY, flow } as const;
    const { signIn } = rigTokens(session);
    const password: Password = {
      signIn: async (suffix = "") => signIn({ password: (await session.rig.member()).password + suffix }),
    };
    return [...planned(PASSWORD, place, password), ...planned(OF_MEMBER, place, ofMember(session))];
  },
};

function ofSubject(session: Session, entry: AccessPlan, { name, sub }: Subject): UserToken {
  const { application } = entry;
  const scopes = userScopes(application.scopes);
  const expected = expectedToken(session, application, {
    sub,
    aud: [application.clientId],
    scopes,
    grantType: GRANT.password,
  });
  return {
    name,
    application: application.clientId,
    scopes,
    async prove() {
      const answer = await userToken(session, entry, name);
      return inspect(session, await clientOf(session, application), answer, expected);
    },
  };
}

function ofMember({ rig, oauth, admin }: Session): Member {
  const { signIn } = rigTokens({ rig, oauth });
  return {
    signIn,
    signInWhileInactive: async () => whileInactive(admin, rig.realm, await rig.member(), () => signIn()),
    async refresh(by, change) {
      const { body } = await signIn();
      const form = { grant_type: GRANT.refreshToken, refresh_token: textOf(body.refresh_token), ...change };
      return oauth.post("access_token", await rig[by](), form);
    },
  };
}
