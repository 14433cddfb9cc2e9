/** Watches all requests: counts them for the control plane and lets faults strike where a test asked for them. */
import type { Hono } from "hono";
import type { Seen, Tenant } from "./tenant.ts";

/** Requests of which the control plane tells; older ones are forgotten. */
const MOST_SEEN = 100_000;

/** An outage to be simulated. */
export type Fault = {
  /** HTTP method, or undefined for all. */
  readonly method?: string;
  /** Regular expression that is searched for in the path. */
  readonly pathPattern: string;
  /** Answer with this status instead; 5xx bodies are HTML as those of the gateway (aic §1.1). */
  readonly status?: number;
  /** Headers of that answer, e.g. `retry-after`. */
  readonly headers?: Record<string, string>;
  /** Cut the connection before the request is handled, or after its effect and before the answer. */
  readonly drop?: "before" | "after";
  /** Milliseconds to wait first. */
  readonly delayMs?: number;
  /** How many requests to strike. @default 1 */
  readonly times?: number;
  /** How many matching requests to let pass first. @default 0 */
  readonly after?: number;
};

/** Faults that are armed, with how often they still let pass and strike. */
export class Faults {
  #armed: (Fault & { pattern: RegExp; passes: number; strikes: number })[] = [];

  /** Replaces all faults. @throws {SyntaxError} for a pattern that is no regular expression */
  arm(faults: readonly Fault[]): void {
    this.#armed = faults.map((fault) => ({
      ...fault,
      pattern: new RegExp(fault.pathPattern),
      passes: fault.after ?? 0,
      strikes: fault.times ?? 1,
    }));
  }

  /** The fault that strikes this request, if any. */
  strike(method: string, path: string): Fault | undefined {
    for (const fault of this.#armed) {
      if ((fault.method && fault.method !== method) || !fault.pattern.test(path) || fault.strikes === 0) continue;
      if (fault.passes > 0) {
        fault.passes -= 1;
        continue;
      }
      fault.strikes -= 1;
      return fault;
    }
    return undefined;
  }
}

/** What the gateway says instead of the tenant: HTML for an outage, JSON for a refusal. */
function instead({ status = 503, headers = {} }: Fault): Response {
  const isOutage = status >= 500;
  const html = `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>\n`;
  const body = isOutage ? html : JSON.stringify({ code: status, message: "injected fault" });
  const type = isOutage ? "text/html" : "application/json";
  return new Response(body, { status, headers: { "content-type": type, ...headers } });
}

/** The connection below a request, as the Node.js server gives it. */
type Connection = { incoming?: { socket: { destroy(): void } } };

/** Must be the first middleware. Control calls are neither counted nor struck. */
export function watch(app: Hono, tenant: Tenant, faults: Faults): void {
  app.use(async (context, next) => {
    const { method, path } = context.req;
    if (path.startsWith("/__sandbox/")) return next();
    const fault = faults.strike(method, path);
    const note = (status: Seen["status"]) => {
      if (tenant.seen.length >= MOST_SEEN) tenant.seen.shift();
      tenant.seen.push({ method, path, status });
    };
    const cut = () => {
      note("dropped");
      (context.env as Connection).incoming?.socket.destroy();
      return new Response(null, { status: 499 });
    };
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (fault?.drop === "before") return cut();
    if (fault?.status) {
      context.res = instead(fault);
    } else {
      await next();
    }
    if (fault?.drop === "after") return cut();
    note(context.res.status);
    return undefined;
  });
}
