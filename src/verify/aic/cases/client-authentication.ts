/** Who the client is: requests that work, sent by a client that authenticates otherwise, or that are malformed. */

import { createHash } from "node:crypto";
import { type Case, type Negative, planned, THROW_AWAY } from "../../case.ts";
import { clientOf } from "../../credentials.ts";
import type { Observation } from "../../http.ts";
import { basic, type Client, type Form, grant, rawBasic } from "../../oauth.ts";
import { badRequest, invalidClient } from "../answers.ts";
import { STATUS, withAttribute } from "../changes.ts";
import type { AgentPlan } from "../plan.ts";
import { rigTokens } from "../rig-tokens.ts";
import type { Group, Session } from "../session.ts";
import { agentPath } from "../snapshot.ts";
import { exchangeablesOf, exchangeForm, hasOwnToken, ownScopes } from "../tokens.ts";

/** A request that works. */
type Request = {
  /** How the client authenticates. */
  readonly method: string;
  send(change?: { readonly client?: (client: Client) => Client; readonly form?: Form }): Promise<Observation>;
  /** Sends it with an `Authorization` header of another make. */
  sendWith(header: (client: Client) => string, form?: (client: Client) => Form): Promise<Observation>;
  sendAsJson(): Promise<Observation>;
};

const inForm = ({ method }: Request) => method === "client_secret_post";
const byBasic = ({ method }: Request) => method === "client_secret_basic";
/** As long as the right one, and never the right one. */
const wrongSecret = (client: Client): Client => ({
  ...client,
  secret: createHash("sha256").update(client.secret).digest("base64url"),
});

const otherMethod = {
  id: "C03",
  title: "right secret by another method",
  evidence: "K",
  must: "record",
  twin: ({ send }) => send(),
} as const satisfies Partial<Negative<Request>>;

const BY_METHOD: readonly Case<Request>[] = [
  {
    id: "C01",
    core: true,
    title: "wrong secret in the form",
    evidence: "public AM",
    exact: invalidClient(400),
    tolerated: ["invalid_client"],
    when: inForm,
    twin: ({ send }) => send(),
    provoke: ({ send }) => send({ client: wrongSecret }),
  },
  {
    id: "C02",
    title: "wrong secret by Basic",
    evidence: "L",
    exact: invalidClient(401),
    tolerated: ["invalid_client"],
    when: byBasic,
    twin: ({ send }) => send(),
    provoke: ({ send }) => send({ client: wrongSecret }),
  },
  {
    ...otherMethod,
    variant: "by Basic",
    exact: invalidClient(401),
    when: inForm,
    provoke: ({ send }) => send({ client: (client) => ({ ...client, authMethod: "client_secret_basic" }) }),
  },
  {
    ...otherMethod,
    variant: "in the form",
    exact: invalidClient(400),
    when: byBasic,
    provoke: ({ send }) => send({ client: (client) => ({ ...client, authMethod: "client_secret_post" }) }),
  },
  {
    id: "C09",
    title: "raw % in the Basic secret",
    evidence: "D",
    exact: badRequest(),
    when: byBasic,
    twin: ({ sendWith }) => sendWith(basic),
    provoke: ({ sendWith }) => sendWith(({ clientId, secret }) => rawBasic(`${clientId}:${secret}%`)),
  },
];

const badForm = {
  id: "C08",
  title: "no grant_type, or another content type",
  evidence: "D",
  exact: badRequest(),
  twin: ({ send }) => send(),
} as const satisfies Partial<Negative<Request>>;

const BY_FORM: readonly Case<Request>[] = [
  { ...badForm, variant: "no grant_type", provoke: ({ send }) => send({ form: { grant_type: undefined } }) },
  { ...badForm, variant: "JSON body", provoke: ({ sendAsJson }) => sendAsJson() },
];

const TWO_WAYS: readonly Case<Request>[] = [
  {
    id: "C11",
    title: "two ways of authentication at once",
    evidence: "P",
    exact: badRequest(),
    twin: ({ sendWith }) => sendWith(basic),
    provoke: ({ sendWith }) => sendWith(basic, ({ secret }) => ({ client_secret: secret })),
  },
];

type OfAgent = {
  own(change?: Form): Promise<Observation>;
  ownWhileInactive(): Promise<Observation>;
};

const OF_AGENT: readonly Case<OfAgent>[] = [
  {
    id: "C04",
    core: true,
    title: "client inactive",
    evidence: "L",
    exact: invalidClient(400),
    twin: ({ own }) => own(),
    provoke: ({ ownWhileInactive }) => ownWhileInactive(),
  },
  {
    id: "C10",
    title: "parameter twice",
    evidence: "P",
    exact: badRequest(),
    twin: ({ own }) => own(),
    provoke: ({ own }) => own({ scope: ["own", "own"] }),
  },
];

export const clientAuthenticationCases: Group = {
  cases: [...BY_METHOD, ...BY_FORM, ...TWO_WAYS, ...OF_AGENT],
  async ofAgent(session, agent) {
    const client = () => clientOf(session, agent);
    const cases = [...BY_METHOD, ...BY_FORM];
    const { clientId, authMethod } = agent;
    if (hasOwnToken(agent)) {
      const form = async () => grant.clientCredentials(ownScopes(agent));
      const place = { agent: clientId, flow: "client-credentials", needs: [client] } as const;
      return planned(cases, place, request(session, authMethod, client, form));
    }
    const exchangeable = await exchangeablesOf(session, agent);
    return exchangeable.flatMap(({ entry, subject }) => {
      if (!subject) return [];
      const form = async () => exchangeForm(entry, await subject.token());
      const place = { agent: clientId, flow: "exchange", needs: [client, ...subject.needs] } as const;
      return planned(cases, place, request(session, authMethod, client, form));
    });
  },
  onThrowAways(session) {
    const { rig } = session;
    const place = { agent: THROW_AWAY, flow: "client-credentials" } as const;
    const form = async () => grant.clientCredentials(["read"]);
    const ofOther = request(session, "client_secret_basic", rig.other, form);
    return [...planned([...BY_METHOD, ...TWO_WAYS], place, ofOther), ...planned(OF_AGENT, place, ofAgent(session))];
  },
};

function request(
  { oauth }: Pick<Session, "oauth">,
  method: AgentPlan["authMethod"],
  client: () => Promise<Client>,
  form: () => Promise<Form>,
): Request {
  return {
    method,
    send: async ({ client: change = (same: Client) => same, form: more } = {}) =>
      oauth.post("access_token", change(await client()), { ...(await form()), ...more }),
    async sendWith(header, more) {
      const sender = await client();
      const body = new URLSearchParams({ ...(await form()), ...more?.(sender) } as Record<string, string>);
      return oauth.raw("access_token", { method: "POST", headers: { authorization: header(sender) }, body });
    },
    async sendAsJson() {
      const { clientId, secret } = await client();
      const body = JSON.stringify({ ...(await form()), client_id: clientId, client_secret: secret });
      return oauth.raw("access_token", { method: "POST", headers: { "content-type": "application/json" }, body });
    },
  };
}

function ofAgent({ rig, oauth, admin }: Pick<Session, "rig" | "oauth" | "admin">): OfAgent {
  const tokens = rigTokens({ rig, oauth });
  return {
    own: async (change) => tokens.own(await rig.autonomous(), change),
    async ownWhileInactive() {
      const agent = await rig.autonomous();
      const path = agentPath(rig.realm, agent);
      return withAttribute(
        admin,
        path,
        STATUS,
        () => "Inactive",
        () => tokens.own(agent),
      );
    },
  };
}
