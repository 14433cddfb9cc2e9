/** How a request that an assertion is about is made on PingOne: which tokens it starts from, and what its token says. */
import type { AssertedRequest, FindWay, Way } from "../assertions.ts";
import { GRANT } from "../grants.ts";
import { proveApproval, startApproval } from "./cases/ciba.ts";
import { proveExchange, tryExchange } from "./cases/exchange.ts";
import { proveOwn } from "./cases/own.ts";
import type { PingOneAccess, PingOneAgent } from "./plan.ts";
import { clientOf, type Session } from "./session.ts";

export function waysOf(session: Session): FindWay {
  return async (request) => {
    const agent = session.plan.agents.find(({ key }) => key === request.agent);
    if (!agent?.enabled) return undefined;
    const entry = entryOf(agent, request);
    if (request.flow === "client-credentials") return ownWay(session, agent, entry);
    if (!session.hasUser) return undefined;
    return request.flow === "ciba" ? cibaWay(session, agent, entry) : exchangeWay(session, agent, entry, request);
  };
}

/** The access that the token would be: as it is declared, where the agent reaches the resource. */
function entryOf({ access }: PingOneAgent, { target, scope }: AssertedRequest): PingOneAccess {
  const declared = access.find(({ resource }) => resource === target);
  return { ...(declared ?? { resource: target }), scopes: [scope] };
}

function ownWay(session: Session, agent: PingOneAgent, entry: PingOneAccess): Way {
  const client = () => clientOf(session, agent);
  return {
    needs: [client],
    ask: async () => session.service.own(await client(), entry.scopes),
    prove: () => proveOwn(session, agent, entry),
  };
}

function exchangeWay(
  session: Session,
  agent: PingOneAgent,
  entry: PingOneAccess,
  { subject }: AssertedRequest,
): Way | undefined {
  const tokens = agent.actsFor.find(({ resource }) => resource === subject.tokensOf);
  // On a real environment a user's token takes a person in a browser, and a way back from it.
  if (!tokens?.application || !session.signsOn(tokens.application)) return undefined;
  return {
    needs: [() => clientOf(session, agent), () => session.approver.ready(session.user().name)],
    user: session.userName,
    ask: () => tryExchange(session, agent, entry, tokens),
    prove: () => proveExchange(session, agent, entry, tokens),
  };
}

function cibaWay(session: Session, agent: PingOneAgent, entry: PingOneAccess): Way | undefined {
  if (!agent.grantTypes.includes(GRANT.ciba)) return undefined;
  return {
    needs: [() => clientOf(session, agent), () => session.approver.ready(session.user().name)],
    user: session.userName,
    ask: () => startApproval(session, agent, entry),
    prove: () => proveApproval(session, agent, entry),
  };
}
