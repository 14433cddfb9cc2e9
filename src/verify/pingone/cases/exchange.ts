/** Token exchange on behalf of a user (RFC 8693, pingone §5.6): who acts is in the token, or nobody does. */

import type { Negative, Positive } from "../../case.ts";
import { tokenOf } from "../../credentials.ts";
import { Unprovable } from "../../errors.ts";
import { tampered } from "../../jwt.ts";
import type { PingOneCaseId } from "../catalogue.ts";
import { foreignScope, type PingOneAccess, type PingOneAgent, type UserTokens } from "../plan.ts";
import type { Exchange } from "../service.ts";
import { clientIdOf, clientOf, judged, type PingOneWorld } from "../world.ts";
import { ownToken } from "./own.ts";

const flow = "exchange";

/** A user's token, which must name the agent: without that, nothing that the agent does with it says who acts. */
export function userTokenCase(world: PingOneWorld, agent: PingOneAgent, tokens: UserTokens): Positive {
  return {
    ...{ id: "P02", title: `user's token of ${tokens.resource} names the agent`, flow: "user-token", evidence: "D" },
    expected: "may_act as declared",
    async run() {
      const clientId = await clientIdOf(world, tokens.application ?? "");
      const mayAct = await clientIdOf(world, agent.key);
      const expected = { issuer: world.service.issuer, clientId, subject: world.user().id, mayAct, ...tokens };
      return judged(world, undefined, await world.signOn(tokens), expected);
    },
  };
}

export function exchangeCase(
  world: PingOneWorld,
  agent: PingOneAgent,
  entry: PingOneAccess,
  tokens: UserTokens,
): Positive {
  return {
    ...{ id: "P03", title: `exchange ${tokens.resource} for ${entry.resource}`, flow, evidence: "D" },
    expected: "token as declared",
    async run() {
      const client = await clientOf(world, agent);
      const answer = await asking(world, agent, entry, tokens)();
      const { clientId } = client;
      const expected = { issuer: world.service.issuer, clientId, subject: world.user().id, actor: clientId, ...entry };
      return judged(world, client, answer, expected);
    },
  };
}

export function exchangeRefusals(
  world: PingOneWorld,
  agent: PingOneAgent,
  entry: PingOneAccess,
  tokens: UserTokens,
): Negative<PingOneCaseId>[] {
  const { plan, service, rig } = world;
  const ask = asking(world, agent, entry, tokens);
  const scope = foreignScope(plan, agent);
  const subject = () => subjectToken(world, tokens);
  const actor = () => actorToken(world, agent);
  const refusal = (id: PingOneCaseId, provoke: Negative["provoke"], more: Partial<Negative> = {}) =>
    ({ variant: `for ${entry.resource}`, ...more, id, flow, twin: () => ask(), provoke }) as const;
  const isOther = agent.actsFor.every(({ resource }) => resource !== entry.resource);
  return [
    refusal("N03", () => ask({ scopes: [scope] }), {
      variant: `${scope}, for ${entry.resource}`,
      forbidden: { scope },
    }),
    refusal("N11", async () => ask({ subject: tampered(await subject()) })),
    refusal("N12", () => ask({ subject: undefined })),
    refusal("N13", async () => ask({ actor: tampered(await actor()) })),
    refusal("N14", () => ask({ actor: undefined })),
    refusal("N15", async () => {
      const stranger = await rig.agent(entry);
      return ask({ actor: tokenOf(await service.own(stranger, entry.scopes), "token of a throw-away agent") });
    }),
    // What was exchanged is a user's token of the target, which names nobody in may_act.
    ...(isOther ? [refusal("N16", async () => ask({ subject: tokenOf(await ask(), "exchanged token") }))] : []),
    refusal("N17", async () => ask({ subject: await actor() })),
    refusal("N18", () => ask({ resource: "https://nobody.example.com" })),
    refusal("N19", () => ask({ scopes: ["openid"] }), { forbidden: { scope: "openid" } }),
  ];
}

/** The exchange as declared, of which a provocation changes one part. */
function asking(world: PingOneWorld, agent: PingOneAgent, { scopes }: PingOneAccess, tokens: UserTokens) {
  return async (change: Partial<Exchange> = {}) => {
    const whole = { subject: await subjectToken(world, tokens), actor: await actorToken(world, agent), scopes };
    return world.service.exchange(await clientOf(world, agent), { ...whole, ...change });
  };
}

async function subjectToken(world: PingOneWorld, tokens: UserTokens): Promise<string> {
  return tokenOf(await world.signOn(tokens), `user's token of ${tokens.resource}`);
}

/** The agent's own token, which shows who acts: of the resource that is declared last, the one for that where there are two. */
function actorToken(world: PingOneWorld, agent: PingOneAgent): Promise<string> {
  const last = agent.access.at(-1);
  if (!last) throw new Unprovable(`${agent.key} reaches no resource, so that no token shows who acts`);
  return ownToken(world, agent, last);
}
