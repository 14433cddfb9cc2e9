/**
 * What usually goes wrong without a word, so that a flow does not work: compares the plan with the live configuration and
 * names each cause in a line that says what to change. A token without `act` is no error to PingOne (pingone §5.6), so that only this says why. Pure.
 */

import { expiryOf } from "../expiry.ts";
import { called, type Finding } from "../finding.ts";
import { type Flow, GRANT } from "../grants.ts";
import { isObject } from "../http.ts";
import type { PingOneAccess, PingOneAgent, PingOnePlan } from "./plan.ts";
import type { LiveClient, LiveResource, Snapshot } from "./snapshot.ts";

const REPAIR = "run pulumi up --refresh";
/** The flow of a grant type and PingOne's word for it. */
const GRANTS: Readonly<Record<string, { readonly flow: Flow; readonly word: string }>> = {
  [GRANT.authorizationCode]: { flow: "code", word: "AUTHORIZATION_CODE" },
  [GRANT.refreshToken]: { flow: "code", word: "REFRESH_TOKEN" },
  [GRANT.clientCredentials]: { flow: "client-credentials", word: "CLIENT_CREDENTIALS" },
  [GRANT.tokenExchange]: { flow: "exchange", word: "TOKEN_EXCHANGE" },
  [GRANT.ciba]: { flow: "ciba", word: "CIBA" },
};
const ALL_FLOWS: readonly Flow[] = [...new Set(Object.values(GRANTS).map(({ flow }) => flow))];

/**
 * @param now seconds since 1970
 * @returns no finding for an environment that is as the plan says
 */
export function findCauses({ agents }: PingOnePlan, { clients, resources }: Snapshot, now: number): Finding[] {
  return agents
    .filter(({ enabled }) => enabled)
    .flatMap((agent) => {
      const found = clients.get(agent.key);
      const expired = expiryOf(agent, now);
      // Without a client id nobody can say that it is missing: the cases say what to set.
      if (!found) return expired;
      const add = causeOf(agent);
      return [
        ...expired,
        ...agentCauses(agent, found, add),
        ...agent.access.flatMap((entry) => accessCauses(agent, found, entry, resources.get(entry.resource), add)),
        ...delegationCauses(agent, found, resources, add),
      ];
    });
}

type Add = (code: string, flows: readonly Flow[], message: string) => Finding[];
const causeOf =
  ({ key: agent, name }: PingOneAgent): Add =>
  (code, flows, message) => [{ code, agent, flows, message: `${called(agent, name)}: ${message}` }];

function agentCauses({ grantTypes }: PingOneAgent, live: LiveClient, add: Add): Finding[] {
  const missing = grantTypes
    .flatMap((grant) => GRANTS[grant] ?? [])
    .filter(({ word }) => !live.grantTypes.includes(word));
  return [
    ...(live.enabled ? [] : add("agent-disabled", ALL_FLOWS, `it is switched off; ${REPAIR}`)),
    ...missing.flatMap(({ flow, word }) =>
      add("grant-type-missing", [flow], `it lacks the grant type ${word}; ${REPAIR}`),
    ),
    ...(grantTypes.includes(GRANT.ciba) && !live.canAsk
      ? add(
          "no-approval-policy",
          ["ciba"],
          `no DaVinci flow policy is assigned that asks users; declare policies, or ${REPAIR}`,
        )
      : []),
  ];
}

function accessCauses(
  { grantTypes }: PingOneAgent,
  { granted }: LiveClient,
  { resource, scopes }: PingOneAccess,
  live: LiveResource | undefined,
  add: Add,
): Finding[] {
  const flows = [...new Set(grantTypes.flatMap((grant) => GRANTS[grant]?.flow ?? []))];
  if (!live) return add("resource-missing", flows, `there is no resource ${resource}; ${REPAIR}`);
  const id = (scope: string) => live.scopes.get(scope) ?? "";
  const missing = scopes.filter((scope) => !granted.has(id(scope)));
  return missing.length ? add("scope-missing", flows, `${resource} does not grant it ${missing}; ${REPAIR}`) : [];
}

function delegationCauses(
  { pattern, access, actsFor }: PingOneAgent,
  { clientId }: LiveClient,
  resources: Snapshot["resources"],
  add: Add,
): Finding[] {
  if (pattern !== "on-behalf-of") return [];
  const unnamed = actsFor.filter(
    ({ resource }) => named(resources.get(resource)?.claims.get("may_act")?.value) !== clientId,
  );
  const silent = access.filter(({ resource }) => !resources.get(resource)?.claims.has("act"));
  return [
    ...unnamed.flatMap(({ resource }) =>
      add(
        "may-act-missing",
        ["exchange", "user-token"],
        `may_act in tokens of ${resource} does not name it; ${REPAIR}`,
      ),
    ),
    ...silent.flatMap(({ resource }) =>
      add(
        "act-missing",
        ["exchange"],
        `tokens of ${resource} have no claim act, so that they do not say who acts; ${REPAIR}`,
      ),
    ),
  ];
}

/** Whom a `may_act` of literal JSON names. */
function named(value: string | undefined): unknown {
  try {
    const claim: unknown = JSON.parse(value ?? "");
    return isObject(claim) ? claim.sub : undefined;
  } catch {
    return undefined;
  }
}
