/** Tokens of an agent's own: for every resource that it reaches, and what it must not get. */
import { type Case, offTitle, type Place, type PlannedCase, type Proof, planned, THROW_AWAY } from "../../case.ts";
import { GRANT } from "../../grants.ts";
import type { Json, Observation } from "../../http.ts";
import { shown } from "../../judge.ts";
import { tampered } from "../../jwt.ts";
import { refusal } from "../answers.ts";
import { excessOf, type PingOneAccess, type PingOneAgent } from "../plan.ts";
import { clientOf, type Group, judged, ownToken, type Session } from "../session.ts";
import { AUTHENTICATION, authenticationCases, OTHER_GRANT, otherGrantCases } from "./authentication.ts";

type Declared = { readonly resource: string; readonly scopes: readonly string[]; prove(): Promise<Proof> };

const DECLARED: readonly Case<Declared>[] = [
  {
    id: "P01",
    title: ({ resource }) => `own token for ${resource}`,
    evidence: "D",
    expected: "token as declared",
    flow: ({ resource, scopes }) => ({ how: "without a user", scopes, on: resource, for: "itself" }),
    run: ({ prove }) => prove(),
  },
];

/** What is declared as switched off, or stopped, gets nothing, and nothing else is tried of it. */
type SwitchedOff = { own(): Promise<Observation>; readonly stopped: string | undefined };

const SWITCHED_OFF: readonly Case<SwitchedOff>[] = [
  {
    id: "P05",
    title: offTitle,
    evidence: "I",
    expected: "401 invalid_client",
    async run({ own, stopped }) {
      const answer = await own();
      const isRefused = answer.error === "invalid_client";
      const problems = isRefused ? [] : ["the token service knows it all the same"];
      return { got: shown(answer), ...(stopped && { claims: `stopped since ${stopped}` }), problems };
    },
  },
];

const notGranted = {
  id: "N03",
  title: "scope that is not granted",
  evidence: "D",
  exact: refusal("scopeNotGranted", "invalid_scope"),
  must: "scope",
  tolerated: ["invalid_scope"],
} as const;

/** A request for one scope that the agent was not given, and for nothing else, in whatever flow. */
type Scoped = { ask(scopes?: readonly string[]): Promise<Observation>; readonly excess: string };

/** Of every flow in which the client itself asks. */
export const EXCESS_SCOPE: readonly Case<Scoped>[] = [
  {
    ...notGranted,
    variant: ({ excess }) => excess,
    twin: ({ ask }) => ask(),
    provoke: ({ ask, excess }) => ask([excess]),
    forbidden: ({ excess }) => ({ scope: excess }),
  },
];

/** Where a browser brings the request, the client is told by a redirect. */
export const EXCESS_SCOPE_BY_BROWSER: readonly Case<Scoped>[] = EXCESS_SCOPE.map((one) => ({
  ...one,
  exact: refusal("scopeNotGranted", "invalid_scope", 303),
}));

/** @param ask the flow's first request, for the declared scopes unless others are given */
export function excessCases(
  session: Session,
  agent: PingOneAgent,
  place: Place,
  ask: Scoped["ask"],
  cases = EXCESS_SCOPE,
): PlannedCase[] {
  return excessOf(session.plan, agent).tried.flatMap((excess) => planned(cases, place, { ask, excess }));
}

type Own = {
  ask(scopes?: readonly string[]): Promise<Observation>;
  readonly scopes: readonly string[];
  /** Scopes of its other resources, which it may not ask for at once. */
  readonly others: readonly string[];
  introspect(change?: (token: string) => string): Promise<Observation>;
  /** A request by a grant type that does not exist. */
  askOtherwise(): Promise<Observation>;
};

const OWN: readonly Case<Own>[] = [
  {
    id: "N04",
    title: "scopes of two resources at once",
    evidence: "T",
    exact: refusal("severalResources", "invalid_scope"),
    tolerated: ["invalid_scope"],
    when: ({ others }) => others.length > 0,
    twin: ({ ask }) => ask(),
    provoke: ({ ask, scopes, others }) => ask([...scopes, ...others]),
  },
  {
    id: "N06",
    title: "introspection of an altered token",
    evidence: "D",
    exact: { status: 200 },
    must: "inactive",
    twin: ({ introspect }) => introspect(),
    provoke: ({ introspect }) => introspect(tampered),
  },
  {
    // With grants on one resource everything there is meant (delegation §1.2).
    id: "N07",
    title: "no scope, with grants on two resources",
    evidence: "V",
    exact: refusal("severalResources", "invalid_scope"),
    tolerated: ["invalid_scope"],
    when: ({ others }) => others.length > 0,
    twin: ({ ask }) => ask(),
    provoke: ({ ask }) => ask([]),
  },
  {
    id: "N08",
    title: "grant type that does not exist",
    evidence: "D",
    exact: refusal("unsupportedGrant", "unsupported_grant_type"),
    tolerated: ["unsupported_grant_type"],
    twin: ({ ask }) => ask(),
    provoke: ({ askOtherwise }) => askOtherwise(),
  },
];

/** What would take a declared agent out of service, and so is tried on a throw-away one. */
type ThrowAway = {
  ask(): Promise<Observation>;
  askWhile(change: Json): Promise<Observation>;
  askWhileNothingGranted(): Promise<Observation>;
};

const THROWN_AWAY: readonly Case<ThrowAway>[] = [
  {
    id: "N51",
    title: "agent disabled",
    evidence: "I",
    exact: refusal("disabledClient", "invalid_client", 401),
    tolerated: ["invalid_client"],
    twin: ({ ask }) => ask(),
    provoke: ({ askWhile }) => askWhile({ enabled: false }),
  },
  {
    id: "N52",
    title: "grant type taken away",
    evidence: "D",
    exact: refusal("grantNotAllowed", "unauthorized_client"),
    tolerated: ["unauthorized_client"],
    twin: ({ ask }) => ask(),
    provoke: ({ askWhile }) => askWhile({ grantTypes: ["CIBA"], responseTypes: [] }),
  },
  {
    ...notGranted,
    id: "N53",
    title: "scopes taken away",
    twin: ({ ask }) => ask(),
    provoke: ({ askWhileNothingGranted }) => askWhileNothingGranted(),
  },
];

const flow = "client-credentials";

export const ownCases: Group = {
  cases: [...DECLARED, ...SWITCHED_OFF, ...AUTHENTICATION, ...EXCESS_SCOPE, ...OWN, ...OTHER_GRANT, ...THROWN_AWAY],
  ofSwitchedOff(session, one) {
    // A public client has nothing to prove itself by: only a person in a browser could try.
    if (one.authMethod === "none") return [];
    const client = () => clientOf(session, one);
    const own = async () => session.service.own(await client(), one.access[0]?.scopes ?? []);
    return planned(SWITCHED_OFF, { agent: one.key, flow, needs: [client] }, { own, stopped: one.stopped });
  },
  ofAgent(session, agent) {
    const { service } = session;
    const { key, access, grantTypes, mixesResources } = agent;
    const client = () => clientOf(session, agent);
    const place = { agent: key, flow, needs: [client] } as const;
    const [first, ...rest] = access;
    if (!grantTypes.includes(GRANT.clientCredentials) || !first) return [];
    const { scopes } = first;
    const ask = async (wanted = scopes) => service.own(await client(), wanted);
    return [
      ...access.flatMap((entry) =>
        planned(DECLARED, place, {
          ...{ resource: entry.resource, scopes: entry.scopes },
          prove: () => proveOwn(session, agent, entry),
        }),
      ),
      // Who the client is does not depend on the resource: the refusals run once.
      ...authenticationCases(session, agent, place, (changed) => service.own(changed, scopes)),
      ...excessCases(session, agent, place, ask),
      ...planned(OWN, place, {
        ask,
        scopes,
        others: mixesResources ? [] : rest.flatMap((entry) => entry.scopes),
        introspect: async (change = (same: string) => same) =>
          service.introspect(await client(), change(await ownToken(session, agent, first))),
        askOtherwise: async () =>
          service.post("token", await client(), {
            grant_type: "urn:example:grant-type:unknown",
            scope: scopes.join(" "),
          }),
      }),
      ...otherGrantCases(session, agent, place, ask),
    ];
  },
  onThrowAways(session) {
    const { plan, rig, service } = session;
    const entry = plan.agents.flatMap(({ access }) => access)[0];
    if (!entry) return [];
    const agent = () => rig.agent(entry);
    const ask = async () => service.own(await agent(), entry.scopes);
    return planned(
      THROWN_AWAY,
      { agent: THROW_AWAY, flow },
      {
        ask,
        askWhile: async (change) => rig.whileChanged(await agent(), change, ask),
        askWhileNothingGranted: async () => rig.whileNothingGranted(await agent(), ask),
      },
    );
  },
};

/** Gets a token of the agent's own, and holds it to what is declared. */
export async function proveOwn(session: Session, agent: PingOneAgent, entry: PingOneAccess): Promise<Proof> {
  const { service } = session;
  const client = await clientOf(session, agent);
  const expected = { ...{ issuer: service.issuer, clientId: client.clientId }, ...entry };
  return judged(session, client, await service.own(client, entry.scopes), expected);
}
