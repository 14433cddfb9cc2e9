/** What preflight finds: a cause that is there before any flow runs. */
import type { Flow } from "./grants.ts";

/** How people know an agent or application, with the id by which the tenant or the declaration does: `Support Agent (support-agent)`. */
export const called = (id: string, name: string | undefined): string =>
  name === undefined || name === id ? id : `${name} (${id})`;

/** A cause why a flow cannot work, or access that nobody declared. */
export type Finding = {
  /** Stable name of the kind of cause. */
  readonly code: string;
  /** What it is about: an agent; an application, a resource or the realm where it is about no agent. */
  readonly agent: string;
  /** The application that it is about, where it is about one of an agent's. */
  readonly application?: string | undefined;
  /** Whether it concerns everybody in the realm. @default false */
  readonly ofRealm?: boolean;
  /** The flows that it breaks or opens. */
  readonly flows: readonly Flow[];
  /** What is wrong and what to change, in one line. */
  readonly message: string;
};
