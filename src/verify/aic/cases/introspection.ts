/** Who may look at a token, and what is said of one that is none (oauth-flows §3.3). */
import { type Case, planned, THROW_AWAY } from "../../case.ts";
import { clientOf, tokenOf } from "../../credentials.ts";
import type { Observation } from "../../http.ts";
import { tampered } from "../../jwt.ts";
import type { Form } from "../../oauth.ts";
import { basic } from "../../oauth.ts";
import { badRequest } from "../answers.ts";
import type { AgentPlan } from "../plan.ts";
import { rigTokens } from "../rig-tokens.ts";
import { exchanges, type Group, type Session } from "../session.ts";
import { shortLived } from "../short-lived.ts";
import { exchange, exchangeablesOf, hasOwnToken, ownToken } from "../tokens.ts";

/** A token, by everyone who may ask about it. */
type Issued = {
  introspect(): Promise<Observation>;
  introspectByOther(): Promise<Observation>;
  introspectByGet(): Promise<Observation>;
  show(change?: (token: string) => string): Promise<Observation>;
  /** Sends the token in the header and in the query. */
  showTwice(): Promise<Observation>;
};

const notShown = {
  id: "I02",
  title: "tokeninfo of a broken or expired token",
  evidence: "L",
  exact: { status: 401, error: "invalid_token" },
  must: "not-ok",
} as const;

const OF_ISSUED: readonly Case<Issued>[] = [
  {
    id: "I01",
    core: true,
    title: "introspection by a client outside aud",
    evidence: "D P",
    exact: { status: 200 },
    must: "inactive",
    twin: ({ introspect }) => introspect(),
    provoke: ({ introspectByOther }) => introspectByOther(),
  },
  {
    ...notShown,
    variant: "broken",
    twin: ({ show }) => show(),
    provoke: ({ show }) => show(tampered),
  },
  {
    id: "I03",
    title: "token in header and query",
    evidence: "L",
    exact: badRequest(),
    must: "record",
    twin: ({ show }) => show(),
    provoke: ({ showTwice }) => showTwice(),
  },
  {
    id: "I04",
    title: "introspection by GET",
    evidence: "D",
    exact: { status: 405 },
    must: "inactive",
    twin: ({ introspect }) => introspect(),
    provoke: ({ introspectByGet }) => introspectByGet(),
  },
];

/** The own token of a throw-away agent, which it introspects. */
type Own = { introspect(form?: (token: string) => Form): Promise<Observation> };

const OF_OWN: readonly Case<Own>[] = [
  {
    id: "I05",
    title: "introspection of a broken token",
    evidence: "P",
    exact: { status: 200 },
    must: "inactive",
    twin: ({ introspect }) => introspect(),
    provoke: ({ introspect }) => introspect((token) => ({ token: tampered(token) })),
  },
  {
    id: "I06",
    title: "introspection without a token",
    evidence: "L",
    exact: badRequest(),
    must: "inactive",
    twin: ({ introspect }) => introspect(),
    provoke: ({ introspect }) => introspect(() => ({})),
  },
];

type ShortLived = { show(isLate: boolean): Promise<Observation> };

const OF_SHORT_LIVED: readonly Case<ShortLived>[] = [
  {
    ...notShown,
    variant: "expired",
    twin: ({ show }) => show(false),
    provoke: ({ show }) => show(true),
  },
];

export const introspectionCases: Group = {
  cases: [...OF_ISSUED, ...OF_OWN, ...OF_SHORT_LIVED],
  async ofAgent(session, agent) {
    const client = () => clientOf(session, agent);
    const place = { agent: agent.clientId, needs: [client] } as const;
    const own = async () => tokenOf(await ownToken(session, agent), "token of the agent's own");
    const exchangeable = await exchangeablesOf(session, agent);
    return [
      ...(hasOwnToken(agent)
        ? planned(OF_ISSUED, { ...place, flow: "client-credentials" }, issued(session, agent, own))
        : []),
      ...exchangeable.flatMap(({ entry, subject }) => {
        if (!subject) return [];
        const exchanged = async () =>
          tokenOf(await exchange(session, agent, entry, await subject.token()), "exchanged token");
        const needs = [client, ...subject.needs];
        return planned(OF_ISSUED, { ...place, flow: "exchange", needs }, issued(session, agent, exchanged));
      }),
    ];
  },
  onThrowAways(session) {
    const { rig, oauth } = session;
    const { ownToken } = rigTokens(session);
    const own: Own = {
      async introspect(form = (token) => ({ token })) {
        const agent = await rig.autonomous();
        return oauth.post("introspect", agent, form(await ownToken(agent)));
      },
    };
    const expiring: ShortLived = { show: (isLate) => shortLived(session, isLate, (token) => oauth.tokeninfo(token)) };
    return [
      ...planned(OF_OWN, { agent: THROW_AWAY, flow: "client-credentials" }, own),
      ...(exchanges(session) ? planned(OF_SHORT_LIVED, { agent: THROW_AWAY, flow: "exchange" }, expiring) : []),
    ];
  },
};

function issued(session: Session, agent: AgentPlan, token: () => Promise<string>): Issued {
  const { oauth, rig } = session;
  return {
    introspect: async () => oauth.introspect(await clientOf(session, agent), await token()),
    introspectByOther: async () => oauth.introspect(await rig.other(), await token()),
    async introspectByGet() {
      const headers = { authorization: basic(await clientOf(session, agent)) };
      return oauth.raw("introspect", { headers }, `?${new URLSearchParams({ token: await token() })}`);
    },
    show: async (change = (same) => same) => oauth.tokeninfo(change(await token())),
    async showTwice() {
      const text = await token();
      const query = `?${new URLSearchParams({ access_token: text })}`;
      return oauth.raw("tokeninfo", { headers: { authorization: `Bearer ${text}` } }, query);
    },
  };
}
