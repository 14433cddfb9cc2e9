/** The keys that an agent has published: public members only, and named so that they can be told apart (oauth-flows §7.2). */

import type { Positive } from "../../case.ts";
import { keyProblems, publishedKeys } from "../keys.ts";
import type { AgentPlan } from "../plan.ts";
import type { World } from "../world.ts";

/** K01 and K02: what the tenant shows to every administrator is read back and checked again. */
export function keyCases({ live }: World, { clientId }: AgentPlan): Positive[] {
  const keys = publishedKeys(live.clients.get(clientId)?.jwkSet);
  const got = `${keys.length} published ${keys.length === 1 ? "key" : "keys"}`;
  const common = { flow: "ciba", evidence: "K" } as const;
  return [
    {
      ...common,
      id: "K01",
      core: true,
      title: "published keys have no private member",
      expected: "public members only",
      run: async () => ({ got, problems: (await keyProblems(keys)).leaked }),
    },
    {
      ...common,
      id: "K02",
      title: "published keys are P-256, named by thumbprint",
      expected: "EC P-256, kid by RFC 7638",
      run: async () => ({ got, problems: (await keyProblems(keys)).unfit }),
    },
  ];
}
