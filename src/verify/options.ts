/** How a run goes, on every platform. */

import type { Clock } from "./clock.ts";
import type { Credentials } from "./credentials.ts";
import type { Target } from "./judge.ts";
import type { Timer } from "./timer.ts";

export type RunOptions = {
  /** Ids of the only cases to run. @default all */
  readonly cases?: readonly string[] | undefined;
  /** Ends the run after the case that is running. */
  readonly signal?: AbortSignal | undefined;
  /** A local tenant is held to its exact answers and its clock is moved; on a real one only throw-away objects are changed. */
  readonly target: Target;
  readonly credentials: Credentials;
  /** Control token of a local tenant; needed for `target` `sandbox`. */
  readonly controlToken?: string | undefined;
  /** Seconds that a user gets who is asked to approve, or to sign on. @default as long as the request lives; to sign on 300 */
  readonly approvalTimeout?: number | undefined;
  /** Whether somebody reads what `progress` is told, and can follow it. @default true */
  readonly isAttended?: boolean | undefined;
  /** @default that of the local tenant, which is moved; on a real one the machine's, which passes */
  readonly clock?: Clock | undefined;
  /** @default that of this machine */
  readonly timer?: Timer | undefined;
  /** Is told what is being waited for. @default nobody is */
  readonly progress?: ((line: string) => void) | undefined;
};
