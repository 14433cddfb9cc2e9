/** What a case is: something to do, and what it must or must not bring. */

import type { CaseId } from "./aic/catalogue.ts";
import type { Evidence, Exact } from "./expectation.ts";
import type { Flow } from "./grants.ts";
import type { Observation } from "./http.ts";
import type { Forbidden } from "./judge.ts";

/** What an agent is declared to be able to do. */
export type Positive = {
  readonly id: string;
  readonly title: string;
  readonly flow: Flow;
  readonly evidence: Evidence;
  readonly expected: string;
  /** Part of the core set of the contract. @default false */
  readonly core?: boolean;
  /** Does it. @returns what came back in words, the claims that were asserted, and what is not as expected */
  run(): Promise<{ readonly got: string; readonly claims?: string; readonly problems: readonly string[] }>;
};

/**
 * A provocation and its twin, which differs in the provoked detail only and has to pass just before.
 *
 * @typeParam Id ids of the platform's catalogue
 */
export type Negative<Id extends string = CaseId> = {
  readonly id: Id;
  /** Tells two provocations of one case apart. */
  readonly variant?: string;
  readonly flow: Flow;
  twin(): Promise<Observation>;
  provoke(): Promise<Observation>;
  /** OAuth 2.0 error that the twin has to bring where success would be too much to ask. */
  readonly twinBrings?: string;
  readonly forbidden?: Forbidden;
  /** Where the exact answer depends on how it was provoked. */
  readonly exact?: Partial<Exact>;
};

/** A case of an agent, or of the throw-away objects. */
export type Derived<Id extends string = CaseId> = { readonly agent: string } & (
  | { readonly positive: Positive }
  | { readonly negative: Negative<Id> }
);

/** The name under which cases on throw-away objects are reported. */
export const THROW_AWAY = "(throw-away)";
