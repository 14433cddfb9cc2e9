/** Whether AI agents are switched on in a tenant (aic §2.9): one switch, which AM and IDM each show in their own way. */
import type { Store } from "../store.ts";

const FEATURES = "tenant/features";
const AI_AGENTS = "aiagent";

export function hasAiAgents({ store }: { readonly store: Store }): boolean {
  return store.get(FEATURES, AI_AGENTS)?.enabled !== false;
}

export function switchAiAgents(store: Store, enabled: boolean): void {
  store.put(FEATURES, AI_AGENTS, { enabled });
}
