/** Approval by the user (OpenID CIBA Core 1.0, pingone §5.9): asked, polled for, and what polling must not bring. */

import { randomBytes } from "node:crypto";
import type { Negative, Positive } from "../../case.ts";
import type { Decision } from "../../credentials.ts";
import { Unprovable } from "../../errors.ts";
import { type Observation, textOf } from "../../http.ts";
import { shown } from "../../judge.ts";
import { type Client, type Form, grant } from "../../oauth.ts";
import { pollToTheEnd, type Waiting } from "../../polling.ts";
import type { PingOneCaseId } from "../catalogue.ts";
import { foreignScope, type PingOneAccess, type PingOneAgent } from "../plan.ts";
import { clientOf, judged, type PingOneWorld } from "../world.ts";
import { authenticationRefusals, grantTypeRefusals } from "./own.ts";

const flow = "ciba";

type Asked = Waiting & { readonly id: string; readonly client: Client };
/** How a request ended; one that was refused at once never waited. */
type Decided = { readonly client: Client; readonly asked?: Asked | undefined; readonly answer: Observation };

export function cibaCase(world: PingOneWorld, agent: PingOneAgent, entry: PingOneAccess): Positive {
  return {
    ...{ id: "P04", title: `approval for ${entry.resource}`, flow, evidence: "D" },
    expected: "token as declared",
    async run() {
      const { client, answer } = await conversation(world, agent, entry).decided("approve");
      return judged(world, client, answer, {
        ...{ issuer: world.service.issuer, clientId: client.clientId, subject: world.user().id },
        ...{ ...entry, scopes: wanted(agent, entry) },
      });
    },
  };
}

export function cibaRefusals(
  world: PingOneWorld,
  agent: PingOneAgent,
  entry: PingOneAccess,
): Negative<PingOneCaseId>[] {
  const { plan, clock, rig } = world;
  const { ask, begin, poll, decided } = conversation(world, agent, entry);
  const approved = async () => (await decided("approve")).answer;
  /** What the twin started and the provocation goes on with, so that nothing else differs. */
  let shared: Asked | undefined;
  const going = async () => shared ?? begin();
  const pending = async () => {
    shared = await begin();
    return poll(shared);
  };
  const approvedOnce = async () => {
    const { asked, answer } = await decided("approve");
    shared = asked;
    return answer;
  };
  const later = async (seconds: (asked: Asked) => number, by?: Client) => {
    const asked = await going();
    await clock.wait(seconds(asked));
    return poll(asked, by);
  };
  const twinBrings = "authorization_pending";
  const scope = foreignScope(plan, agent);
  const start = async (change?: Form) => (await ask(change)).answer;
  const user = () => world.user().name;
  return [
    ...authenticationRefusals(world, agent, flow, async (client) => (await ask({}, client)).answer),
    { id: "N03", flow, variant: scope, forbidden: { scope }, twin: start, provoke: () => start({ scope }) },
    { id: "N31", flow, twin: approved, provoke: async () => (await decided("deny")).answer },
    { id: "N32", flow, twin: approved, provoke: async () => poll(await begin()) },
    { id: "N33", flow, twin: pending, twinBrings, provoke: async () => poll(await going()) },
    { id: "N34", flow, twin: pending, twinBrings, provoke: () => later(({ expiresIn }) => expiresIn + 1) },
    { id: "N35", flow, twin: approvedOnce, provoke: () => later(({ interval }) => interval) },
    {
      ...{ id: "N36", flow, twin: pending, twinBrings },
      provoke: async () => later(({ interval }) => interval, await rig.agent(entry)),
    },
    { id: "N37", flow, twin: start, provoke: () => start({ login_hint: "nobody-of-ping-agents" }) },
    { id: "N38", flow, twin: start, provoke: () => start({ login_hint_token: user() }) },
    ...grantTypeRefusals(world, agent, flow, approved),
  ];
}

/** The scopes that are asked for: of OpenID Connect as well, where the agent may mix. */
function wanted({ openid, mixesResources }: PingOneAgent, { scopes }: PingOneAccess): readonly string[] {
  return mixesResources ? [...scopes, ...openid] : scopes;
}

/** How an agent asks and polls. */
function conversation(world: PingOneWorld, agent: PingOneAgent, entry: PingOneAccess) {
  const { service, approver } = world;
  const user = () => world.user().name;

  const ask = async (change: Form = {}, by?: Client) => {
    const client = by ?? (await clientOf(world, agent));
    const message = `ping-agents ${randomBytes(3).toString("hex")}`;
    const form = { login_hint: user(), scope: wanted(agent, entry).join(" "), binding_message: message };
    return { client, message, answer: await service.post("cibaAuthorization", client, { ...form, ...change }) };
  };
  const askedOf = ({ client, message, answer }: Awaited<ReturnType<typeof ask>>): Asked | undefined => {
    const { auth_req_id: id, interval = 5, expires_in: expiresIn } = answer.body;
    const text = textOf(id);
    return text === undefined
      ? undefined
      : { id: text, message, client, interval: Number(interval), expiresIn: Number(expiresIn) };
  };
  const begin = async (): Promise<Asked> => {
    const request = await ask();
    const asked = askedOf(request);
    if (asked) return asked;
    throw new Unprovable(`cibaAuthorization refuses: ${shown(request.answer)}`);
  };
  const poll = ({ id, client }: Asked, by = client) => service.post("token", by, grant.ciba(id));

  const decided = async (decision: Decision): Promise<Decided> => {
    const request = await ask();
    const { client } = request;
    const asked = askedOf(request);
    if (!asked) return request;
    await approver.decide({ userName: user(), message: asked.message }, decision);
    return { client, asked, answer: await pollToTheEnd(world, asked, () => poll(asked)) };
  };
  return { ask, begin, poll, decided };
}
