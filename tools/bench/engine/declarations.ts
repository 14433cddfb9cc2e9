/** The stacks that are measured: agents that each reach something of twenty others, on either cloud. */

import type { CloudName } from "../../../src/tenants.ts";

/** What a cloud's stacks consist of. */
type Shape = {
  /** What an agent has access to, by number. */
  readonly reach: number;
  readonly declare: (agents: readonly number[], changed: (agent: number) => boolean, environment: string) => object;
};

const TARGETS = 20;
const numbers = (count: number) => Array.from({ length: count }, (_one, index) => index);
const named = <T>(of: readonly number[], word: string, entry: (number: number) => T) =>
  Object.fromEntries(of.map((number) => [`${word}-${number}`, entry(number)]));

const SHAPES: Readonly<Record<CloudName, Shape>> = {
  aic: {
    reach: 2,
    declare: (agents, changed) => ({
      ...{ platform: "aic", realm: "alpha", tier: "development" },
      provider: { grantTypes: ["client_credentials", "password", "token_exchange"] },
      applications: named(numbers(TARGETS), "api", (number) => ({
        ...{ name: `API ${number}`, type: "web", owners: ["demo.owner"], scopes: ["read", "write"] },
        // So that verify gets a user's token.
        grantTypes: ["authorization_code", "password"],
      })),
      agents: named(agents, "agent", (agent) => ({
        ...{ name: `Agent ${agent}`, pattern: "on-behalf-of", owners: ["demo.owner"] },
        access: [0, 1].map((nth) => ({
          application: `api-${(agent + nth * 7) % TARGETS}`,
          scopes: nth === 0 && changed(agent) ? ["read", "write"] : ["read"],
          subjects: ["barbara.jensen"],
        })),
      })),
    }),
  },
  pingone: {
    reach: 1,
    declare: (agents, changed, environment) => ({
      ...{ platform: "pingone", environment },
      resources: named(numbers(TARGETS), "api", (number) => ({
        ...{ name: `API ${number}`, scopes: { [`read-${number}`]: "Read", [`write-${number}`]: "Write" } },
      })),
      agents: named(agents, "agent", (agent) => {
        const target = agent % TARGETS;
        const scopes = [`read-${target}`, ...(changed(agent) ? [`write-${target}`] : [])];
        return {
          ...{ name: `Agent ${agent}`, pattern: "autonomous", access: [{ resource: `api-${target}`, scopes }] },
          // Somebody answers for it, or every run would warn of every agent. An owner is a role assignment, with calls of its own.
          sponsor: "Bench",
          // The one that verify looks at.
          ...(agent === 0 && { secret: { output: true } }),
        };
      }),
    }),
  },
};

/** How much an agent has access to: privileges on AIC, grants on PingOne. */
export const reachOf = (cloud: CloudName): number => SHAPES[cloud].reach;

/** A declaration. @param isChanged whether every tenth agent may do something more. @param environment of PingOne */
export function declaration(cloud: CloudName, agents: number, isChanged: boolean, environment: string): object {
  return SHAPES[cloud].declare(numbers(agents), (agent) => isChanged && agent % 10 === 0, environment);
}
