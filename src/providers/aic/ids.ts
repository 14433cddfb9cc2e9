/** Deterministic ids: the same declaration finds its own objects again, also after a run that was killed. */

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Namespace of every id that this kit chooses. Never changes: state and tenants depend on it. */
const NAMESPACE = "8f6f2b0e-6f0a-5d0c-9b67-4f5f0b1f6c11";

/**
 * UUIDv5 (RFC 9562 §5.5) over tenant-independent names.
 *
 * @example deterministicId("aiagent", "alpha", "support-agent")
 */
export function deterministicId(...names: readonly string[]): string {
  // By the first id: what makes none, such as most commands, starts sooner.
  const { v5 } = require("uuid") as typeof import("uuid");
  return v5(JSON.stringify(names), NAMESPACE);
}
