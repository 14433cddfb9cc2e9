/**
 * Fills in what a declaration does not say: an application that was there before has only the settings that the tenant shows, and an
 * agent that was stopped there is to get no token, whatever is declared. Pure.
 */
import type { AccessPlan, AgentPlan, ClientPlan, Plan } from "./plan.ts";
import type { Snapshot } from "./snapshot.ts";

export function completePlan(plan: Plan, live: Snapshot): Plan {
  const application = (planned: ClientPlan): ClientPlan => {
    const found = planned.declared === false ? live.clients.get(planned.clientId) : undefined;
    if (!found) return planned;
    const { scopes, grantTypes, authMethod } = found;
    return { ...planned, scopes, grantTypes, authMethod };
  };
  const access = (entry: AccessPlan): AccessPlan => ({ ...entry, application: application(entry.application) });
  const agents = plan.agents.map((agent): AgentPlan => {
    const stopped = live.clients.get(agent.clientId)?.stopped;
    return { ...agent, access: agent.access.map(access), ...(stopped !== undefined && { enabled: false, stopped }) };
  });
  return { ...plan, agents };
}
