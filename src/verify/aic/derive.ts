/** Which cases a plan asks for: each agent's flows and what it must not get, then what is tried on throw-away objects. */

import { type Derived, type Negative, type Positive, THROW_AWAY } from "../case.ts";
import { clientOf, tokenOf } from "../credentials.ts";
import { GRANT, isAuthMethod } from "../grants.ts";
import { grant } from "../oauth.ts";
import { throwAwayCases } from "./cases/agent-and-user.ts";
import { cibaPollingCases } from "./cases/ciba-polling.ts";
import { cibaRequestCases } from "./cases/ciba-request.ts";
import { authenticationCases, formCases, ownScopeCases } from "./cases/client-authentication.ts";
import { exchangeCases, passwordCase } from "./cases/exchange.ts";
import { cibaCase, exchangeCase, ownTokenCase, userTokenCase } from "./cases/granted.ts";
import { introspectionCases } from "./cases/introspection.ts";
import { keyCases } from "./cases/keys.ts";
import { throwAwayCibaCases } from "./cases/throw-away-ciba.ts";
import { askerOf, exchange, ownScopes, ownToken, type Subject, subjectsOf } from "./flows.ts";
import { type AgentPlan, businessScopes, grantedScopes } from "./plan.ts";
import type { World } from "./world.ts";

/** All cases of the plan, in the order in which they run. */
export async function deriveCases(world: World): Promise<Derived[]> {
  const derived: Derived[] = [];
  for (const agent of world.plan.agents) {
    const { positives, negatives } = await agentCases(world, agent);
    derived.push(...positives.map((positive) => ({ agent: agent.clientId, positive })));
    derived.push(...negatives.map((negative) => ({ agent: agent.clientId, negative })));
  }
  const patterns = new Set(world.plan.agents.map(({ pattern }) => pattern));
  const thrown = throwAwayCases(world, patterns);
  const acr = world.plan.agents.find(({ ciba }) => ciba)?.ciba?.acr;
  if (acr !== undefined) thrown.push(...throwAwayCibaCases(world, acr));
  return [...derived, ...thrown.map((negative) => ({ agent: THROW_AWAY, negative }))];
}

async function agentCases(world: World, agent: AgentPlan) {
  const positives: Positive[] = [];
  const negatives: Negative[] = [];
  const client = () => clientOf(world, agent);
  if (agent.grantTypes.includes(GRANT.clientCredentials) && ownScopes(agent).length) {
    const request = {
      flow: "client-credentials",
      client,
      form: async () => grant.clientCredentials(ownScopes(agent)),
    } as const;
    const token = async () => tokenOf(await ownToken(world, agent), "token of the agent's own");
    positives.push(ownTokenCase(world, agent));
    negatives.push(
      ...(isAuthMethod(agent.authMethod) ? authenticationCases(world, agent.authMethod, request) : []),
      ...formCases(world, request),
      ...ownScopeCases(world, agent),
      ...introspectionCases(world, "client-credentials", agent, token),
    );
  }
  for (const entry of agent.access) {
    const subjects = await subjectsOf(world, agent, entry);
    if (agent.pattern !== "autonomous") {
      positives.push(...subjects.map((subject) => userTokenCase(world, entry, subject)));
      if (entry.application.grantTypes.includes(GRANT.password)) negatives.push(passwordCase(world, entry));
    }
    positives.push(...subjects.map((subject) => exchangeCase(world, agent, entry, subject)));
    const subject = await firstWithPassword(world, agent, subjects);
    if (!subject) continue;
    const form = async () =>
      grant.exchange(await subject.token(), entry.application.clientId, businessScopes(grantedScopes(entry)));
    const request = { flow: "exchange", client, form } as const;
    if (!agent.grantTypes.includes(GRANT.clientCredentials)) {
      const methods = isAuthMethod(agent.authMethod) ? authenticationCases(world, agent.authMethod, request) : [];
      negatives.push(...methods, ...formCases(world, request));
    }
    const token = async () => tokenOf(await exchange(world, agent, entry, await subject.token()), "exchanged token");
    negatives.push(
      ...exchangeCases(world, agent, entry, subject),
      ...introspectionCases(world, "exchange", agent, token),
    );
  }
  const { ciba } = agent;
  if (ciba) {
    const asking = () => askerOf(world, agent, ciba);
    positives.push(...keyCases(world, agent), cibaCase(world, agent, ciba));
    negatives.push(...cibaRequestCases(world, asking), ...cibaPollingCases(world, asking));
  }
  return { positives, negatives };
}

/** The subject to provoke with: one whose password is at hand, else the first, whose cases then say what is missing. */
async function firstWithPassword(world: World, agent: AgentPlan, subjects: readonly Subject[]) {
  if (agent.pattern === "autonomous") return subjects[0];
  for (const subject of subjects) if ((await world.credentials.password(subject.name)) !== undefined) return subject;
  return subjects[0];
}
