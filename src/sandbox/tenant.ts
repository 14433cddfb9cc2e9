/** What every route works on: the tenant's store and clock, what was asked of it, and what it did not know. */
import type { Clock } from "./clock.ts";
import type { Loaders } from "./load.ts";
import type { Switches } from "./refusals.ts";
import type { Store } from "./store.ts";

/** A request as the control plane reports it: never a body, a header or a query. */
export type Seen = { readonly method: string; readonly path: string; readonly status: number | "dropped" };

/** Writes one line about the sandbox's own doings. Never gets a secret. */
export type Log = (line: string) => void;

export type Tenant = {
  /** Where the tenant is, `http://127.0.0.1:41900`: its issuers begin so, whatever name a caller has for it. */
  readonly originOf: (request: Request) => string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Which rules of the token services hold. */
  readonly switches: Switches;
  /** Which paths the control plane can load, and how. */
  readonly loaders: Loaders;
  /** Requests since the last clearing. */
  readonly seen: Seen[];
  /** How many requests are not answered yet, those among them for which nobody waits any more. */
  underWay: number;
  /** What was asked for and is not served. */
  readonly gaps: { readonly method: string; readonly path: string; readonly message: string }[];
};

/** Collection of the sandbox's own settings. Collections that begin with `sandbox/` are no part of the tenant. */
export const SETTINGS = "sandbox/settings";
