/** What of a realm can be taken into a declaration. Pure. */

import type { AicApplication } from "../../components/aic/declaration.ts";
import { settingsOf } from "../../components/aic/static.ts";
import { grantTypeName } from "../../fields/grant-types.ts";
import { NOBODY } from "../../providers/owner.ts";
import type { Properties } from "../../providers/pulumi-values.ts";
import { type Candidate, type EntryId, type Found, idOf } from "../candidate.ts";
import {
  delegatesOf,
  type Following,
  followingOf,
  scriptFieldsOf,
  withoutActor,
  withoutAudience,
} from "./delegation.ts";
import {
  agentEntries,
  agentParts,
  agentProblems,
  applicationEntry,
  applicationProblems,
  asksUsers,
} from "./entries.ts";
import type { FoundAgent, FoundApplication, FoundRealm, Offered } from "./live.ts";

/** Applications that a declaration has already. */
type Declared = Readonly<Record<string, Pick<AicApplication, "delegates">>>;

/** The candidates of a realm, and what its provider offers to them. */
export function aicCandidates(realm: FoundRealm, declared: Declared = {}): Found {
  const { agents, applications, offered, scripts } = realm;
  const clients = [
    ...agents.map(({ clientId, inputs }) => ({ clientId, inputs, id: idOf({ section: "agents", key: clientId }) })),
    ...applications.flatMap(({ clientId, client }) =>
      client ? [{ clientId, inputs: client.inputs, id: idOf({ section: "applications", key: clientId }) }] : [],
    ),
  ];
  const inputsOf = (clientId: string) => clients.find((one) => one.clientId === clientId)?.inputs ?? {};
  const following = new Map(clients.map(({ clientId, inputs }) => [clientId, followingOf(clientId, inputs, scripts)]));
  const actorOf = (clientId: string) => following.get(clientId)?.actor;
  const doesRealmAccept = offered?.settings[ACCEPT] === true;

  /** What an application may do with tokens of those that are declared beside it. */
  const delegates = (clientId: string, isDeclared: IsDeclared) => {
    const sources = clients.filter((one) => actorOf(one.clientId) === clientId && isDeclared(one.id));
    return delegatesOf(
      inputsOf(clientId),
      sources.map((one) => one.clientId),
      doesRealmAccept,
    );
  };
  /** Whether the declaration says who acts with the tokens of a client. */
  const isSaid = (clientId: string, actor: string, isDeclared: IsDeclared) => {
    const all = declared[actor]?.delegates ?? delegates(actor, isDeclared);
    const isThere = declared[actor] !== undefined || isDeclared(`applications/${actor}`);
    return isThere && all.some((one) => one.with === clientId);
  };
  /** What follows for a client beside what else is declared of it. */
  const followingIn = (clientId: string, hasOthers: boolean, isDeclared: IsDeclared): Following => {
    const all = following.get(clientId) ?? { scripts: {} };
    const own = hasOthers ? withoutAudience(all) : all;
    return own.actor !== undefined && !isSaid(clientId, own.actor, isDeclared) ? withoutActor(own) : own;
  };
  /** Scripts that the entry of a client names by their ids. */
  const spelledOut = (clientId: string, { scripts: said }: Following): string[] =>
    scriptFieldsOf(inputsOf(clientId))
      .filter((field) => said[field] === undefined)
      .map((field) => {
        const actor = following.get(clientId)?.scripts[field] === undefined ? undefined : actorOf(clientId);
        const why =
          actor === undefined ? "nothing that delegates or audience makes" : `names ${actor}, which has no delegates`;
        return `overrides.${field}: ${why}`;
      });
  /** The applications that a client needs, those that act with tokens of these among them. */
  const neededBy = ({ clientId, privileges = [] }: Pick<FoundAgent, "clientId"> & Partial<FoundAgent>): string[] => {
    const needed = new Set<string>();
    const add = (id: string | undefined): void => {
      if (id === undefined || needed.has(id)) return;
      needed.add(id);
      add(actorOf(id));
    };
    for (const { application } of privileges) if (typeof application === "string") add(application);
    add(actorOf(clientId));
    return [...needed];
  };

  const agentFrom = (agent: FoundAgent): Candidate => ({
    ...{ section: "agents", key: agent.clientId, name: String(agent.inputs.name), mark: agent.mark },
    needs: idsOf(neededBy(agent)),
    problems: agentProblems(agent),
    entries: (isDeclared) => agentEntries(agent, followingIn(agent.clientId, agent.privileges.length > 0, isDeclared)),
    parts: () => agentParts(agent),
    spelledOut: (isDeclared) =>
      spelledOut(agent.clientId, followingIn(agent.clientId, agent.privileges.length > 0, isDeclared)),
  });
  const applicationFrom = ({ clientId, client, linked }: FoundApplication): Candidate => {
    const [application] = linked;
    return {
      ...{ section: "applications", key: clientId, name: String(application?.inputs.name ?? clientId) },
      mark: [client, application].flatMap((one) => one?.mark ?? []).find((mark) => mark !== NOBODY) ?? NOBODY,
      needs: idsOf(neededBy({ clientId })),
      problems: applicationProblems({ client, linked }),
      entries: (isDeclared) => {
        if (!application || !client) return [];
        const acts = delegates(clientId, isDeclared);
        const own = followingIn(clientId, acts.length > 0, isDeclared);
        return [applicationEntry(application.inputs, client.inputs, own, acts)];
      },
      parts: () => ({}),
      spelledOut: (isDeclared) =>
        spelledOut(clientId, followingIn(clientId, delegates(clientId, isDeclared).length > 0, isDeclared)),
    };
  };

  return {
    candidates: [...applications.map(applicationFrom), ...agents.map(agentFrom)],
    surroundings: (ids) => {
      const chosen = agents.filter(({ clientId }) => ids.includes(`agents/${clientId}`));
      const own = applications.filter(({ clientId }) => ids.includes(`applications/${clientId}`));
      const needed = [...new Set([...chosen.flatMap(neededBy), ...own.map(({ clientId }) => clientId)])];
      const inputs = [...chosen.map((agent) => agent.inputs), ...needed.map(inputsOf)];
      const acts = needed.some((id) => delegates(id, () => true).length > 0);
      const provider = offered && providerOf(inputs, offered, acts);
      return provider ? { provider } : {};
    },
    shared: (declaration) => {
      if (declaration.platform !== "aic" || !offered) return [];
      const { realm, provider: { grantTypes = [], acr = {} } = {} } = declaration;
      const mapped = Object.entries(acr).filter(([value, journey]) => offered.acr[value] === journey);
      const isOffered = grantTypes.every((type) => offered.grantTypes.includes(type));
      const set = settingsOf(declaration).filter(({ setting, value }) => offered.settings[setting] === value);
      const entries = [...mapped.map(([value]) => value), ...set.map(({ setting }) => setting)];
      return [...(isOffered ? [realm] : []), ...entries.map((entry) => `${realm}/${entry}`)];
    },
  };
}

type IsDeclared = (id: EntryId) => boolean;

const idsOf = (applications: readonly string[]) => applications.map((id) => `applications/${id}` as const);

const ACCEPT = "acceptAudienceParametersInTokenExchangeRequests";

/**
 * The entries of the realm's provider that clients use; undefined where it has none, or not all that a declaration needs.
 *
 * @param acts whether a client acts with tokens of others, and needs audiences to count
 */
function providerOf(
  clients: readonly Properties[],
  { grantTypes, acr, settings }: Offered,
  acts: boolean,
): Properties | undefined {
  const used = [...new Set(clients.flatMap((client) => (client.grantTypes ?? []) as string[]))].sort();
  const asked = clients.flatMap(
    ({ idToken }) => (idToken as { defaultAcrValues: string[] } | undefined)?.defaultAcrValues ?? [],
  );
  // Which acr value a request for approval names is the agent's own affair.
  const mapped = Object.entries(acr).filter(([value]) => asked.includes(value) || clients.some(asksUsers));
  if (used.some((type) => !grantTypes.includes(type)) || (mapped.length === 0 && clients.some(asksUsers)))
    return undefined;
  return {
    ...(used.length > 0 && { grantTypes: used.map(grantTypeName) }),
    ...(mapped.length > 0 && { acr: Object.fromEntries(mapped) }),
    // The algorithm, too: whoever takes such a token checks it by the keys of the realm (delegation §1.5).
    ...(acts && settings),
  };
}
