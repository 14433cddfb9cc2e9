/** What preflight finds: a cause that is there before any flow runs. */
import type { Flow } from "./grants.ts";

/** A cause why a flow cannot work, or why an agent can do more than declared. */
export type Finding = {
  /** Stable name of the kind of cause. */
  readonly code: string;
  readonly agent: string;
  /** The application that it is about, where it is about one. */
  readonly application?: string | undefined;
  /** Whether it concerns everybody in the realm. @default false */
  readonly ofRealm?: boolean;
  /** The flows that it breaks. */
  readonly flows: readonly Flow[];
  /** What is wrong and what to change, in one line. */
  readonly message: string;
};
