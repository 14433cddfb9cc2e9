/** The control plane `/__sandbox/*`: what a test or a demonstration may do to the tenant that no caller of it could. */
import { createHmac } from "node:crypto";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { setAiAgents } from "./aic/environment/routes.ts";
import { load, NotServed } from "./aic/load.ts";
import { empty, type Identity, seed } from "./aic/seed.ts";
import type { Faults } from "./faults.ts";
import { respond } from "./http.ts";
import { isObject, type JsonObject, sorted } from "./json.ts";
import { controlPingOne, pingOneControl } from "./pingone/environment-settings.ts";
import { isSecret } from "./secrets.ts";
import type { Store } from "./store.ts";
import type { Tenant } from "./tenant.ts";

const BODIES = {
  reset: z.strictObject({ empty: z.boolean().default(false) }),
  load: z.strictObject({
    objects: z.array(z.strictObject({ path: z.string(), body: z.record(z.string(), z.unknown()) })),
  }),
  feature: z.strictObject({ aiagent: z.boolean() }),
  clock: z.union([
    z.strictObject({ advanceSeconds: z.number().nonnegative() }),
    z.strictObject({ reset: z.literal(true) }),
  ]),
  faults: z.strictObject({
    faults: z.array(
      z.strictObject({
        method: z.string().optional(),
        pathPattern: z.string(),
        status: z.number().int().min(400).max(599).optional(),
        headers: z.record(z.string(), z.string()).optional(),
        drop: z.enum(["before", "after"]).optional(),
        delayMs: z.number().nonnegative().optional(),
        times: z.number().int().positive().optional(),
        after: z.number().int().nonnegative().optional(),
      }),
    ),
  }),
};

/** Lets nobody without the control token near the control plane; goes before all of its calls. */
export function guard(app: Hono, identity: Identity): void {
  app.use("/__sandbox/*", async (context, next) => {
    const token = context.req.header("authorization")?.replace(/^Bearer\s+/i, "") ?? "";
    if (isSecret(token, identity.controlToken)) return next();
    return respond(context, { status: 401, body: { message: "needs the control token" } });
  });
}

export function control(app: Hono, tenant: Tenant, identity: Identity, faults: Faults): void {
  const { store } = tenant;

  act("reset", BODIES.reset, (body) => (body.empty ? empty(store) : seed(store, identity)));
  act("load", BODIES.load, ({ objects }) => load(tenant, objects));
  act("feature", BODIES.feature, ({ aiagent }) => store.transaction(() => setAiAgents(tenant, aiagent)));
  act("pingone", pingOneControl, (body) => controlPingOne(store, body));
  act("clock", BODIES.clock, (body) =>
    "reset" in body ? tenant.clock.reset() : tenant.clock.advance(body.advanceSeconds * 1000),
  );
  app.get("/__sandbox/clock", (context) => respond(context, { status: 200, body: { now: tenant.clock.now() / 1000 } }));
  act("faults", BODIES.faults, (body) => faults.arm(body.faults as Parameters<Faults["arm"]>[0]));
  // All tables share one namespace: `{off}` names rules of any. Each is listed under its own name, AIC's realms under `rules`.
  app.get("/__sandbox/rules", (context) =>
    respond(context, { status: 200, body: { ...tenant.switches.tables, off: tenant.switches.off } }),
  );
  act("rules", z.strictObject({ off: z.array(z.enum(tenant.switches.ids)) }), ({ off }) =>
    tenant.switches.switchOff(off),
  );
  app.post("/__sandbox/requests/clear", (context) => {
    tenant.seen.length = 0;
    return respond(context, { status: 204 });
  });
  app.get("/__sandbox/requests", (context) => respond(context, { status: 200, body: { requests: tenant.seen } }));
  app.get("/__sandbox/gaps", (context) => respond(context, { status: 200, body: { gaps: tenant.gaps } }));
  app.get("/__sandbox/dump", (context) => respond(context, { status: 200, body: dump(store, identity.controlToken) }));
  app.all("/__sandbox/*", (context) => respond(context, { status: 404, body: { message: "no such control call" } }));

  function act<T>(name: string, schema: z.ZodType<T>, effect: (body: T) => void): void {
    app.post(`/__sandbox/${name}`, async (context) => {
      const body = schema.safeParse(await jsonOf(context));
      if (!body.success) return respond(context, { status: 400, body: { message: z.prettifyError(body.error) } });
      try {
        effect(body.data);
      } catch (error) {
        if (!(error instanceof NotServed)) throw error;
        return respond(context, { status: 422, body: { message: error.message } });
      }
      return respond(context, { status: 204 });
    });
  }
}

/** The body of a control call; without one it is empty. */
export async function jsonOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The whole tenant, keys and collections in order, without what passes by itself (access tokens, counters). Secrets are
 * shown as a keyed hash: equal secrets are equal, and nothing else can be told.
 */
function dump(store: Store, key: string): unknown {
  const collections = store.collections().filter((name) => !name.startsWith("sandbox/") && name !== "revisions");
  const documents = (name: string) => store.list(name).map(({ id, document }) => [id, veiled(document, key)]);
  return sorted(Object.fromEntries(collections.map((name) => [name, Object.fromEntries(documents(name))])));
}

function veiled({ shown: _shown, loaded: _loaded, ...document }: JsonObject, key: string): JsonObject {
  const veil = (text: string) => `hmac-sha256:${createHmac("sha256", key).update(text).digest("hex")}`;
  const hide = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((inner) => hide(inner, name));
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([inner, of]) => [inner, hide(of, inner)]));
    return typeof value === "string" && /^(secret|password|valueBase64)$/.test(name) ? veil(value) : value;
  };
  return hide(document, "") as JsonObject;
}
