/** How a request that an assertion is about is made on AIC: which token it starts from, and what its token says. */
import type { AssertedRequest, FindWay, Way } from "../assertions.ts";
import { clientOf, tokenOf } from "../credentials.ts";
import { GRANT } from "../grants.ts";
import { grant } from "../oauth.ts";
import { approved } from "./cases/ciba-polling.ts";
import { type CibaClient, cibaClientOf, needsOfCiba, startRequest } from "./ciba.ts";
import { expectedToken, inspect } from "./inspection.ts";
import { type AgentPlan, declaredClients, isEnabled } from "./plan.ts";
import type { Session } from "./session.ts";
import { hasOwnToken, hasPasswordGrant, ownToken, userNeeds, userToken } from "./tokens.ts";

export function waysOf(session: Session): FindWay {
  const clients = declaredClients(session.plan);
  return async (request) => {
    const agent = session.plan.agents.find(({ clientId }) => clientId === request.agent);
    if (!agent || !isEnabled(agent)) return undefined;
    if (request.flow === "client-credentials") return ownWay(session, agent, request);
    if (request.flow === "ciba") return cibaWay(session, agent, request);
    // Of an application that is switched off nobody knows whether it can be reached.
    const isOff = clients.some((client) => client.clientId === request.target && !isEnabled(client));
    return isOff ? undefined : exchangeWay(session, agent, request);
  };
}

function ownWay(session: Session, agent: AgentPlan, { scope }: AssertedRequest): Way {
  const { clientId } = agent;
  const token = { sub: clientId, aud: [clientId], scopes: [scope], grantType: GRANT.clientCredentials };
  const client = () => clientOf(session, agent);
  const ask = () => ownToken(session, agent, [scope]);
  return {
    needs: [client],
    ask,
    prove: async () => inspect(session, await client(), await ask(), expectedToken(session, agent, token)),
  };
}

/** The token that is exchanged: the agent's own, or one of a user. */
type Source = Pick<Way, "needs" | "user"> & { readonly sub: string; token(): Promise<string> };

async function exchangeWay(session: Session, agent: AgentPlan, request: AssertedRequest): Promise<Way | undefined> {
  const { target, scope } = request;
  const source = await sourceOf(session, agent, request);
  if (!source) return undefined;
  const client = () => clientOf(session, agent);
  const ask = async () =>
    session.oauth.post("access_token", await client(), grant.exchange(await source.token(), target, [scope]));
  const expected = expectedToken(session, agent, {
    ...{ sub: source.sub, aud: [agent.clientId, target], actor: agent.clientId },
    ...{ scopes: [scope], grantType: GRANT.tokenExchange },
  });
  return {
    needs: [client, ...source.needs],
    user: source.user,
    ask,
    prove: async () => inspect(session, await client(), await ask(), expected),
  };
}

async function sourceOf(
  session: Session,
  agent: AgentPlan,
  { target, subject }: AssertedRequest,
): Promise<Source | undefined> {
  if (subject.is === "itself") {
    if (!hasOwnToken(agent)) return undefined;
    const token = async () => tokenOf(await ownToken(session, agent), "token of the agent's own");
    return { needs: [], sub: agent.clientId, token };
  }
  // A user's token of the target, or of another application that the agent reaches.
  const able = agent.access.filter((entry) => isEnabled(entry.application) && hasPasswordGrant(entry));
  const entry = able.find(({ application }) => application.clientId === target) ?? able[0];
  const user = await knownUser(session, subject);
  if (!entry || user === undefined) return undefined;
  return {
    needs: userNeeds(session, entry, user),
    user,
    sub: session.live.users.get(user)?.id ?? "(unknown user)",
    token: async () => tokenOf(await userToken(session, entry, user), `token of ${user}`),
  };
}

/** A user for whom the subject stands, whose password is at hand. */
async function knownUser(
  { live, credentials }: Session,
  subject: AssertedRequest["subject"],
): Promise<string | undefined> {
  const names =
    subject.is === "user" ? [subject.name] : subject.is === "group" ? (live.groups.get(subject.name) ?? []) : [];
  for (const name of names) {
    if (live.users.get(name)?.active === false) continue;
    if ((await credentials.password(name)) !== undefined) return name;
  }
  return undefined;
}

async function cibaWay(session: Session, agent: AgentPlan, { scope }: AssertedRequest): Promise<Way | undefined> {
  const { ciba } = agent;
  if (!ciba || ciba.users.length === 0) return undefined;
  // Without openid no request starts at all.
  const client = async (): Promise<CibaClient> => ({
    ...(await cibaClientOf(session, agent, ciba)),
    scopes: [...new Set(["openid", scope])],
  });
  return {
    needs: needsOfCiba(session, agent, ciba),
    ask: async () => startRequest(session, await client()),
    prove: async () => approved(session, agent, await client()),
  };
}
