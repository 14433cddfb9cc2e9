/** Which cases a plan for PingOne asks for: each agent's flows and what it must not get, then what is tried on throw-away agents. */

import { type Derived, type Negative, type Positive, THROW_AWAY } from "../case.ts";
import { GRANT } from "../grants.ts";
import { cibaCase, cibaRefusals } from "./cases/ciba.ts";
import { exchangeCase, exchangeRefusals, userTokenCase } from "./cases/exchange.ts";
import { disabledCase, ownTokenCase, ownTokenRefusals } from "./cases/own.ts";
import { throwAwayRefusals } from "./cases/throw-away.ts";
import type { PingOneCaseId } from "./catalogue.ts";
import type { PingOneAgent } from "./plan.ts";
import type { PingOneWorld } from "./world.ts";

type Cases = { readonly positives: Positive[]; readonly negatives: Negative<PingOneCaseId>[] };

/** All cases of the plan, in the order in which they run. A real tenant is not provoked: only what must work runs there. */
export function deriveCases(world: PingOneWorld): Derived<PingOneCaseId>[] {
  const { plan, target } = world;
  const isProvoked = target === "sandbox";
  const derived = plan.agents.flatMap((agent): Derived<PingOneCaseId>[] => {
    const { positives, negatives } = agentCases(world, agent);
    return [
      ...positives.map((positive) => ({ agent: agent.key, positive })),
      ...(isProvoked ? negatives.map((negative) => ({ agent: agent.key, negative })) : []),
    ];
  });
  const entry = plan.agents.flatMap(({ access }) => access)[0];
  const thrown = isProvoked && entry ? throwAwayRefusals(world, entry) : [];
  return [...derived, ...thrown.map((negative) => ({ agent: THROW_AWAY, negative }))];
}

function agentCases(world: PingOneWorld, agent: PingOneAgent): Cases {
  const { access, actsFor, grantTypes, enabled } = agent;
  if (!enabled) return { positives: [disabledCase(world, agent)], negatives: [] };
  const cases: Cases = { positives: [], negatives: [] };
  const add = (positives: Positive[], negatives: Cases["negatives"] = []) => {
    cases.positives.push(...positives);
    cases.negatives.push(...negatives);
  };
  if (grantTypes.includes(GRANT.clientCredentials)) {
    // Who the client is does not depend on the resource: the refusals run once.
    const refusals = access.slice(0, 1).flatMap((entry) => ownTokenRefusals(world, agent, entry));
    add(
      access.map((entry) => ownTokenCase(world, agent, entry)),
      refusals,
    );
  }
  if (grantTypes.includes(GRANT.tokenExchange)) {
    add(actsFor.map((tokens) => userTokenCase(world, agent, tokens)));
    for (const tokens of actsFor) {
      for (const entry of access) {
        add([exchangeCase(world, agent, entry, tokens)], exchangeRefusals(world, agent, entry, tokens));
      }
    }
  }
  if (grantTypes.includes(GRANT.ciba)) {
    const refusals = access.slice(0, 1).flatMap((entry) => cibaRefusals(world, agent, entry));
    add(
      access.map((entry) => cibaCase(world, agent, entry)),
      refusals,
    );
  }
  return cases;
}
