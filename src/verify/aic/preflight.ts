/**
 * What usually goes wrong without a word: compares the plan with the live configuration and names each cause in a line that
 * says what to change. AM answers nearly every exchange problem with the same `invalid_request` (oauth-flows §8), so that
 * a flow that fails can be explained only from here. Pure.
 */
import type { Finding } from "../finding.ts";
import { type Flow, GRANT } from "../grants.ts";
import { type AccessPlan, type AgentPlan, type ClientPlan, grantedScopes, type Plan } from "./plan.ts";
import type { LiveClient, LivePrivilege, Snapshot } from "./snapshot.ts";

/** @returns no finding for a tenant that is as the plan says */
export function findCauses(plan: Plan, live: Snapshot): Finding[] {
  return plan.agents.flatMap((agent) => [
    ...providerCauses(agent, live),
    ...agentCauses(agent, live),
    ...agent.access.flatMap((entry) => accessCauses(agent, entry, live)),
    ...cibaCauses(agent, live),
  ]);
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
  const { clientId, type, grantTypes, scopes } = agent;
  const found = live.clients.get(clientId);
  const cause = (code: string, flows: readonly Flow[], message: string) => ({ code, agent: clientId, flows, message });
  if (!found) return [cause("agent-missing", ALL_FLOWS, `no ${type} ${clientId} in the realm: run pulumi up`)];
  const findings = clientCauses(agent, found, ALL_FLOWS).map(({ code, flows, message }) => cause(code, flows, message));
  const lacking = scopes.filter((scope) => !found.scopes.includes(scope));
  if (lacking.length) {
    const flows: Flow[] = ["client-credentials", "exchange", "ciba"];
    findings.push(
      cause("scope-missing", flows, `${clientId} lacks the scope ${lacking.join(", ")} of its own: run pulumi up`),
    );
  }
  if (type !== "AIAgent" || !grantTypes.includes(GRANT.tokenExchange)) return findings;
  const { enabled, stateless, acceptAudience } = found.overrides;
  if (!enabled) {
    findings.push(
      cause(
        "overrides-dormant",
        ["exchange"],
        `${clientId}: the override block is dormant; set overrides.enabled: true`,
      ),
    );
  }
  if (enabled && !stateless) {
    findings.push(
      cause(
        "stateless-off",
        ["exchange"],
        `${clientId} issues no client-side tokens; set overrides.statelessTokensEnabled: true`,
      ),
    );
  }
  if (enabled && !acceptAudience) {
    findings.push(
      cause(
        "audience-not-accepted",
        ["exchange"],
        `${clientId} ignores the audience of an exchange; set overrides.acceptAudienceParametersInTokenExchangeRequests: true`,
      ),
    );
  }
  return findings;
}

/** What agents and applications can have wrong alike. */
function clientCauses(planned: ClientPlan, found: LiveClient, flows: readonly Flow[]) {
  const { clientId, grantTypes, authMethod, declared = true } = planned;
  const causes: { code: string; flows: readonly Flow[]; message: string }[] = [];
  if (!found.active) {
    causes.push({ code: "client-inactive", flows, message: `${clientId} is not Active: set enabled: true` });
  }
  for (const grant of grantTypes) {
    const flow = FLOW_OF[grant];
    if (!flow || found.grantTypes.includes(grant)) continue;
    causes.push({
      code: "client-grant-missing",
      flows: broken(flow),
      message: `${clientId} may not use ${grant}: add it to its grantTypes, or run pulumi up --refresh if it was removed by hand`,
    });
  }
  if (declared && found.authMethod !== authMethod) {
    causes.push({
      code: "auth-method-differs",
      flows,
      message: `${clientId} authenticates by ${found.authMethod}, declared is ${authMethod}: run pulumi up --refresh`,
    });
  }
  return causes;
}

function accessCauses(agent: AgentPlan, entry: AccessPlan, live: Snapshot): Finding[] {
  const { clientId } = agent;
  const application = entry.application.clientId;
  const cause = (code: string, flows: readonly Flow[], message: string): Finding => ({
    code,
    agent: clientId,
    application,
    flows,
    message,
  });
  const found = live.clients.get(application);
  if (!found)
    return [cause("application-missing", ["user-token", "exchange"], `no OAuth2 client ${application} in the realm`)];
  const flows: Flow[] = agent.pattern === "autonomous" ? [] : ["user-token", "exchange"];
  const findings = flows.length
    ? clientCauses(entry.application, found, flows).map(({ code, flows, message }) => cause(code, flows, message))
    : [];
  findings.push(...userCauses(entry, live).map(({ code, message }) => cause(code, flows, message)));
  const privileges = (live.privileges.get(clientId) ?? []).filter((one) => one.application === application);
  if (privileges.length === 0) {
    const message = `${clientId} has no privilege for ${application}: run pulumi up --refresh`;
    return [...findings, cause("privilege-missing", ["exchange"], message)];
  }
  const differences = privileges.map((privilege) => privilegeDifferences(entry, privilege, live));
  // Several privileges may name one application; the one that is nearest to the entry is meant.
  const [nearest = []] = differences.toSorted((one, other) => one.length - other.length);
  return [
    ...findings,
    ...nearest.map(({ code, message }) =>
      cause(code, ["exchange"], `privilege ${clientId} -> ${application} ${message}`),
    ),
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

function privilegeDifferences(entry: AccessPlan, privilege: LivePrivilege, live: Snapshot) {
  const declared = entry.scopes === "all" ? [] : entry.scopes;
  const granted = privilege.permissions;
  const userIds = entry.subjects.map((name) => live.users.get(name)?.id ?? name);
  const fix = "run pulumi up --refresh";
  const result: { code: string; message: string }[] = [];
  const add = (code: string, message: string) => result.push({ code, message: `${message}: ${fix}` });
  if (granted.length && (declared.length === 0 || minus(declared, granted).length)) {
    const lacking = minus(grantedScopes(entry), granted);
    if (lacking.length) add("privilege-narrower", `lacks ${lacking.join(", ")}`);
  }
  if (declared.length && (granted.length === 0 || minus(granted, declared).length)) {
    const more = granted.length ? minus(granted, declared).join(", ") : "every scope of the application";
    add("privilege-wider", `grants more than declared, ${more}`);
  }
  if (minus(userIds, privilege.subjects).length) {
    const names = entry.subjects.filter((name) => !privilege.subjects.includes(live.users.get(name)?.id ?? name));
    add("privilege-subject-missing", `does not name the user ${names.join(", ")}`);
  }
  if (minus(privilege.subjects, userIds).length)
    add("privilege-subject-undeclared", "names users that are not declared");
  const lackingGroups = minus(entry.subjectGroups, privilege.subjectGroups);
  if (lackingGroups.length) add("privilege-group-missing", `does not name the group ${lackingGroups.join(", ")}`);
  const moreGroups = minus(privilege.subjectGroups, entry.subjectGroups);
  if (moreGroups.length) add("privilege-group-undeclared", `names the undeclared group ${moreGroups.join(", ")}`);
  return result;
}

function minus(all: readonly string[], some: readonly string[]): string[] {
  return all.filter((one) => !some.includes(one));
}

function cibaCauses({ clientId, ciba, scopes }: AgentPlan, live: Snapshot): Finding[] {
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
      cause("openid-missing", `${clientId} needs the scope openid for back-channel requests: add it to scopes`),
    );
  }
  if (ciba.users.length && !ciba.users.some((name) => live.users.get(name)?.active)) {
    findings.push(cause("user-missing", `none of the users ${ciba.users.join(", ")} is there and active`));
  }
  return findings;
}
