/** Builds a local tenant: its store, its routes and what is needed to talk to it. No network yet, see server.ts. */
import { Hono } from "hono";
import { flowControl } from "./aic/oauth/control.ts";
import { realmEndpoints } from "./aic/oauth/routes.ts";
import { phone } from "./aic/phone/routes.ts";
import { type Identity, identityOf, type ServiceAccount, seed } from "./aic/seed.ts";
import { type Clock, createClock } from "./clock.ts";
import { control, guard } from "./control.ts";
import { Faults, watch } from "./faults.ts";
import { noteGap, respond } from "./http.ts";
import { MODULES, RULE_TABLES } from "./modules.ts";
import { type PingOneIdentity, pingOneIdentity } from "./pingone/environment-settings.ts";
import { pingOneFlowControl } from "./pingone/oauth/control.ts";
import { Switches } from "./refusals.ts";
import { Store } from "./store.ts";
import { type Log, SETTINGS, type Tenant } from "./tenant.ts";

export type SandboxOptions = {
  /** Folder that keeps the tenant. @default none: the tenant lives in memory */
  readonly dataDir?: string;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** @default silent */
  readonly log?: Log;
  /** Ids of rules of the token services that shall not hold, see `RULE_TABLES`. @default none */
  readonly rulesOff?: readonly string[];
};

export type Sandbox = {
  readonly app: Hono;
  readonly tenant: Tenant;
  readonly serviceAccount: ServiceAccount;
  readonly pingone: PingOneIdentity;
  readonly controlToken: string;
  readonly users: Identity["users"];
  close(): void;
};

/**
 * @throws {SandboxError} `ERR_SANDBOX_DATA_IN_USE` when another process has the data folder open
 * @example const { app } = await createSandbox(); await app.request("/am/json/serverinfo/*");
 */
export async function createSandbox({
  dataDir,
  clock = createClock(),
  log = () => {},
  rulesOff = [],
}: SandboxOptions = {}): Promise<Sandbox> {
  const switches = new Switches(RULE_TABLES, rulesOff);
  const store = new Store(dataDir);
  const identity = await identityOf(store);
  if (!store.get(SETTINGS, "seeded")) {
    store.transaction(() => {
      seed(store, identity);
      store.put(SETTINGS, "seeded", {});
    });
  }
  const tenant: Tenant = { store, clock, log, switches, seen: [], gaps: [] };
  const app = new Hono();
  const faults = new Faults();
  watch(app, tenant, faults);
  phone(app, tenant);
  guard(app, identity);
  flowControl(app, tenant);
  pingOneFlowControl(app, tenant);
  control(app, tenant, identity, faults);
  for (const module of MODULES) module(app, tenant);
  realmEndpoints(app, tenant);
  app.notFound((context) => {
    const message = `the sandbox does not serve ${context.req.method} ${context.req.path}`;
    noteGap(tenant, context.req.raw, message);
    const headers = { "x-sandbox-gap": "1" };
    return respond(context, { status: 501, headers, body: { code: 501, reason: "Not Implemented", message } });
  });
  app.onError((error, context) => {
    log(`failure: ${context.req.method} ${context.req.path}: ${error.stack ?? error.message}`);
    const body = { code: 500, reason: "Internal Server Error", message: "The sandbox failed; see its log" };
    return respond(context, { status: 500, body });
  });
  const { serviceAccount, controlToken, users } = identity;
  const pingone = pingOneIdentity(store);
  return { app, tenant, serviceAccount, pingone, controlToken, users, close: () => store.close() };
}
