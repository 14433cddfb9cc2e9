/** What an acceptance needs of a cloud. */

import type { Exchange } from "../../src/admin-api/http/transport.ts";
import type { RunningSandbox } from "../../src/sandbox/index.ts";
import type { Fact, Flow } from "./compare.ts";
import type { Sample, Stage } from "./lives.ts";

export type FlowRun = {
  /** Of every name. */
  readonly prefix: string;
  /** Ends it after the case that is running. */
  readonly signal: AbortSignal | undefined;
};

/** A tenant that is accepted, or the local one that it is compared with. */
export type Subject<Context> = {
  readonly origin: string;
  /** @param observe is told every exchange */
  stage(
    observe: (exchange: Exchange) => void,
  ): Promise<Pick<Stage<Context>, "kinds" | "platform"> & { readonly tenant: string }>;
  /** The token flows of agents that are made for it. */
  flows(stage: Stage<Context>, of: FlowRun): Promise<readonly Flow[]>;
};

export type Wing<Context> = {
  /** Where in the tenant, in words. */
  readonly place: string;
  readonly tenant: Subject<Context>;
  /** Asks the tenant whether it may be tried on, where no declaration says so. @throws ERR_TARGET */
  admit?(): Promise<void>;
  local(sandbox: RunningSandbox): Subject<Context>;
  readonly facts: readonly Fact[];
  samples(prefix: string): readonly Sample[];
};
