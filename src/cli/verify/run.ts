/** One run of `ping-agents verify`, as the platforms get it. */

import type { PlaceOf } from "../../declaration/load.ts";
import type { Said } from "../../tenants.ts";
import type { RunOptions, Target } from "../../verify/index.ts";

export type Run = {
  /** The environment, which is the Pulumi stack as well. */
  readonly stack: string;
  readonly options: {
    readonly target?: Target;
    /** Key of the only agent. */
    readonly agent?: string;
    /** User who is asked, and who is acted for where the declaration names nobody. */
    readonly user?: string | undefined;
  };
  /** Where the declaration says what. */
  readonly placeOf: PlaceOf;
  /** Where the tenant is said. */
  readonly said: Said;
  /** What is the same on every platform. */
  readonly common: Pick<RunOptions, "approvalTimeout" | "controlToken" | "isAttended" | "progress" | "signal">;
};
