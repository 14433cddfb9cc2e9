/** What an acceptance needs of a cloud. */

import type { Exchange } from "../../src/admin-api/http/transport.ts";
import type { Fact, Flow } from "./compare.ts";
import type { Sample, Stage } from "./lives.ts";

export type Tier = "development" | "staging" | "production";

/** A tenant that is accepted, or the local one that it is compared with. */
export type Subject<Context> = {
  readonly origin: string;
  /** @param observe is told every exchange */
  stage(
    observe: (exchange: Exchange) => void,
  ): Promise<Pick<Stage<Context>, "kinds" | "platform"> & { readonly tenant: string }>;
  /** The token flows of agents that are made for it. @param prefix of every name */
  flows(stage: Stage<Context>, prefix: string): Promise<readonly Flow[]>;
};

export type Wing<Context> = {
  /** Where in the tenant, in words. */
  readonly place: string;
  readonly tenant: Subject<Context>;
  /** Starts a local tenant. */
  local(): Promise<Subject<Context> & { stop(): Promise<void> }>;
  readonly facts: readonly Fact[];
  samples(prefix: string): readonly Sample[];
};
