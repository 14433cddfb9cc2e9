/**
 * What usually goes wrong without a word, so that a flow does not work: compares the plan with the live configuration and
 * names each cause in a line that says what to change. AM answers nearly every exchange problem with the same `invalid_request` (oauth-flows §8), so that
 * a flow that fails can be explained only from here. Pure.
 */
import { expiryOf } from "../expiry.ts";
import { called, type Finding } from "../finding.ts";
import { type Flow, GRANT } from "../grants.ts";
import { type AccessPlan, type AgentPlan, type ClientPlan, isEnabled, type Plan } from "./plan.ts";
import { type Difference, matchPrivileges } from "./privileges.ts";
import type { LiveClient, Snapshot } from "./snapshot.ts";

/**
 * @param now seconds since 1970
 * @returns no finding for a tenant on which everything works that the plan says
 */
export function findCauses(plan: Plan, live: Snapshot, now: number): Finding[] {
  return plan.agents.filter(isEnabled).flatMap((agent) => {
    const { differences } = matchPrivileges(agent, live, now);
    return [
      ...expiryOf({ ...agent, key: agent.clientId }, now),
      ...providerCauses(agent, live),
      ...agentCauses(agent, live),
      ...agent.access.flatMap((entry) => accessCauses(agent, entry, live, differences.get(entry))),
      ...cibaCauses(agent, live),
    ];
  });
}

const FLOW_OF: Readonly<Record<string, Flow>> = {
  [GRANT.clientCredentials]: "client-credentials",
  [GRANT.password]: "user-token",
  [GRANT.tokenExchange]: "exchange",
  [GRANT.ciba]: "ciba",
};
const ALL_FLOWS: readonly Flow[] = ["client-credentials", "user-token", "exchange", "ciba"];

/** An agent's exchange starts with a token that another grant brought; what breaks that grant breaks the exchange. */
function broken(flow: Flow): Flow[] {
  return flow === "exchange" || flow === "ciba" ? [flow] : [flow, "exchange"];
}

function providerCauses({ clientId: agent, grantTypes, pattern, access }: AgentPlan, live: Snapshot): Finding[] {
  const needed = new Set(grantTypes.filter((grant) => grant in FLOW_OF));
  if (pattern === "on-behalf-of" && access.length) needed.add(GRANT.password);
  const missing = [...needed].filter((grant) => !live.provider.grantTypes.includes(grant));
  return missing.map((grant) => ({
    code: "provider-grant-missing",
    agent,
    ofRealm: true,
    flows: broken(FLOW_OF[grant] ?? "exchange"),
    message: `the realm's OAuth2 provider does not offer ${grant}: add it to provider.grantTypes and run pulumi up (--refresh if it was removed by hand)`,
  }));
}

function agentCauses(agent: AgentPlan, live: Snapshot): Finding[] {
  const { clientId, name, type, grantTypes, scopes } = agent;
  const its = called(clientId, name);
  const found = live.clients.get(clientId);
  const cause = (code: string, flows: readonly Flow[], message: string) => ({ code, agent: clientId, flows, message });
  if (!found) return [cause("agent-missing", ALL_FLOWS, `no ${type} ${its} in the realm: run pulumi up`)];
  const findings = clientCauses(agent, found, ALL_FLOWS).map(({ code, flows, message }) => cause(code, flows, message));
  const lacking = scopes.filter((scope) => !found.scopes.includes(scope));
  if (lacking.length) {
    const flows: Flow[] = ["client-credentials", "exchange", "ciba"];
    findings.push(
      cause("scope-missing", flows, `${its} lacks the scope ${lacking.join(", ")} of its own: run pulumi up`),
    );
  }
  if (type !== "AIAgent" || !grantTypes.includes(GRANT.tokenExchange)) return findings;
  const { enabled, stateless, acceptAudience } = found.overrides;
  if (!enabled) {
    findings.push(
      cause("overrides-dormant", ["exchange"], `${its}: the override block is dormant; set overrides.enabled: true`),
    );
  }
  if (enabled && !stateless) {
    findings.push(
      cause(
        "stateless-off",
        ["exchange"],
        `${its} issues no client-side tokens; set overrides.statelessTokensEnabled: true`,
      ),
    );
  }
  if (enabled && !acceptAudience) {
    findings.push(
      cause(
        "audience-not-accepted",
        ["exchange"],
        `${its} ignores the audience of an exchange; set overrides.acceptAudienceParametersInTokenExchangeRequests: true`,
      ),
    );
  }
  return findings;
}

/** What agents and applications can have wrong alike. */
function clientCauses(planned: ClientPlan, found: LiveClient, flows: readonly Flow[]) {
  const { clientId, name, grantTypes, authMethod, declared = true } = planned;
  const its = called(clientId, name);
  const causes: { code: string; flows: readonly Flow[]; message: string }[] = [];
  if (isEnabled(planned) && !found.active) {
    causes.push({ code: "client-inactive", flows, message: `${its} is not Active: set enabled: true` });
  }
  for (const grant of grantTypes) {
    const flow = FLOW_OF[grant];
    if (!flow || found.grantTypes.includes(grant)) continue;
    causes.push({
      code: "client-grant-missing",
      flows: broken(flow),
      message: `${its} may not use ${grant}: add it to its grantTypes, or run pulumi up --refresh if it was removed by hand`,
    });
  }
  if (declared && found.authMethod !== authMethod) {
    causes.push({
      code: "auth-method-differs",
      flows,
      message: `${its} authenticates by ${found.authMethod}, declared is ${authMethod}: run pulumi up --refresh`,
    });
  }
  return causes;
}

function accessCauses(
  agent: AgentPlan,
  entry: AccessPlan,
  live: Snapshot,
  differences: readonly Difference[] | undefined,
): Finding[] {
  const { clientId } = agent;
  const application = entry.application.clientId;
  const [its, there] = [called(clientId, agent.name), called(application, entry.application.name)];
  const cause = (code: string, flows: readonly Flow[], message: string): Finding => ({
    code,
    agent: clientId,
    application,
    flows,
    message,
  });
  const found = live.clients.get(application);
  if (!found)
    return [cause("application-missing", ["user-token", "exchange"], `no OAuth2 client ${there} in the realm`)];
  const flows: Flow[] = agent.pattern === "autonomous" ? [] : ["user-token", "exchange"];
  const findings = flows.length
    ? clientCauses(entry.application, found, flows).map(({ code, flows, message }) => cause(code, flows, message))
    : [];
  findings.push(...userCauses(entry, live).map(({ code, message }) => cause(code, flows, message)));
  if (!differences) {
    const message = `${its} has no privilege for ${there}: run pulumi up --refresh`;
    return [...findings, cause("privilege-missing", ["exchange"], message)];
  }
  return [
    ...findings,
    ...differences.map(({ code, message }) => cause(code, ["exchange"], `privilege ${its} -> ${there} ${message}`)),
  ];
}

function userCauses({ subjects, subjectGroups }: AccessPlan, live: Snapshot) {
  const missing = subjects.filter((name) => !live.users.has(name));
  const inactive = subjects.filter((name) => live.users.get(name)?.active === false);
  const noGroup = subjectGroups.filter((name) => !live.groups.has(name));
  return [
    ...missing.map((name) => ({
      code: "user-missing",
      message: `no user ${name} in the realm: create it, or correct subjects`,
    })),
    ...inactive.map((name) => ({
      code: "user-inactive",
      message: `user ${name} is not active: set its account status to active`,
    })),
    ...noGroup.map((name) => ({
      code: "group-missing",
      message: `no group ${name} in the realm: create it, or correct subjectGroups`,
    })),
  ];
}

function cibaCauses({ clientId, name, ciba, scopes }: AgentPlan, live: Snapshot): Finding[] {
  if (!ciba) return [];
  const cause = (code: string, message: string): Finding => ({ code, agent: clientId, flows: ["ciba"], message });
  const ofRealm = (code: string, message: string): Finding => ({ ...cause(code, message), ofRealm: true });
  const findings: Finding[] = [];
  const mapped = live.provider.acr[ciba.acr];
  if (mapped === undefined) {
    const journey = ciba.journey ?? "<journey>";
    findings.push(
      ofRealm("acr-unmapped", `the acr value ${ciba.acr} is not mapped: set provider.acr: { ${ciba.acr}: ${journey} }`),
    );
  } else if (ciba.journey && mapped !== ciba.journey) {
    const message = `the acr value ${ciba.acr} leads to the journey ${mapped}, declared is ${ciba.journey}: run pulumi up --refresh`;
    findings.push(cause("acr-mapped-elsewhere", message));
  }
  const journey = mapped ?? ciba.journey;
  if (journey && !live.journeys.has(journey)) {
    findings.push(
      ofRealm("journey-missing", `no journey ${journey} in the realm: declare it under journeys and run pulumi up`),
    );
  }
  if (!scopes.includes("openid")) {
    findings.push(
      cause(
        "openid-missing",
        `${called(clientId, name)} needs the scope openid for back-channel requests: add it to scopes`,
      ),
    );
  }
  if (ciba.users.length && !ciba.users.some((name) => live.users.get(name)?.active)) {
    findings.push(cause("user-missing", `none of the users ${ciba.users.join(", ")} is there and active`));
  }
  return findings;
}
