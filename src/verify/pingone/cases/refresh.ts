/** Refresh tokens: each is followed by the next, and what is over brings nothing (RFC 6749 §6, pingone §5.11). */
import type { Case } from "../../case.ts";
import { type Observation, textOf } from "../../http.ts";
import { grant } from "../../oauth.ts";
import { refusal } from "../answers.ts";
import { excessOf, type PingOneAccess, type PingOneAgent } from "../plan.ts";
import { partyOf, type Session } from "../session.ts";
import { signingOn } from "./code-refused.ts";

/** A sign-on and its refresh, of which a provocation changes one part. */
export type Refreshing = {
  /** Seconds for which a refresh token that was used is still taken. */
  readonly gracePeriod: number;
  /** Whether the use of one that was used before ends all that came from the same sign-on. */
  readonly protectsFromReplay: boolean;
  readonly isPublic: boolean;
  /** A scope that the agent must not get. */
  readonly excess: string;
  /** Tokens of a sign-on of its own. */
  signOn(): Promise<Observation>;
  refresh(before: Observation, scopes?: readonly string[]): Promise<Observation>;
  refreshByAnother(before: Observation): Promise<Observation>;
  introspect(tokens: Observation): Promise<Observation>;
  wait(seconds: number): Promise<void>;
};

/** Uses a refresh token, and once more when its grace period is over. */
async function replay({ signOn, refresh, wait, gracePeriod }: Refreshing) {
  const first = await signOn();
  const next = await refresh(first);
  if (gracePeriod > 0) await wait(gracePeriod);
  return { next, last: await refresh(first) };
}

const refused = { tolerated: ["invalid_grant"], evidence: "D" } as const;
const twin = async ({ signOn, refresh }: Refreshing) => refresh(await signOn());

export const REFRESH_REFUSED: readonly Case<Refreshing>[] = [
  {
    id: "N76",
    title: "refresh token of another client",
    ...refused,
    exact: refusal("refreshInvalid", "invalid_grant"),
    twin,
    provoke: async ({ signOn, refreshByAnother }) => refreshByAnother(await signOn()),
  },
  {
    id: "N77",
    title: "refresh token that was used before",
    ...refused,
    exact: refusal("refreshReplayed", "invalid_grant"),
    twin,
    provoke: async (on) => (await replay(on)).last,
  },
  {
    id: "N78",
    title: "the next refresh token, after one was used twice",
    ...refused,
    exact: refusal("refreshUnknown", "invalid_grant"),
    when: ({ protectsFromReplay }) => protectsFromReplay,
    twin,
    provoke: async (on) => on.refresh((await replay(on)).next),
  },
  {
    id: "N79",
    title: "introspection of the access token, after its refresh token was used twice",
    evidence: "D",
    exact: { status: 200 },
    must: "inactive",
    // A public client does not introspect.
    when: ({ protectsFromReplay, isPublic }) => protectsFromReplay && !isPublic,
    twin: async ({ signOn, introspect }) => introspect(await signOn()),
    provoke: async (on) => on.introspect((await replay(on)).next),
  },
  {
    id: "N80",
    title: "refresh for a scope that the sign-on did not bring",
    evidence: "I",
    exact: refusal("refreshScope", "invalid_scope"),
    must: "scope",
    tolerated: ["invalid_scope"],
    twin,
    provoke: async ({ signOn, refresh, excess }) => refresh(await signOn(), [excess]),
    forbidden: ({ excess }) => ({ scope: excess }),
  },
];

/** Seconds for which a refresh token that was used is still taken (pingone §5.11). */
export const gracePeriodOf = ({ settings = {} }: PingOneAgent): number =>
  Number(settings["tokens.refreshTokenGracePeriod"] ?? 0);

/** Renews tokens. @param scopes fewer of them. @default the same */
export async function renew(
  session: Session,
  agent: PingOneAgent,
  { body }: Observation,
  scopes?: readonly string[],
): Promise<Observation> {
  const { client, clientId } = await partyOf(session, agent);
  const form = grant.refresh(textOf(body.refresh_token), scopes);
  return session.service.post("token", client, { ...form, ...(client ? {} : { client_id: clientId }) });
}

export function refreshing(session: Session, agent: PingOneAgent, entry: PingOneAccess): Refreshing {
  const { settings = {} } = agent;
  const { service, rig, clock, plan } = session;
  return {
    gracePeriod: gracePeriodOf(agent),
    protectsFromReplay: settings["tokens.refreshTokenReplayProtection"] !== false,
    isPublic: agent.authMethod === "none",
    excess: excessOf(plan, agent).tried[0] ?? "",
    signOn: () => signingOn(session, agent, entry).ask(),
    refresh: (before, scopes) => renew(session, agent, before, scopes),
    refreshByAnother: async ({ body }) =>
      service.post("token", await rig.agent(entry), grant.refresh(textOf(body.refresh_token))),
    async introspect({ body }) {
      const { client } = await partyOf(session, agent);
      return service.post("introspect", client, { token: textOf(body.access_token) });
    },
    wait: (seconds) => clock.wait(seconds),
  };
}
