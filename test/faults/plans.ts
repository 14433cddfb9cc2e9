/** What goes wrong in the tests of faults, by name; and mixes of it by chance. */

import fc from "fast-check";
import type { Fault, FaultPlan } from "../../src/sandbox/index.ts";
import type { Cloud } from "./clouds.ts";

/** Every test of chance starts here; a mix adds its number. */
const SEED = 20_261_127;

/** Longest wait for an answer under the plan of time-outs, and how long that lets wait, in milliseconds. */
const DEADLINE_MS = 1_000;
const TOO_LONG_MS = 1_400;

/** A failure of the service as each cloud words it (aic §1.4, pingone §3.3). */
const FAILURE: Readonly<Record<Cloud["name"], Fault["body"]>> = {
  aic: { code: 500, reason: "Internal Server Error", message: "Internal Server Error" },
  pingone: { id: "4f6e7c1a-0000-4000-8000-000000000000", code: "UNEXPECTED_ERROR", message: "An unexpected error" },
};
const UNAUTHENTICATED: Readonly<Record<Cloud["name"], Fault["body"]>> = {
  aic: { code: 401, reason: "Unauthorized", message: "Access Denied" },
  pingone: {
    id: "4f6e7c1a-0000-4000-8000-000000000001",
    code: "ACCESS_FAILED",
    message: "The request could not be completed",
  },
};
const TOKENS = "/(access_token|as/token)$";
const CALLS = "^/(am/json|openidm|environment|v1)/";
/** With those of clients to their token service. */
const ALL_CALLS = "^/(am/(json|oauth2)|openidm|environment|v1|[0-9a-f-]{36}/as)/";
const EVERY = 1_000_000;

export type Plan = {
  readonly faults: (cloud: Cloud["name"]) => readonly Fault[];
  /** Seconds by which the tenant's clock is ahead. */
  readonly skewSeconds?: number;
  /** Longest wait for an answer, in milliseconds. @default the kit's own */
  readonly deadlineMs?: number;
};

const often = (fault: Omit<Fault, "pathPattern">, probability = 0.1): Plan => ({
  faults: () => [{ pathPattern: CALLS, probability, ...fault }],
});
const status = (number: number, headers?: Fault["headers"]) => often({ status: number, ...(headers && { headers }) });

/** One thing at a time. */
export const PLANS: Readonly<Record<string, Plan>> = {
  "429 with Retry-After": often({ status: 429, headers: { "retry-after": "1" }, body: { code: 429 } }),
  "429 without": often({ status: 429, body: { code: 429 } }),
  "500": { faults: (cloud) => [{ pathPattern: CALLS, probability: 0.1, status: 500, body: FAILURE[cloud] }] },
  "502, a page": status(502),
  "503": status(503),
  "503 with a date": status(503, { "retry-after": "Fri, 27 Nov 2026 12:00:01 GMT" }),
  "504": status(504),
  "no answer in time": { ...often({ delayMs: TOO_LONG_MS }, 0.03), deadlineMs: DEADLINE_MS },
  "cut before the effect": often({ drop: "before" }),
  "cut in the answer": often({ drop: "during" }),
  "cut after the effect": often({ drop: "after" }),
  "half a body": often({ spoil: "truncated" }),
  "half a gzip": often({ spoil: "cut-gzip" }),
  "another content type": often({ spoil: "content-type" }),
  "a page that asks to sign in": often({ spoil: "page" }),
  slow: often({ delayMs: 15 }, 0.5),
  "401 now and then": {
    faults: (cloud) => [{ pathPattern: CALLS, probability: 0.05, status: 401, body: UNAUTHENTICATED[cloud] }],
  },
  "tokens revoked": often({ revokesTokens: true }, 0.05),
  "key revoked in mid-run": {
    faults: () => [
      { pathPattern: CALLS, after: 12, revokesTokens: true },
      { pathPattern: TOKENS, after: 1, times: EVERY, status: 401, body: { error: "invalid_client" } },
    ],
  },
  "an outage in mid-run": { faults: () => [{ pathPattern: CALLS, after: 20, times: EVERY, status: 503 }] },
  "lists without an end": { faults: () => [{ method: "GET", pathPattern: CALLS, probability: 1, endless: true }] },
  "the tenant's clock an hour behind": { faults: () => [], skewSeconds: -3_600 },
  "the tenant's clock an hour ahead": { faults: () => [], skewSeconds: 3_600 },
};

export const armed = (plan: Plan, cloud: Cloud["name"], seed = SEED): FaultPlan => ({
  faults: [...plan.faults(cloud)],
  seed,
});

/**
 * The same for the verifier, which asks the token service as well, and often: it meets as many faults as a run of fifty calls, since each
 * tenth call would let none get beyond its first look. What the token service is made to say of a client's secret is left out: the
 * verifier has to believe it.
 *
 * @param calls of a run that nothing disturbs
 */
export function armedForVerify(plan: Plan, cloud: Cloud["name"], calls: number, seed = SEED): FaultPlan {
  const faults = plan.faults(cloud).filter(({ pathPattern }) => pathPattern !== TOKENS);
  const rarer = ({ probability, ...fault }: Fault): Fault => ({
    ...{ ...fault, pathPattern: ALL_CALLS },
    ...(probability !== undefined && { probability: probability < 1 ? (probability * 50) / calls : 1 }),
  });
  return { faults: faults.map(rarer), seed };
}

/** Plans that may meet in one run: those of single calls. */
const MIXED = Object.keys(PLANS).filter((name) => !/mid-run|without an end|clock|in time/.test(name));

/** Two to five plans at once. @param number tells the mix from all others: the same number, the same mix */
export function mixOf(number: number): { readonly name: string; readonly plan: Plan; readonly seed: number } {
  const seed = SEED + number;
  const [names = []] = fc.sample(fc.subarray(MIXED, { minLength: 2, maxLength: 5 }), { seed, numRuns: 1 });
  const rarer = (fault: Fault) => ({ ...fault, probability: (fault.probability ?? 1) / names.length });
  const faults: Plan["faults"] = (cloud) => names.flatMap((name) => PLANS[name]?.faults(cloud).map(rarer) ?? []);
  return { name: `mix ${number}: ${names.join(", ")}`, plan: { faults }, seed };
}
