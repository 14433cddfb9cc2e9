/** Deterministic ids: the same declaration finds its own objects again, also after a run that was killed. */

import { v5 } from "uuid";

/** Namespace of every id that this kit chooses. Never changes: state and tenants depend on it. */
const NAMESPACE = "8f6f2b0e-6f0a-5d0c-9b67-4f5f0b1f6c11";

/**
 * UUIDv5 (RFC 9562 §5.5) over tenant-independent names.
 *
 * @example deterministicId("aiagent", "alpha", "support-agent")
 */
export function deterministicId(...names: readonly string[]): string {
  return v5(JSON.stringify(names), NAMESPACE);
}
