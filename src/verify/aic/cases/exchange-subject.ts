/** Whose token may be exchanged, and by whom (oauth-flows §5.1): on throw-away agents and users. */

import { type Case, planned, THROW_AWAY } from "../../case.ts";
import { tokenOf } from "../../credentials.ts";
import type { Observation } from "../../http.ts";
import { ACCESS_TOKEN_TYPE } from "../../oauth.ts";
import { NO_EXCHANGE } from "../answers.ts";
import { STATUS, whileInactive, withAttribute } from "../changes.ts";
import { type RigTokens, rigTokens } from "../rig-tokens.ts";
import { exchanges, type Group, type Session } from "../session.ts";
import { shortLived } from "../short-lived.ts";
import { clientPath } from "../snapshot.ts";

type Exchanges = Pick<RigTokens, "forItself" | "onBehalf" | "ownToken" | "userToken" | "signIn" | "exchange"> &
  Pick<Session["rig"], "autonomous" | "delegate" | "other"> & {
    /** The own token of an agent of the same name in the other realm. */
    namesakesToken(): Promise<string>;
    /** Whether nobody else uses the other realm. */
    readonly isOtherRealmOurs: boolean;
    /** A token that the member's was exchanged for by another agent. */
    exchangedToken(): Promise<string>;
    /** The exchange of a user's token that is about to expire, or that just has. */
    onBehalfShortLived(isLate: boolean): Promise<Observation>;
    /** The exchange of a token whose user, or whose client, was deactivated since. */
    onBehalfAfterwards(inactive: "user" | "application"): Promise<Observation>;
  };

const CASES: readonly Case<Exchanges>[] = [
  {
    id: "X09",
    core: true,
    title: "agent's own token, privilege names subjects",
    evidence: "K",
    exact: NO_EXCHANGE,
    must: "record",
    twin: ({ onBehalf }) => onBehalf(),
    async provoke({ delegate, ownToken, exchange }) {
      const agent = await delegate();
      return exchange(agent, await ownToken(agent));
    },
  },
  {
    id: "X10",
    title: "user token, privilege names no subjects",
    evidence: "K",
    exact: NO_EXCHANGE,
    must: "record",
    twin: ({ forItself }) => forItself(),
    provoke: async ({ autonomous, userToken, exchange }) => exchange(await autonomous(), await userToken()),
  },
  {
    id: "X12",
    title: "subject token expired",
    evidence: "K",
    exact: NO_EXCHANGE,
    twin: ({ onBehalfShortLived }) => onBehalfShortLived(false),
    provoke: ({ onBehalfShortLived }) => onBehalfShortLived(true),
  },
  {
    id: "X13",
    title: "subject token of another realm",
    evidence: "D",
    exact: NO_EXCHANGE,
    // On a tenant nothing is made in a realm that the plan is not about.
    when: ({ isOtherRealmOurs }) => isOtherRealmOurs,
    twin: ({ forItself }) => forItself(),
    provoke: async ({ autonomous, namesakesToken, exchange }) => exchange(await autonomous(), await namesakesToken()),
  },
  {
    id: "X14",
    title: "refresh token as subject token",
    evidence: "K",
    exact: NO_EXCHANGE,
    twin: ({ onBehalf }) => onBehalf(),
    async provoke({ delegate, signIn, exchange }) {
      const { body } = await signIn();
      return exchange(await delegate(), String(body.refresh_token));
    },
  },
  {
    id: "X18",
    title: "exchanged token exchanged again",
    evidence: "M/K",
    exact: NO_EXCHANGE,
    twin: ({ onBehalf }) => onBehalf(),
    provoke: async ({ delegate, exchangedToken, exchange }) => exchange(await delegate(), await exchangedToken()),
  },
  {
    id: "X19",
    title: "ordinary client exchanges",
    evidence: "M",
    exact: NO_EXCHANGE,
    twin: ({ onBehalf }) => onBehalf(),
    provoke: async ({ other, userToken, exchange }) => exchange(await other(), await userToken()),
  },
  {
    id: "X21",
    title: "no subject token",
    evidence: "M",
    exact: NO_EXCHANGE,
    twin: ({ onBehalf }) => onBehalf(),
    provoke: ({ onBehalf }) => onBehalf({ subject_token: undefined }),
  },
  {
    id: "X22",
    title: "actor token, which agents do not use",
    evidence: "K",
    exact: NO_EXCHANGE,
    must: "record",
    twin: ({ onBehalf }) => onBehalf(),
    provoke: async ({ delegate, ownToken, onBehalf }) =>
      onBehalf({ actor_token: await ownToken(await delegate()), actor_token_type: ACCESS_TOKEN_TYPE }),
  },
  {
    id: "X23",
    title: "client of the subject token inactive",
    evidence: "K",
    exact: NO_EXCHANGE,
    must: "record",
    twin: ({ onBehalf }) => onBehalf(),
    provoke: ({ onBehalfAfterwards }) => onBehalfAfterwards("application"),
  },
  {
    id: "X25",
    title: "user deactivated before the exchange",
    evidence: "K",
    exact: NO_EXCHANGE,
    must: "record",
    twin: ({ onBehalf }) => onBehalf(),
    provoke: ({ onBehalfAfterwards }) => onBehalfAfterwards("user"),
  },
  {
    id: "X26",
    title: "another agent's own token",
    evidence: "K",
    exact: NO_EXCHANGE,
    twin: ({ forItself }) => forItself(),
    provoke: async ({ autonomous, delegate, ownToken, exchange }) =>
      exchange(await autonomous(), await ownToken(await delegate())),
  },
];

export const exchangeSubjectCases: Group = {
  cases: CASES,
  onThrowAways(session) {
    return exchanges(session) ? planned(CASES, { agent: THROW_AWAY, flow: "exchange" }, exchangesOf(session)) : [];
  },
};

function exchangesOf(session: Session): Exchanges {
  const { rig, admin, otherRealm } = session;
  const tokens = rigTokens(session);
  const { exchange, ownToken, userToken } = tokens;
  return {
    ...tokens,
    autonomous: rig.autonomous,
    delegate: rig.delegate,
    other: rig.other,
    isOtherRealmOurs: session.target === "sandbox",
    namesakesToken: async () => ownToken(await rig.namesake(), otherRealm),
    async exchangedToken() {
      const agent = await rig.autonomous();
      await rig.otherPrivilege();
      const { clientId: audience } = await rig.other();
      return tokenOf(await exchange(agent, await userToken(), { audience }), "exchanged token of another agent");
    },
    onBehalfShortLived: async (isLate) => {
      const agent = await rig.delegate();
      return shortLived(session, isLate, (token) => exchange(agent, token));
    },
    async onBehalfAfterwards(inactive) {
      const agent = await rig.delegate();
      const token = await userToken();
      const act = () => exchange(agent, token);
      if (inactive === "user") return whileInactive(admin, rig.realm, await rig.member(), act);
      const path = clientPath(rig.realm, await rig.application());
      return withAttribute(admin, path, STATUS, () => "Inactive", act);
    },
  };
}
