/** The scopes that an agent of AIC must not get: of its own, and from an exchange. Pure. */
import { type ExcessScopes, excessScopes, leftOut } from "../excess-scopes.ts";
import { type AccessPlan, type AgentPlan, grantedScopes, type Plan } from "./plan.ts";
import { hasOwnToken } from "./tokens.ts";

/** Of the application first, then of every other application and agent. */
export function excessOfExchange(plan: Plan, entry: AccessPlan): ExcessScopes {
  return excessScopes([...entry.application.scopes, ...allScopes(plan)], grantedScopes(entry));
}

/** Of the applications that it reaches first, then of every other client. */
export function excessOfOwn(plan: Plan, { access, scopes }: AgentPlan): ExcessScopes {
  return excessScopes([...access.flatMap(({ application }) => application.scopes), ...allScopes(plan)], scopes);
}

/** What the report says of those that are not asked for. */
export function leftOutOf(plan: Plan, agent: AgentPlan): string[] {
  const { clientId, access } = agent;
  return [
    ...(hasOwnToken(agent) ? leftOut(clientId, "client-credentials", excessOfOwn(plan, agent)) : []),
    ...access.flatMap((entry) =>
      leftOut(clientId, `exchange for ${entry.application.clientId}`, excessOfExchange(plan, entry)),
    ),
  ];
}

const allScopes = ({ agents, applications }: Plan) => [...applications, ...agents].flatMap(({ scopes }) => scopes);
