/** The control plane `/__sandbox/*`: what a test or a demonstration may do to the tenant that no caller of it could. */
import { createHmac } from "node:crypto";
import type { Hono } from "hono";
import { z } from "zod";
import { empty } from "./clouds.ts";
import { controlCall } from "./control-call.ts";
import { type Faults, faultPlanSchema } from "./faults.ts";
import { respond } from "./http.ts";
import type { Identity } from "./identity.ts";
import { isObject, type JsonObject, once, sorted } from "./json.ts";
import { NotServed } from "./load.ts";
import { promotable, promote, promotion } from "./promotion.ts";
import { isSecret } from "./secrets.ts";
import type { Store } from "./store.ts";
import type { Tenant } from "./tenant.ts";

const BODIES = {
  reset: z.strictObject({ empty: z.boolean().default(false) }),
  load: z.strictObject({
    objects: z.array(z.strictObject({ path: z.string(), body: z.record(z.string(), z.unknown()) })),
  }),
  clock: z.union([
    z.strictObject({ advanceSeconds: z.number().nonnegative() }),
    z.strictObject({ skewSeconds: z.number() }),
    z.strictObject({ reset: z.literal(true) }),
  ]),
};

/**
 * Lets nobody without the control token near the control plane; goes before all of its calls. The refusal says what this
 * is: so `npx pulumi` tells the local tenant from a tunnel to a real one.
 */
export function guard(app: Hono, controlToken: string): void {
  app.use("/__sandbox/*", async (context, next) => {
    const token = context.req.header("authorization")?.replace(/^Bearer\s+/i, "") ?? "";
    if (isSecret(token, controlToken)) return next();
    const headers = { "x-ping-agents-sandbox": "1" };
    return respond(context, { status: 401, headers, body: { message: "needs the control token" } });
  });
}

/** What only the sandbox has. */
type Own = Pick<Identity, "controlToken"> & {
  /** Makes the tenant as new. */
  readonly fill: () => void;
};

export function control(app: Hono, tenant: Tenant, { controlToken, fill }: Own, faults: Faults): void {
  const { store } = tenant;
  const shown = once((document: JsonObject) => sorted(veiled(document, controlToken)));

  controlCall(app, "reset", BODIES.reset, (body) => (body.empty ? empty(store) : fill()));
  controlCall(app, "load", BODIES.load, ({ objects }) => tenant.loaders.load(store, objects));
  app.get("/__sandbox/promote", (context) => respond(context, { status: 200, body: promotable(store) }));
  controlCall(app, "promote", promotion, (configuration) => {
    if (!promote(store, configuration)) throw new NotServed("a promotion takes static configuration only");
  });
  controlCall(app, "clock", BODIES.clock, (body) => {
    if ("reset" in body) tenant.clock.reset();
    else if ("skewSeconds" in body) tenant.clock.skew(body.skewSeconds * 1000);
    else tenant.clock.advance(body.advanceSeconds * 1000);
  });
  app.get("/__sandbox/clock", (context) => respond(context, { status: 200, body: { now: tenant.clock.now() / 1000 } }));
  controlCall(app, "faults", faultPlanSchema, (plan) => faults.arm(plan));
  // All tables share one namespace: `{off}` names rules of any.
  app.get("/__sandbox/rules", (context) =>
    respond(context, { status: 200, body: { ...tenant.switches.tables, off: tenant.switches.off } }),
  );
  const rules = z.strictObject({ off: z.array(z.enum(tenant.switches.ids)) });
  controlCall(app, "rules", rules, ({ off }) => tenant.switches.switchOff(off));
  app.post("/__sandbox/requests/clear", (context) => {
    tenant.seen.length = 0;
    return respond(context, { status: 204 });
  });
  app.get("/__sandbox/requests", (context) => {
    const { seen: requests, underWay } = tenant;
    return respond(context, { status: 200, body: { requests, underWay } });
  });
  app.get("/__sandbox/gaps", (context) => respond(context, { status: 200, body: { gaps: tenant.gaps } }));
  app.get("/__sandbox/dump", (context) => respond(context, { status: 200, body: dump(store, shown) }));
  app.all("/__sandbox/*", (context) => respond(context, { status: 404, body: { message: "no such control call" } }));
}

/**
 * The whole tenant, keys and collections in order, without what passes by itself (access tokens, counters). Secrets are
 * shown as a keyed hash: equal secrets are equal, and nothing else can be told.
 */
function dump(store: Store, shown: (document: JsonObject) => unknown): unknown {
  const collections = store.collections().filter((name) => !name.startsWith("sandbox/") && name !== "revisions");
  const documents = (name: string) =>
    store
      .list(name)
      .map(({ id, document }): [string, unknown] => [id, shown(document)])
      .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(collections.map((name) => [name, Object.fromEntries(documents(name))]));
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
