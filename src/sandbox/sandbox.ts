/** Builds a local tenant: its store, its routes and what is needed to talk to it. No network yet, see server.ts. */
import { Hono } from "hono";
import type { JWK } from "jose";
import { boundBodies } from "./bounds.ts";
import { type Clock, createClock } from "./clock.ts";
import { CLOUDS, type Logins, loginsOf, RULE_TABLES, seed } from "./clouds.ts";
import { control, guard } from "./control.ts";
import { watch } from "./fault-effects.ts";
import { type FaultPlan, Faults } from "./faults.ts";
import { noteGap, respond } from "./http.ts";
import { type Identity, identityOf } from "./identity.ts";
import { Loaders } from "./load.ts";
import { Switches } from "./refusals.ts";
import { keepSigningKey } from "./signing-keys.ts";
import { Store } from "./store.ts";
import { type Log, SETTINGS, type Tenant } from "./tenant.ts";

/** Private keys of 2048 bits. */
export type RsaKeys = {
  /** With which the service account logs in. */
  readonly serviceAccount: JWK;
  /** With which the token services sign. */
  readonly tokens: JWK;
};

export type SandboxOptions = {
  /** Folder that keeps the tenant. @default none: the tenant lives in memory */
  readonly dataDir?: string;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** @default silent */
  readonly log?: Log;
  /** Ids of rules of the token services that shall not hold, see `Cloud.rules`. @default none */
  readonly rulesOff?: readonly string[];
  /** Whether AIC's realms have the documentation's people, whom a declaration can make. PingOne's always do. @default true */
  readonly people?: boolean;
  /** Where the tenant listens, `http://127.0.0.1:41900`. @default without a network, as each request addresses it */
  readonly origin?: () => string;
  /** What goes wrong from the start. @default nothing */
  readonly faults?: FaultPlan;
  /** RSA keys for a tenant that has none yet. @default new ones, which take most of the time of a start */
  readonly keys?: RsaKeys | undefined;
};

export type Sandbox = Logins &
  Identity & {
    readonly app: Hono;
    readonly tenant: Tenant;
    close(): void;
  };

/**
 * @throws {SandboxError} `ERR_SANDBOX_DATA_IN_USE` when another process has the data folder open
 * @example const { app } = await createSandbox(); await app.request("/v1/roles");
 */
export async function createSandbox({
  dataDir,
  clock = createClock(),
  log = () => {},
  rulesOff = [],
  people = true,
  origin,
  faults: plan = { faults: [] },
  keys,
}: SandboxOptions = {}): Promise<Sandbox> {
  const switches = new Switches(RULE_TABLES, rulesOff);
  const store = new Store(dataDir);
  const { controlToken, users } = identityOf(store);
  const logins = await loginsOf(store, keys?.serviceAccount);
  if (keys) keepSigningKey(store, keys.tokens);
  const fill = () => seed(store, { users, people });
  if (!store.get(SETTINGS, "seeded")) {
    store.transaction(() => {
      fill();
      store.put(SETTINGS, "seeded", {});
    });
  }
  const originOf = (request: Request) => origin?.() ?? new URL(request.url).origin;
  const traffic = { seen: [], underWay: 0, gaps: [] };
  const tenant: Tenant = { originOf, store, clock, log, switches, loaders: new Loaders(), ...traffic };
  // AM takes a path with a slash at its end, and tools send it (aic §11.4).
  const app = new Hono({ strict: false });
  const faults = new Faults();
  faults.arm(plan);
  watch(app, tenant, faults);
  app.use(async (context, next) => {
    await next();
    // As servers do, so that callers can compare clocks (RFC 9110 §6.6.1).
    context.res.headers.set("date", new Date(tenant.clock.now()).toUTCString());
  });
  boundBodies(app);
  for (const { pages } of CLOUDS) pages?.(app, tenant);
  guard(app, controlToken);
  for (const cloud of CLOUDS) cloud.control(app, tenant);
  control(app, tenant, { controlToken, fill }, faults);
  for (const { routes } of CLOUDS) routes(app, tenant);
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
  return { app, tenant, ...logins, controlToken, users, close: () => store.close() };
}
