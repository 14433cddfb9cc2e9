/** Pull requests whose reports are on record: what each changes in a declaration, and the engine's plan of it as it was printed. */

import { readFileSync } from "node:fs";
import { planOf } from "../../../src/cli/plan/events.ts";
import type { Plan } from "../../../src/reports/plan/plan.ts";

/** What is deployed, by stack. */
export const BASES = {
  dev: `platform: aic
realm: alpha
tier: development
existing: { users: [nobody.here] }
users:
  jane.doe: { givenName: Jane, sn: Doe, mail: jane.doe@example.com }
  john.roe: { givenName: John, sn: Roe, mail: john.roe@example.com }
groups:
  staff: { members: [jane.doe, john.roe] }
applications:
  shop:
    name: Shop
    type: web
    owners: [jane.doe]
    scopes: [openid, read, write]
    tokens: { accessTokenLifetime: 15m }
agents:
  assistant:
    name: Assistant
    pattern: on-behalf-of
    owners: [jane.doe]
    access:
      - { application: shop, scopes: [read], subjectGroups: [staff] }
  watcher:
    name: Watcher
    pattern: autonomous
    owners: [jane.doe, john.roe]
    secret: { rotation: "2026-10" }
    access:
      - { application: shop, scopes: [read, write] }
`,
  "pingone-dev": `platform: pingone
resources:
  orders: { name: Orders API, audience: "https://orders.example.com", scopes: { "orders:read": "", "orders:write": "" } }
agents:
  clerk:
    name: Clerk
    pattern: autonomous
    owners: [demo.owner]
    access:
      - { resource: orders, scopes: ["orders:read"] }
`,
} as const;
export type StackName = keyof typeof BASES;

type Edit = readonly [from: string, to: string];

/** What a pull request changes. */
export const PULL_REQUESTS = {
  gain: {
    stack: "dev",
    edits: [
      ["scopes: [read], subjectGroups", "scopes: [read, write], subjectGroups"],
      ["accessTokenLifetime: 15m", "accessTokenLifetime: 1h"],
    ],
  },
  loss: {
    stack: "dev",
    edits: [
      ["scopes: [read, write] }\n", "scopes: [read] }\n"],
      ["owners: [jane.doe, john.roe]", "owners: [john.roe]"],
      ["2026-10", "2026-11"],
    ],
  },
  deletion: { stack: "dev", edits: [[/ {2}watcher:[\s\S]*/.exec(BASES.dev)?.[0] ?? "", ""]] },
  failure: {
    stack: "dev",
    edits: [["owners: [jane.doe]\n    access", "owners: [jane.doe, nobody.here]\n    access"]],
  },
  "gain-pingone": {
    stack: "pingone-dev",
    edits: [['scopes: ["orders:read"]', 'scopes: ["orders:read", "orders:write"]']],
  },
} as const satisfies Record<string, { readonly stack: StackName; readonly edits: readonly Edit[] }>;
export type PullRequest = keyof typeof PULL_REQUESTS;

/** The declaration of a pull request. @throws Error when an edit finds nothing */
export function declaredBy(name: PullRequest): string {
  const { stack, edits } = PULL_REQUESTS[name];
  return edits.reduce<string>((text, [from, to]) => {
    if (from === "" || !text.includes(from)) throw new Error(`${name}: nothing to edit: ${from}`);
    return text.replace(from, to);
  }, BASES[stack]);
}

/** What the engine printed, without what no reader looks at. @param name of a pull request, or of another recording beside them */
export const recorded = (name: string): string =>
  readFileSync(new URL(`recorded/${name}.jsonl`, import.meta.url), "utf8");

/** The plan of a {@link recorded} run. */
export function recordedPlan(name: string): Plan {
  const plan = planOf(recorded(name));
  if (!plan) throw new Error(`${name}.jsonl has no event`);
  return plan;
}
