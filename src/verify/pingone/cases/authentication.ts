/** Who the agent is and which grants it has: what every flow's first request must be refused for. */
import { type Case, type Place, type PlannedCase, planned } from "../../case.ts";
import { GRANT } from "../../grants.ts";
import type { Observation } from "../../http.ts";
import { type Client, type Form, grant } from "../../oauth.ts";
import { refusal } from "../answers.ts";
import type { PingOneAgent } from "../plan.ts";
import { REDIRECT_URI } from "../rig.ts";
import { clientOf, type Session } from "../session.ts";

type Request = {
  /** How the agent authenticates. */
  readonly method: string;
  /** The flow's first request. @param change how the client differs */
  send(change?: (client: Client) => Client): Promise<Observation>;
};

export const AUTHENTICATION: readonly Case<Request>[] = [
  {
    id: "N01",
    title: "wrong secret",
    evidence: "D",
    exact: refusal("wrongSecret", "invalid_client", 401),
    tolerated: ["invalid_client"],
    twin: ({ send }) => send(),
    provoke: ({ send }) => send(({ secret, ...client }) => ({ ...client, secret: `${secret}x` })),
  },
  {
    id: "N02",
    title: "right secret by another method",
    evidence: "D",
    exact: refusal("wrongMethod", "invalid_client", 401),
    tolerated: ["invalid_client"],
    twin: ({ send }) => send(),
    provoke: ({ send, method }) =>
      send((client) => ({
        ...client,
        authMethod: method === "client_secret_post" ? "client_secret_basic" : "client_secret_post",
      })),
  },
];

/** A request by a grant type that the agent does not have, and that only lacks the permission. */
type OtherGrant = {
  readonly grantType: string;
  own(): Promise<Observation>;
  send(): Promise<Observation>;
};

export const OTHER_GRANT: readonly Case<OtherGrant>[] = [
  {
    id: "N05",
    title: "grant type that the agent does not have",
    evidence: "D",
    exact: refusal("grantNotAllowed", "unauthorized_client"),
    tolerated: ["unauthorized_client"],
    variant: ({ grantType }) => grantType.split(":").at(-1) ?? "",
    twin: ({ own }) => own(),
    provoke: ({ send }) => send(),
  },
];

/** @param send the flow's first request */
export function authenticationCases(
  session: Session,
  agent: PingOneAgent,
  place: Place,
  send: (client: Client) => Promise<Observation>,
): PlannedCase[] {
  return planned(AUTHENTICATION, place, {
    method: agent.authMethod,
    send: async (change = (same: Client) => same) => send(change(await clientOf(session, agent))),
  });
}

const MADE_UP = "ping-agents-made-this-up";

/** @param own a request by a grant type that the agent has */
export function otherGrantCases(
  session: Session,
  agent: PingOneAgent,
  place: Place,
  own: () => Promise<Observation>,
): PlannedCase[] {
  const scopes = agent.access[0]?.scopes ?? [];
  const forms: Readonly<Record<string, Form>> = {
    [GRANT.clientCredentials]: grant.clientCredentials(scopes),
    [GRANT.tokenExchange]: { grant_type: GRANT.tokenExchange, scope: scopes.join(" ") },
    [GRANT.ciba]: grant.ciba(MADE_UP),
    [GRANT.authorizationCode]: grant.authorizationCode({ code: MADE_UP, redirectUri: REDIRECT_URI, verifier: MADE_UP }),
    [GRANT.refreshToken]: grant.refresh(MADE_UP),
  };
  return Object.entries(forms)
    .filter(([grantType]) => !agent.grantTypes.includes(grantType))
    .flatMap(([grantType, form]) =>
      planned(OTHER_GRANT, place, {
        grantType,
        own,
        send: async () => session.service.post("token", await clientOf(session, agent), form),
      }),
    );
}
