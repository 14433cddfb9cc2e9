/** Features of the tenant, as IDM lists them (aic §2.9): AI agents, and those that the control plane loads. */
import type { JsonObject } from "../../json.ts";
import type { Store } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import { hasAiAgents, switchAiAgents } from "../ai-agents.ts";

const FEATURES = "openidm/feature";
const AI_AGENTS = "aiagent";

/** Puts a feature into the list. Whether AI agents are on is the tenant's own switch, which reads the same. */
export function loadFeature(store: Store, id: string, body: JsonObject): void {
  if (id === AI_AGENTS) switchAiAgents(store, body.installedVersion !== null);
  store.put(FEATURES, id, { _id: id, ...body });
}

export function features(tenant: Tenant): JsonObject[] {
  const loaded = tenant.store.list(FEATURES).map(({ document }) => document);
  const aiAgents = loaded.find(({ _id }) => _id === AI_AGENTS) ?? { _id: AI_AGENTS, availableVersions: ["1"] };
  const installedVersion = hasAiAgents(tenant) ? (aiAgents.installedVersion ?? "1") : null;
  return [{ ...aiAgents, installedVersion }, ...loaded.filter(({ _id }) => _id !== AI_AGENTS)];
}
