/** Approval by the user (oauth-flows §6.2): asked and polled for; and polling too early, too late, by another, twice. */
import { type Case, type Proof, planned } from "../../case.ts";
import type { Decision } from "../../credentials.ts";
import { GRANT } from "../../grants.ts";
import { type Observation, textOf } from "../../http.ts";
import { brief, shown } from "../../judge.ts";
import { claimsOf } from "../../jwt.ts";
import type { Client } from "../../oauth.ts";
import { INVALID_GRANT } from "../answers.ts";
import {
  type CibaClient,
  type CibaRequest,
  cibaClientOf,
  needsOfCiba,
  poll,
  requestClaims,
  requestedScopes,
  requestOf,
  startedRequest,
  startRequest,
} from "../ciba.ts";
import { expectedToken, inspect } from "../inspection.ts";
import type { AgentPlan } from "../plan.ts";
import type { Group, Session } from "../session.ts";

type Approval = {
  readonly acr: string;
  readonly scopes: readonly string[];
  /** Names of those who may be asked. */
  readonly users: readonly string[];
  prove(): Promise<Proof>;
};

const APPROVED: readonly Case<Approval>[] = [
  {
    id: "F04",
    title: ({ acr }) => `approved by a user, acr ${acr}`,
    evidence: "S4 D",
    expected: "pending, then as declared",
    flow: ({ scopes, users }) => ({
      ...{ how: "after the user approves", scopes, on: "its own scopes" },
      for: users.join(" or ") || "a user",
    }),
    run: ({ prove }) => prove(),
  },
];

type Polling = {
  /** Starts a request and polls at once. */
  pollBefore(): Promise<Observation>;
  /** Starts a request and polls until the user has decided. */
  pollUntil(decision: Decision): Promise<Observation>;
  /** Polls for what was started last. @param after seconds, or what they depend on */
  pollAgain(after?: (request: CibaRequest) => number, by?: () => Promise<Client>): Promise<Observation>;
  other(): Promise<Client>;
  /** Whether time can be moved. */
  readonly isClockOurs: boolean;
};

const interval = (request: CibaRequest) => request.interval;

const POLLED: readonly Case<Polling>[] = [
  {
    id: "B16",
    core: true,
    title: "polled twice within the interval",
    evidence: "D",
    exact: { status: 400, error: "slow_down" },
    tolerated: ["slow_down"],
    twin: ({ pollBefore }) => pollBefore(),
    twinBrings: "authorization_pending",
    async provoke({ pollAgain }) {
      const answer = await pollAgain();
      // When the first of the two took longer than the interval, it was not too early, and the other one is.
      return answer.error === "slow_down" ? answer : pollAgain();
    },
  },
  {
    id: "B17",
    core: true,
    title: "user denies",
    evidence: "P S4",
    exact: { status: 400, error: "access_denied" },
    tolerated: ["access_denied"],
    twin: ({ pollUntil }) => pollUntil("approve"),
    provoke: ({ pollUntil }) => pollUntil("deny"),
  },
  {
    id: "B19",
    title: "another client polls",
    evidence: "P",
    exact: INVALID_GRANT,
    twin: ({ pollBefore }) => pollBefore(),
    twinBrings: "authorization_pending",
    provoke: ({ pollAgain, other }) => pollAgain(interval, other),
  },
  {
    id: "B20",
    core: true,
    title: "polled again after success",
    evidence: "P",
    exact: INVALID_GRANT,
    twin: ({ pollUntil }) => pollUntil("approve"),
    provoke: ({ pollAgain }) => pollAgain(interval),
  },
  {
    id: "B18",
    core: true,
    title: "auth_req_id expired",
    evidence: "P",
    exact: { status: 400, error: "expired_token" },
    tolerated: ["expired_token", "invalid_grant"],
    // On a tenant this would be minutes of waiting for what a table of the provider says anyway.
    when: ({ isClockOurs }) => isClockOurs,
    twin: ({ pollBefore }) => pollBefore(),
    twinBrings: "authorization_pending",
    provoke: ({ pollAgain }) => pollAgain(({ expiresIn }) => expiresIn + 1),
  },
];

export const cibaPollingCases: Group = {
  cases: [...APPROVED, ...POLLED],
  ofAgent(session, agent) {
    const { ciba } = agent;
    if (!ciba) return [];
    const place = { agent: agent.clientId, flow: "ciba", needs: needsOfCiba(session, agent, ciba) } as const;
    const client = () => cibaClientOf(session, agent, ciba);
    const scopes = requestedScopes(agent.scopes);
    const approval = {
      acr: ciba.acr,
      scopes,
      users: ciba.users,
      prove: async () => approved(session, agent, await client()),
    };
    return [...planned(APPROVED, place, approval), ...planned(POLLED, place, polling(session, client))];
  },
};

function polling(session: Session, client: () => Promise<CibaClient>): Polling {
  const { askUser, clock, rig, target } = session;
  let last: { readonly ciba: CibaClient; readonly request: CibaRequest } | undefined;
  const begin = async () => {
    const ciba = await client();
    last = { ciba, request: await startedRequest(session, ciba) };
    return last;
  };
  return {
    async pollBefore() {
      const { ciba, request } = await begin();
      return poll(session, ciba.client, request);
    },
    async pollUntil(decision) {
      const { ciba, request } = await begin();
      const { userName } = ciba.user;
      return askUser({ ...request, userName }, decision, () => poll(session, ciba.client, request));
    },
    async pollAgain(after, by) {
      const { ciba, request } = last ?? (await begin());
      if (after) await clock.wait(after(request));
      return poll(session, by ? await by() : ciba.client, request);
    },
    other: rig.other,
    isClockOurs: target === "sandbox",
  };
}

/** Asks, is told to wait, is approved, and gets the token. */
export async function approved(session: Session, agent: AgentPlan, ciba: CibaClient): Promise<Proof> {
  const claims = requestClaims(session, ciba);
  const answer = await startRequest(session, ciba, { claims });
  const request = requestOf(answer, claims);
  if (!request) return { got: shown(answer), problems: ["bc-authorize refuses"] };
  const problems = request.expiresIn > 0 ? [] : [`expires_in ${request.expiresIn} of the request`];
  const early = await poll(session, ciba.client, request);
  if (early.error !== "authorization_pending") {
    return { got: brief(early), problems: [...problems, `before the approval: ${shown(early)}`] };
  }
  const asked = { ...request, userName: ciba.user.userName };
  const final = await session.askUser(asked, "approve", () => poll(session, ciba.client, request));
  const proof = await inspectApproved(session, agent, ciba, final);
  return { ...proof, problems: [...problems, ...proof.problems] };
}

async function inspectApproved(
  session: Session,
  agent: AgentPlan,
  ciba: CibaClient,
  answer: Observation,
): Promise<Proof> {
  const token = { sub: ciba.user.id, aud: [agent.clientId], scopes: ciba.scopes, grantType: GRANT.ciba };
  const proof = await inspect(session, ciba.client, answer, expectedToken(session, agent, token));
  if (!textOf(answer.body.access_token)) return proof;
  const identity = claimsOf(textOf(answer.body.id_token) ?? "");
  const told = !identity
    ? ["no id_token"]
    : identity.acr === ciba.acr
      ? []
      : [`acr ${String(identity.acr)} in the id_token`];
  return {
    ...proof,
    claims: `${proof.claims} acr=${String(identity?.acr)}`,
    problems: [...proof.problems, ...told],
  };
}
