/** The environment server: ESVs, restart, counts, grantable scopes, and the switch of the AI-agent feature (aic §8, §2.9, §11.2). */
import type { Hono } from "hono";
import { authorize } from "../../access-tokens.ts";
import { ApiError, Gap } from "../../errors.ts";
import { routes } from "../../http.ts";
import type { Tenant } from "../../tenant.ts";
import { switchAiAgents } from "../ai-agents.ts";
import { servicesCollection, withAgentsSection } from "../am/service-routes.ts";
import scopes from "../documents/scopes.json" with { type: "json" };
import { REALMS } from "../realms.ts";
import { ENV_DIALECT, READ, RESTART } from "./dialect.ts";
import { esvSecretRoutes, SECRETS, type VersionRecord, versionsCollection } from "./esv-secret-routes.ts";
import { esvVariableRoutes, VARIABLES } from "./esv-variable-routes.ts";

const STARTUP = "environment/startup";
/** What tools tell of a tenant: it can be configured, and is on this machine (aic §11.4). */
const INFO = { immutable: false, locked: false, region: "local", tier: "sandbox" };
/** How long a restart takes here; on a tenant it is minutes. */
const RESTART_MILLISECONDS = 3000;

export function environment(app: Hono, tenant: Tenant): void {
  const { store, clock } = tenant;
  const route = routes(app, tenant, ENV_DIALECT);
  esvSecretRoutes(app, tenant);
  esvVariableRoutes(app, tenant);

  route("GET", "/environment/startup", () => ({ status: 200, body: { restartStatus: restartStatus() } }), READ);
  route(
    "POST",
    "/environment/startup",
    ({ query }) => {
      if (query.get("_action") !== "restart") throw new Gap(`action ${query.get("_action")} on startup`);
      store.put(STARTUP, "restart", { readyAt: clock.now() + RESTART_MILLISECONDS });
      return { status: 200, body: { restartStatus: "restarting" } };
    },
    RESTART,
  );

  route(
    "GET",
    "/environment/count",
    () => ({ status: 200, body: { secrets: store.list(SECRETS).length, variables: store.list(VARIABLES).length } }),
    READ,
  );
  route("GET", "/environment/info", () => ({ status: 200, body: INFO }), []);
  route("GET", "/environment/scopes/service-accounts", () => ({ status: 200, body: scopes }), []);

  // Both scopes are asked for (aic §2.9); it cannot be undone by any call of the tenant.
  route(
    "POST",
    "/environment/aiagent",
    ({ query, headers }) => {
      authorize(tenant, headers.get("authorization") ?? undefined, ["fr:idm:*"]);
      if (query.get("_action") !== "enable") throw new ApiError(400, "Unknown action");
      setAiAgents(tenant, true);
      return { status: 200 };
    },
    ["fr:am:*"],
  );

  function restartStatus(): "restarting" | "ready" {
    const restart = store.get(STARTUP, "restart");
    if (restart && Number(restart.readyAt) > clock.now()) return "restarting";
    if (restart) loadAll();
    return "ready";
  }

  /** After a restart everything that was changed is in effect (aic §8.3). */
  function loadAll(): void {
    store.delete(STARTUP, "restart");
    for (const { id, document } of store.list(VARIABLES)) store.put(VARIABLES, id, { ...document, loaded: true });
    for (const { id, document } of store.list(SECRETS)) {
      // One that no placeholder may name is never loaded (aic §8.3).
      if (document.useInPlaceholders === false) continue;
      store.put(SECRETS, id, { ...document, loaded: true, loadedVersion: document.activeVersion });
      for (const version of store.list<VersionRecord>(versionsCollection(id))) {
        const loaded = version.id === document.activeVersion;
        store.put(versionsCollection(id), version.id, {
          ...version.document,
          body: { ...version.document.body, loaded },
        });
      }
    }
  }
}

/** Switches the feature: AM's agent type, the managed types and the provider's section come or go together. */
export function setAiAgents({ store }: Tenant, enabled: boolean): void {
  switchAiAgents(store, enabled);
  for (const realm of REALMS) {
    const collection = servicesCollection(realm);
    const provider = store.get(collection, "oauth-oidc");
    if (!provider) continue;
    const { aiAgentsConfig: _, ...rest } = provider;
    store.put(collection, "oauth-oidc", enabled ? withAgentsSection(realm, provider) : rest);
  }
}
