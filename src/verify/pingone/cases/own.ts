/** Tokens of an agent's own: for every resource that it reaches, and what it must not get. */

import type { Negative, Positive } from "../../case.ts";
import { tokenOf } from "../../credentials.ts";
import { type Flow, GRANT } from "../../grants.ts";
import type { Observation } from "../../http.ts";
import { shown } from "../../judge.ts";
import { tampered } from "../../jwt.ts";
import { type Client, grant } from "../../oauth.ts";
import type { PingOneCaseId } from "../catalogue.ts";
import { foreignScope, type PingOneAccess, type PingOneAgent } from "../plan.ts";
import { clientOf, judged, type PingOneWorld } from "../world.ts";

type Negatives = Negative<PingOneCaseId>[];

/** A token of the agent's own. */
export async function ownToken(world: PingOneWorld, agent: PingOneAgent, { scopes }: PingOneAccess): Promise<string> {
  return tokenOf(await world.service.own(await clientOf(world, agent), scopes), `own token of ${agent.key}`);
}

export function ownTokenCase(world: PingOneWorld, agent: PingOneAgent, entry: PingOneAccess): Positive {
  return {
    ...{ id: "P01", title: `own token for ${entry.resource}`, flow: "client-credentials", evidence: "D" },
    expected: "token as declared",
    async run() {
      const client = await clientOf(world, agent);
      const { issuer } = world.service;
      return judged(world, client, await world.service.own(client, entry.scopes), {
        ...{ issuer, clientId: client.clientId },
        ...entry,
      });
    },
  };
}

export function ownTokenRefusals(world: PingOneWorld, agent: PingOneAgent, entry: PingOneAccess): Negatives {
  const { service, plan } = world;
  const flow = "client-credentials";
  const ask = async (scopes: readonly string[] = entry.scopes) => service.own(await clientOf(world, agent), scopes);
  const scope = foreignScope(plan, agent);
  const others = agent.access.filter((other) => other !== entry).flatMap(({ scopes }) => scopes);
  const introspect = async (change: (token: string) => string) =>
    service.introspect(await clientOf(world, agent), change(await ownToken(world, agent, entry)));
  return [
    ...authenticationRefusals(world, agent, flow, (client) => service.own(client, entry.scopes)),
    { id: "N03", flow, variant: scope, forbidden: { scope }, twin: () => ask(), provoke: () => ask([scope]) },
    ...(others.length && !agent.mixesResources
      ? [{ id: "N04", flow, twin: () => ask(), provoke: () => ask([...entry.scopes, ...others]) } as const]
      : []),
    { id: "N06", flow, twin: () => introspect((token) => token), provoke: () => introspect(tampered) },
    ...grantTypeRefusals(world, agent, flow, () => ask()),
  ];
}

/** @param send the flow's first request */
export function authenticationRefusals(
  world: PingOneWorld,
  agent: PingOneAgent,
  flow: Flow,
  send: (client: Client) => Promise<Observation>,
): Negatives {
  const client = () => clientOf(world, agent);
  const twin = async () => send(await client());
  const other = agent.authMethod === "client_secret_post" ? "client_secret_basic" : "client_secret_post";
  return [
    {
      ...{ id: "N01", flow, twin },
      async provoke() {
        const { secret, ...rest } = await client();
        return send({ ...rest, secret: `${secret}x` });
      },
    },
    { id: "N02", flow, twin, provoke: async () => send({ ...(await client()), authMethod: other }) },
  ];
}

/** Every other grant type of agents, in a request that only lacks the permission. */
export function grantTypeRefusals(
  world: PingOneWorld,
  agent: PingOneAgent,
  flow: Flow,
  twin: () => Promise<Observation>,
): Negatives {
  const [entry] = agent.access;
  const made = "ping-agents-made-this-up";
  const forms = {
    [GRANT.clientCredentials]: grant.clientCredentials(entry?.scopes ?? []),
    [GRANT.tokenExchange]: { grant_type: GRANT.tokenExchange, scope: entry?.scopes.join(" ") ?? "" },
    [GRANT.ciba]: grant.ciba(made),
  };
  return Object.entries(forms)
    .filter(([grantType]) => !agent.grantTypes.includes(grantType))
    .map(([grantType, form]) => ({
      ...{ id: "N05", flow, variant: grantType.split(":").at(-1) ?? "", twin },
      provoke: async () => world.service.post("token", await clientOf(world, agent), form),
    }));
}

/** An agent that is declared as switched off gets nothing. */
export function disabledCase(world: PingOneWorld, agent: PingOneAgent): Positive {
  return {
    ...{ id: "P05", title: "switched off as declared", flow: "client-credentials", evidence: "I" },
    expected: "401 invalid_client",
    async run() {
      const answer = await world.service.own(await clientOf(world, agent), agent.access[0]?.scopes ?? []);
      const isRefused = answer.error === "invalid_client";
      return { got: shown(answer), problems: isRefused ? [] : ["the token service knows it all the same"] };
    },
  };
}
