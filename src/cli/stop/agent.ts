/** An agent on its tenant, as `stop` works with it on any cloud. */

import type { z } from "zod";
import type { Mark } from "../../providers/owner.ts";
import type { Said, Whereabouts } from "../../tenants.ts";

/** How long tokens of an agent live, in seconds. */
export type Lifetimes = {
  readonly access: number;
  readonly id: number;
  /** Undefined for an agent that gets none; negative for ever. */
  readonly refresh: number | undefined;
};

/** An agent that was found. */
export type Agent = {
  /** For people, e.g. `aic:AiAgent alpha/teller`. */
  readonly what: string;
  readonly mark: Mark;
  readonly isOn: boolean;
  /** Since when it is stopped, ISO 8601. */
  readonly stopped: string | undefined;
  /** What becomes of tokens that were issued before, beside that they end. */
  readonly ofTokens: string;
  /** Switches it off at once, and marks it. */
  stop(since: string): Promise<void>;
  /** Takes the mark away. @param enables whether it is switched on as well */
  undo(enables: boolean): Promise<void>;
  lifetimes(): Promise<Lifetimes>;
};

/** Which agent is meant. */
export type Wanted = {
  /** Key in the declaration, or client id. */
  readonly agent: string;
  /** Its display name, where the declaration has the key. */
  readonly name: string | undefined;
  /** Where the tenant is said. */
  readonly said: Said;
};

/** A cloud on which agents can be stopped. */
export type Cloud = {
  /** What must be right in a declaration: where the agent is. Whoever stops one has no time to mend all else. */
  readonly where: z.ZodType<Whereabouts & { readonly agents?: unknown }>;
  /** @returns undefined where there is none */
  find(wanted: Wanted): Promise<Agent | undefined>;
};
