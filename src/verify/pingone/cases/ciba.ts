/** Approval by the user (OpenID CIBA Core 1.0, pingone §5.9): asked, polled for, and what polling must not bring. */
import { randomBytes } from "node:crypto";
import { type Case, type Proof, planned } from "../../case.ts";
import type { Decision } from "../../credentials.ts";
import { Unprovable } from "../../errors.ts";
import { GRANT } from "../../grants.ts";
import { type Observation, textOf } from "../../http.ts";
import { shown } from "../../judge.ts";
import { type Client, type Form, grant } from "../../oauth.ts";
import type { Waiting } from "../../polling.ts";
import { refusal } from "../answers.ts";
import { type PingOneAccess, type PingOneAgent, signOnScopes } from "../plan.ts";
import { clientOf, type Group, judged, type Session } from "../session.ts";
import { authenticationCases, otherGrantCases } from "./authentication.ts";
import { EXCESS_SCOPE, excessCases } from "./own.ts";

type Approval = {
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly user: string;
  prove(): Promise<Proof>;
};

const APPROVED: readonly Case<Approval>[] = [
  {
    id: "P04",
    title: ({ resource }) => `approval for ${resource}`,
    evidence: "D",
    expected: "token as declared",
    flow: ({ resource, scopes, user }) => ({ how: "after the user approves", scopes, on: resource, for: user }),
    run: ({ prove }) => prove(),
  },
];

/** A request that was started. */
type CibaRequest = Waiting & { readonly id: string; readonly client: Client };

type Asking = {
  /** Starts a request. */
  start(change?: Form, by?: Client): Promise<Observation>;
  /** Starts a request and polls at once. */
  pollBefore(): Promise<Observation>;
  /** Starts a request and polls until the user has decided; one that is refused at once never waits. */
  pollUntil(decision: Decision): Promise<Observation>;
  /** Polls for what was started last. @param after seconds to wait before */
  pollAgain(after?: (request: CibaRequest) => number, by?: () => Promise<Client>): Promise<Observation>;
  /** Another agent. */
  other(): Promise<Client>;
  /** Starts a request of another agent, which no policy lets ask anybody. */
  startWithoutPolicy(): Promise<Observation>;
  /** Name of the user who is asked. */
  user(): string;
};

const interval = (request: CibaRequest) => request.interval;

const PROVOKED: readonly Case<Asking>[] = [
  {
    id: "N31",
    title: "user denies",
    evidence: "D",
    exact: refusal("denied", "access_denied"),
    tolerated: ["access_denied"],
    twin: ({ pollUntil }) => pollUntil("approve"),
    provoke: ({ pollUntil }) => pollUntil("deny"),
  },
  {
    id: "N32",
    title: "polled before the user has answered",
    evidence: "D",
    exact: refusal("pending", "authorization_pending"),
    tolerated: ["authorization_pending"],
    twin: ({ pollUntil }) => pollUntil("approve"),
    provoke: ({ pollBefore }) => pollBefore(),
  },
  {
    id: "N33",
    title: "polled twice within the interval",
    evidence: "D",
    exact: refusal("slowDown", "slow_down"),
    tolerated: ["slow_down"],
    twin: ({ pollBefore }) => pollBefore(),
    twinBrings: "authorization_pending",
    provoke: ({ pollAgain }) => pollAgain(),
  },
  {
    id: "N34",
    title: "polled after the request has expired",
    evidence: "D",
    exact: refusal("expired", "expired_token"),
    tolerated: ["expired_token"],
    twin: ({ pollBefore }) => pollBefore(),
    twinBrings: "authorization_pending",
    provoke: ({ pollAgain }) => pollAgain(({ expiresIn }) => expiresIn + 1),
  },
  {
    id: "N35",
    title: "polled again after success",
    evidence: "I",
    exact: refusal("unknownRequest", "invalid_grant"),
    tolerated: ["invalid_grant", "invalid_request"],
    twin: ({ pollUntil }) => pollUntil("approve"),
    provoke: ({ pollAgain }) => pollAgain(interval),
  },
  {
    id: "N36",
    title: "polled by another client",
    evidence: "I",
    exact: refusal("unknownRequest", "invalid_grant"),
    tolerated: ["invalid_grant", "invalid_request"],
    twin: ({ pollBefore }) => pollBefore(),
    twinBrings: "authorization_pending",
    provoke: ({ pollAgain, other }) => pollAgain(interval, other),
  },
  {
    id: "N37",
    title: "user who does not exist",
    evidence: "D",
    exact: refusal("unknownUser", "unknown_user_id"),
    tolerated: ["unknown_user_id"],
    twin: ({ start }) => start(),
    provoke: ({ start }) => start({ login_hint: "nobody-of-ping-agents" }),
  },
  {
    id: "N38",
    title: "two hints who is asked",
    evidence: "D",
    exact: refusal("oneHint", "invalid_request"),
    tolerated: ["invalid_request"],
    twin: ({ start }) => start(),
    provoke: ({ start, user }) => start({ login_hint_token: user() }),
  },
  {
    id: "N39",
    title: "no policy that asks the user",
    evidence: "I",
    exact: refusal("noCibaPolicy", "invalid_request"),
    twin: ({ start }) => start(),
    provoke: ({ startWithoutPolicy }) => startWithoutPolicy(),
  },
];

export const cibaCases: Group = {
  cases: [...APPROVED, ...EXCESS_SCOPE, ...PROVOKED],
  ofAgent(session, agent) {
    const { access, grantTypes, key } = agent;
    const [first] = access;
    if (!grantTypes.includes(GRANT.ciba) || !first) return [];
    const needs = [() => clientOf(session, agent), () => session.approver.ready(session.user().name)];
    const place = { agent: key, flow: "ciba", needs } as const;
    const on = asking(session, agent, first);
    return [
      ...access.flatMap((entry) =>
        planned(APPROVED, place, {
          ...{ resource: entry.resource, scopes: signOnScopes(agent, entry), user: session.userName },
          prove: () => proveApproval(session, agent, entry),
        }),
      ),
      // Who the client is does not depend on the resource: the refusals run once.
      ...authenticationCases(session, agent, place, (client) => on.start({}, client)),
      ...excessCases(session, agent, place, (scopes) => on.start(scopes && { scope: scopes.join(" ") })),
      ...planned(PROVOKED, place, on),
      ...otherGrantCases(session, agent, place, () => on.pollUntil("approve")),
    ];
  },
};

/** Asks the user, and holds the token to what is declared. */
export async function proveApproval(session: Session, agent: PingOneAgent, entry: PingOneAccess): Promise<Proof> {
  const answer = await asking(session, agent, entry).pollUntil("approve");
  const client = await clientOf(session, agent);
  return judged(session, client, answer, {
    ...{ issuer: session.service.issuer, clientId: client.clientId, subject: session.user().id },
    ...{ ...entry, scopes: signOnScopes(agent, entry) },
  });
}

/** Starts a request for the scopes. */
export function startApproval(session: Session, agent: PingOneAgent, entry: PingOneAccess): Promise<Observation> {
  return asking(session, agent, entry).start();
}

function asking(session: Session, agent: PingOneAgent, entry: PingOneAccess): Asking {
  const { service, askUser, clock, rig } = session;
  const user = () => session.user().name;
  let last: CibaRequest | undefined;

  const request = async (change: Form = {}, by?: Client) => {
    const client = by ?? (await clientOf(session, agent));
    const message = `ping-agents ${randomBytes(3).toString("hex")}`;
    const form = { login_hint: user(), scope: signOnScopes(agent, entry).join(" "), binding_message: message };
    const answer = await service.post("cibaAuthorization", client, { ...form, ...change });
    const { interval = 5, expires_in: expiresIn } = answer.body;
    const id = textOf(answer.body.auth_req_id);
    const waiting = { message, client, interval: Number(interval), expiresIn: Number(expiresIn) };
    last = id === undefined ? undefined : { id, ...waiting };
    return { answer, started: last };
  };
  const begin = async (): Promise<CibaRequest> => {
    const { answer, started } = await request();
    if (started) return started;
    throw new Unprovable(`cibaAuthorization refuses: ${shown(answer)}`);
  };
  const poll = ({ id, client }: CibaRequest, by = client) => service.post("token", by, grant.ciba(id));

  return {
    start: async (change, by) => (await request(change, by)).answer,
    pollBefore: async () => poll(await begin()),
    async pollUntil(decision) {
      const { answer, started } = await request();
      if (!started) return answer;
      return askUser({ ...started, userName: user() }, decision, () => poll(started));
    },
    async pollAgain(after, by) {
      const started = last ?? (await begin());
      if (after) await clock.wait(after(started));
      return poll(started, await by?.());
    },
    other: () => rig.agent(entry),
    startWithoutPolicy: async () => (await request({ scope: entry.scopes.join(" ") }, await rig.agent(entry))).answer,
    user,
  };
}
