/** The cases of a PingOne agent: what it is declared to be able to do, and provocations that must be refused. */
import type { Observation } from "../http.ts";
import { textOf } from "../http.ts";
import { claimsOf, tampered } from "../jwt.ts";
import { checkToken, type ExpectedToken, inWords } from "./claims.ts";
import { foreignScope, type PingOneAccess, type PingOneAgent, type PingOneClient } from "./plan.ts";
import { actorForm, scopeOf, tokenOf } from "./service.ts";
import type { PingOneWorld } from "./world.ts";

/** How a case is known to be right (contract pingone 0). */
type Evidence = "D" | "T" | "I";

/** Something that must work, or a provocation with its twin, which differs in the provoked detail only and must pass. */
export type PingOneCase = {
  readonly id: string;
  readonly title: string;
  readonly flow: "client-credentials" | "exchange" | "ciba";
  readonly evidence: Evidence;
} & (
  | { readonly expected: ExpectedToken; readonly positive: () => Promise<Observation> }
  | {
      readonly twin: () => Promise<Observation>;
      readonly provoke: () => Promise<Observation>;
      /** OAuth 2.0 errors of which the answer must bring one; `no act` means a token that is no delegation. */
      readonly errors: readonly string[] | "no act";
    }
);

/** Every case of an agent. */
export async function casesOf(world: PingOneWorld, agent: PingOneAgent): Promise<PingOneCase[]> {
  if (agent.pattern === "approved") return approvedCases(world, agent);
  const own = ownCases(world, agent);
  return agent.pattern === "autonomous" ? own : [...own, ...(await exchangeCases(world, agent))];
}

function ownCases(world: PingOneWorld, agent: PingOneAgent): PingOneCase[] {
  const { service, plan } = world;
  const { client, access } = agent;
  const [first] = access;
  if (!first) return [];
  const twin = () => service.own(client, scopeOf(first));
  const foreign = foreignScope(plan, agent);
  const flow = "client-credentials";
  const refused = (id: string, title: string, errors: readonly string[], provoke: () => Promise<Observation>) =>
    ({ id, title, flow, evidence: "D", twin, provoke, errors }) as const;
  return [
    ...access.map(
      (entry): PingOneCase => ({
        ...{ id: "P01", title: `token of its own for ${entry.audience}`, flow, evidence: "D" },
        expected: { issuer: plan.issuer, clientId: client.clientId, access: entry },
        positive: () => service.own(client, scopeOf(entry)),
      }),
    ),
    refused("N01", "a wrong secret", ["invalid_client"], () =>
      service.own({ ...client, secret: `${client.secret}x` }, scopeOf(first)),
    ),
    ...(foreign ? [refused("N02", `the scope ${foreign}`, ["invalid_scope"], () => service.own(client, foreign))] : []),
  ];
}

/** The first resource is what the agent reaches for users; the last gives the token that shows who acts. */
async function exchangeCases(world: PingOneWorld, agent: PingOneAgent): Promise<PingOneCase[]> {
  const { service, plan, user } = world;
  const { client, access } = agent;
  const [target] = access;
  const showing = access.at(-1);
  if (!target || !showing) return [];
  const actor = async (who: PingOneClient = client) => actorForm(tokenOf(await service.own(who, scopeOf(showing))));
  const subject = () => world.subjectToken(agent);
  const ask = async (scope = scopeOf(target)) => service.exchange(client, await subject(), scope, await actor());
  const foreign = foreignScope(plan, agent);
  const flow = "exchange";
  const other = plan.agents.find((one) => one !== agent && one.pattern !== "approved");
  const expected = { issuer: plan.issuer, clientId: client.clientId, access: target };
  const negative = (id: string, title: string, evidence: Evidence, errors: readonly string[] | "no act") =>
    ({ id, title, flow, evidence, errors, twin: () => ask() }) as const;
  return [
    {
      ...{ id: "P02", title: `exchange for ${user.name} to ${target.audience}`, flow, evidence: "D" },
      expected: { ...expected, subject: user.id, actor: client.clientId },
      positive: () => ask(),
    },
    ...(foreign
      ? [{ ...negative("N03", `the scope ${foreign}`, "D", ["invalid_scope"]), provoke: () => ask(foreign) }]
      : []),
    {
      ...negative("N04", "a subject token that was altered", "D", ["invalid_grant", "invalid_request"]),
      provoke: async () => service.exchange(client, tampered(await subject()), scopeOf(target), await actor()),
    },
    {
      ...negative("N05", "an actor token that was altered", "D", ["invalid_grant", "invalid_request"]),
      provoke: async () => {
        const { actor_token: token = "" } = await actor();
        return service.exchange(client, await subject(), scopeOf(target), actorForm(tampered(token)));
      },
    },
    {
      ...negative("N06", "no actor token", "I", "no act"),
      provoke: async () => service.exchange(client, await subject(), scopeOf(target)),
    },
    ...(other?.access[0]
      ? [
          {
            ...negative("N07", `the actor token of ${other.client.key}`, "T", "no act"),
            provoke: async () => {
              const token = tokenOf(await service.own(other.client, scopeOf(other.access[0] as PingOneAccess)));
              return service.exchange(client, await subject(), scopeOf(target), actorForm(token));
            },
          },
        ]
      : []),
    {
      ...negative("N08", "another resource than that of the scope", "T", ["invalid_target", "invalid_request"]),
      provoke: async () =>
        service.exchange(client, await subject(), scopeOf(target), {
          ...(await actor()),
          resource: "https://nobody.example.com",
        }),
    },
  ];
}

function approvedCases(world: PingOneWorld, agent: PingOneAgent): PingOneCase[] {
  const { service, plan, user, clock, approver } = world;
  const { client, access } = agent;
  const [target] = access;
  if (!target) return [];
  const message = "Verification by ping-agents";
  const start = (more: Record<string, string> = {}) =>
    service.post("cibaAuthorization", client, {
      ...{ login_hint: user.name, scope: scopeOf(target), binding_message: message },
      ...more,
    });
  const answered = async (decision: "approve" | "deny") => {
    const begun = await start();
    const id = textOf(begun.body.auth_req_id);
    if (!id) return begun;
    const interval = Number(begun.body.interval ?? 5);
    const early = await service.poll(client, id);
    if (early.error !== "authorization_pending") return early;
    await approver.decide({ userName: user.name, message }, decision);
    for (let waited = 0; waited < Number(begun.body.expires_in); waited += interval) {
      await clock.wait(interval);
      const answer = await service.poll(client, id);
      if (!["authorization_pending", "slow_down"].includes(answer.error ?? "")) return answer;
    }
    return early;
  };
  const foreign = foreignScope(plan, agent);
  const flow = "ciba";
  const negative = (id: string, title: string, errors: readonly string[]) =>
    ({ id, title, flow, evidence: "D", errors, twin: () => answered("approve") }) as const;
  const withdrawn = async (more: Record<string, string>) => {
    const answer = await start(more);
    if (textOf(answer.body.auth_req_id)) await approver.decide({ userName: user.name, message }, "deny");
    return answer;
  };
  return [
    {
      ...{ id: "P03", title: `approved by ${user.name}`, flow, evidence: "D" },
      expected: { issuer: plan.issuer, clientId: client.clientId, subject: user.id, access: target },
      positive: () => answered("approve"),
    },
    { ...negative("N09", "a user who denies", ["access_denied"]), provoke: () => answered("deny") },
    {
      ...negative("N10", "a user who does not exist", ["unknown_user_id", "invalid_request"]),
      provoke: () => withdrawn({ login_hint: "nobody-of-ping-agents" }),
    },
    ...(foreign
      ? [
          {
            ...negative("N11", `the scope ${foreign}`, ["invalid_scope"]),
            provoke: () => withdrawn({ scope: foreign }),
          },
        ]
      : []),
    {
      ...negative("N12", "a request that nobody made", ["invalid_grant", "invalid_request"]),
      provoke: () => service.poll(client, "ping-agents-made-this-up"),
    },
  ];
}

/** What is not as a token was declared, with the claims that were looked at. */
export function judgeToken(answer: Observation, expected: ExpectedToken): { claims?: string; problems: string[] } {
  const claims = claimsOf(tokenOf(answer));
  if (!claims) return { problems: ["no token was issued"] };
  return { claims: inWords(claims), problems: checkToken(claims, answer.body, expected) };
}
