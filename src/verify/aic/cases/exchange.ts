/** What an agent must not get by token exchange: the X cases that need nothing changed, and the password of U01. */

import type { Negative } from "../../case.ts";
import { tokenOf } from "../../credentials.ts";
import { tampered } from "../../jwt.ts";
import type { Form } from "../../oauth.ts";
import { exchange, type Subject, userToken } from "../flows.ts";
import { type AccessPlan, type AgentPlan, businessScopes, grantedScopes } from "../plan.ts";
import type { World } from "../world.ts";

/** @param subject whose exchange works */
export function exchangeCases(world: World, agent: AgentPlan, entry: AccessPlan, subject: Subject): Negative[] {
  const flow = "exchange";
  const application = entry.application.clientId;
  const scopes = businessScopes(grantedScopes(entry));
  const send = async (change: Form = {}) => exchange(world, agent, entry, await subject.token(), change);
  const twin = () => send();
  /** An application that exists, and that the agent has no privilege for. */
  const foreign = world.rig.other.clientId;
  const unlike = [
    ["longer", `${application}x`],
    ["shorter", application.slice(0, -1)],
    ["other case", application === application.toUpperCase() ? application.toLowerCase() : application.toUpperCase()],
  ] as const;
  const excess = excessScope(entry);
  const cases: Negative[] = [
    { id: "X01", flow, twin, provoke: () => send({ audience: foreign }), forbidden: { audience: foreign } },
    ...unlike.map(
      ([variant, audience]): Negative => ({
        id: "X02",
        variant,
        flow,
        twin,
        provoke: () => send({ audience }),
        forbidden: { audience },
      }),
    ),
    { id: "X03", flow, twin, provoke: () => send({ audience: undefined }), forbidden: { audience: application } },
    { id: "X04", flow, twin, provoke: () => send({ audience: "" }), forbidden: { audience: "" } },
    {
      id: "X05",
      flow,
      twin,
      provoke: () => send({ audience: [application, foreign] }),
      forbidden: { audience: foreign },
    },
    {
      id: entry.scopes === "all" ? "X07" : "X06",
      flow,
      twin,
      provoke: () => send({ scope: [...scopes, excess].join(" ") }),
      forbidden: { scope: excess },
    },
    { id: "X11", flow, twin, provoke: async () => send({ subject_token: tampered(await subject.token()) }) },
    { id: "X15", flow, twin, provoke: () => send({ requested_token_type: "urn:example:token-type:unknown" }) },
  ];
  return agent.pattern === "autonomous" ? cases : [...cases, strangersToken(world, agent, entry, subject)];
}

/** The token of a user whom no subject and no group of the privilege names. */
function strangersToken(world: World, agent: AgentPlan, entry: AccessPlan, subject: Subject): Negative {
  return {
    id: "X08",
    flow: "exchange",
    twin: async () => exchange(world, agent, entry, await subject.token()),
    provoke: async () => {
      const answer = await userToken(world, entry, world.rig.stranger);
      return exchange(world, agent, entry, tokenOf(answer, "token of a stranger"));
    },
  };
}

/** A scope that the entry does not grant: the application's where it has one, else one that nobody has. */
function excessScope(entry: AccessPlan): string {
  const granted = grantedScopes(entry);
  return businessScopes(entry.application.scopes).find((scope) => !granted.includes(scope)) ?? "ping-agents-unlisted";
}

/** A wrong password, of a throw-away user so that nobody's account is locked. */
export function passwordCase(world: World, entry: AccessPlan): Negative {
  const { stranger } = world.rig;
  return {
    id: "U01",
    flow: "user-token",
    twin: () => userToken(world, entry, stranger),
    provoke: () => userToken(world, entry, { ...stranger, password: `${stranger.password}x` }),
  };
}
