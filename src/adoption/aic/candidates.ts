/** What of a realm can be taken into a declaration. Pure. */

import { grantTypeName } from "../../fields/grant-types.ts";
import { NOBODY } from "../../providers/owner.ts";
import type { Properties } from "../../providers/pulumi-values.ts";
import type { Candidate, Found } from "../candidate.ts";
import {
  agentEntries,
  agentParts,
  agentProblems,
  applicationEntry,
  applicationProblems,
  asksUsers,
} from "./entries.ts";
import type { FoundAgent, FoundApplication, FoundRealm } from "./live.ts";

/** The candidates of a realm, and what its provider offers to them. */
export function aicCandidates({ agents, applications, offered }: FoundRealm): Found {
  const taken = (keys: readonly string[]) => {
    const chosen = agents.filter(({ clientId }) => keys.includes(clientId));
    const reached = chosen.flatMap(({ privileges }) => privileges.map(({ application }) => application));
    return { chosen, reached: applications.filter(({ clientId }) => reached.includes(clientId)) };
  };
  return {
    candidates: [...applications.map(applicationFrom), ...agents.map(agentFrom)],
    surroundings: (keys) => {
      const { chosen, reached } = taken(keys);
      const clients = reached.flatMap(({ client }) => (client ? [client.inputs] : []));
      const inputs = [...chosen.map((agent) => agent.inputs), ...clients];
      const provider = offered && providerOf(inputs, offered);
      return provider ? { provider } : {};
    },
    shared: (declaration) => {
      if (declaration.platform !== "aic" || !offered) return [];
      const { realm, provider: { grantTypes = [], acr = {} } = {} } = declaration;
      const mapped = Object.entries(acr).filter(([value, journey]) => offered.acr[value] === journey);
      const isOffered = grantTypes.every((type) => offered.grantTypes.includes(type));
      return [...(isOffered ? [realm] : []), ...mapped.map(([value]) => `${realm}/${value}`)];
    },
  };
}

const agentFrom = (agent: FoundAgent): Candidate => ({
  ...{ section: "agents", key: agent.clientId, name: String(agent.inputs.name), mark: agent.mark },
  needs: agent.privileges.flatMap(({ application }) =>
    typeof application === "string" ? [`applications/${application}` as const] : [],
  ),
  problems: agentProblems(agent),
  entries: () => agentEntries(agent),
  parts: () => agentParts(agent),
});

function applicationFrom({ clientId, client, linked }: FoundApplication): Candidate {
  const [application] = linked;
  return {
    ...{ section: "applications", key: clientId, name: String(application?.inputs.name ?? clientId) },
    mark: [client, application].flatMap((one) => one?.mark ?? []).find((mark) => mark !== NOBODY) ?? NOBODY,
    needs: [],
    problems: applicationProblems({ client, linked }),
    entries: () => (application && client ? [applicationEntry(application.inputs, client.inputs)] : []),
    parts: () => ({}),
  };
}

/** The entries of the realm's provider that clients use; undefined where it has none, or not all that a declaration needs. */
function providerOf(
  clients: readonly Properties[],
  { grantTypes, acr }: NonNullable<FoundRealm["offered"]>,
): Properties | undefined {
  const used = [...new Set(clients.flatMap((client) => client.grantTypes as string[]))].sort();
  const asked = clients.flatMap(({ idToken }) => (idToken as { defaultAcrValues: string[] }).defaultAcrValues);
  // Which acr value a request for approval names is the agent's own affair.
  const mapped = Object.entries(acr).filter(([value]) => asked.includes(value) || clients.some(asksUsers));
  if (used.some((type) => !grantTypes.includes(type)) || (mapped.length === 0 && clients.some(asksUsers)))
    return undefined;
  return {
    ...(used.length > 0 && { grantTypes: used.map(grantTypeName) }),
    ...(mapped.length > 0 && { acr: Object.fromEntries(mapped) }),
  };
}
