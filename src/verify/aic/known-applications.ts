/** Fills in what a declaration does not say: an application that was there before has only the settings that the tenant shows. Pure. */
import type { AccessPlan, ClientPlan, Plan } from "./plan.ts";
import type { Snapshot } from "./snapshot.ts";

export function completePlan(plan: Plan, live: Snapshot): Plan {
  const application = (planned: ClientPlan): ClientPlan => {
    const found = planned.declared === false ? live.clients.get(planned.clientId) : undefined;
    if (!found) return planned;
    const { scopes, grantTypes, authMethod } = found;
    return { ...planned, scopes, grantTypes, authMethod };
  };
  const access = (entry: AccessPlan): AccessPlan => ({ ...entry, application: application(entry.application) });
  return { ...plan, agents: plan.agents.map((agent) => ({ ...agent, access: agent.access.map(access) })) };
}
