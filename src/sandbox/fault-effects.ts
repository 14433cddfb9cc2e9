/** Watches all requests: counts them for the control plane, and does to them what a plan of faults says. */
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { Context, Hono } from "hono";
import { forgetTokens } from "./access-tokens.ts";
import type { Fault, Faults } from "./faults.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { Seen, Tenant } from "./tenant.ts";

/** Requests of which the control plane tells; older ones are forgotten. */
const MOST_SEEN = 100_000;

/** The connection below a request, as the Node.js server gives it; `isOwn` where the sandbox asks itself. */
type Below = { readonly incoming?: { readonly socket: { destroy(): void } }; readonly isOwn?: true } | undefined;

/** Must be the first middleware. Control calls are neither counted nor struck. */
export function watch(app: Hono, tenant: Tenant, faults: Faults): void {
  app.use(async (context, next) => {
    const { method, path } = context.req;
    const below = context.env as Below;
    if (path.startsWith("/__sandbox/") || below?.isOwn) return next();
    const fault = faults.strike(method, path);
    tenant.underWay += 1;
    const note = (status: Seen["status"]) => {
      if (tenant.seen.length >= MOST_SEEN) tenant.seen.shift();
      tenant.seen.push({ method, path, status });
      tenant.underWay -= 1;
    };
    const cut = () => {
      note("dropped");
      below?.incoming?.socket.destroy();
      return new Response(null, { status: 499 });
    };
    if (fault?.delayMs) await pause(fault.delayMs);
    if (fault?.drop === "before") return cut();
    if (fault?.revokesTokens) forgetTokens(tenant);
    if (fault?.otherWriter) await writeFirst(app, context, fault.otherWriter);
    if (fault?.status) context.res = instead(fault);
    else if (fault?.endless) await endlessly(app, context);
    else await next();
    if (fault?.drop === "after") return cut();
    if (fault?.drop === "during") spoil(context, cutInside(await context.res.text()));
    if (fault?.spoil) spoil(context, await SPOILS[fault.spoil](context.res));
    // By the tenant's own clock, so that whoever is refused for the time can tell (RFC 9110 §6.6.1).
    context.res.headers.set("date", new Date(tenant.clock.now()).toUTCString());
    note(fault?.drop ? "dropped" : context.res.status);
    return undefined;
  });
}

/** What the gateway says instead of the tenant: HTML for an outage, JSON for a refusal. */
function instead({ status = 503, headers = {}, body }: Fault): Response {
  const html = `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>\n`;
  const isPage = status >= 500 && !body;
  const text = isPage ? html : JSON.stringify(body ?? { code: status, message: "injected fault" });
  return new Response(text, {
    status,
    headers: { "content-type": isPage ? "text/html" : "application/json", ...headers },
  });
}

/** Puts an answer in the place of the one that there is; its headers go with it. */
function spoil(context: Context, answer: Response): void {
  context.res = undefined;
  context.res = answer;
}

type Body = NonNullable<ConstructorParameters<typeof Response>[0]>;

/** The answer with another body. */
function withBody({ status, headers }: Response, body: Body, more: Readonly<Record<string, string>> = {}): Response {
  const kept = new Headers(headers);
  kept.delete("content-length");
  for (const [name, value] of Object.entries(more)) kept.set(name, value);
  return new Response(body, { status, headers: kept });
}

const half = <T extends string | Uint8Array>(whole: T) => whole.slice(0, Math.floor(whole.length / 2)) as T;

const SPOILS: Readonly<Record<NonNullable<Fault["spoil"]>, (answer: Response) => Promise<Response>>> = {
  truncated: async (answer) => withBody(answer, half(await answer.text())),
  "cut-gzip": async (answer) =>
    withBody(answer, new Uint8Array(half(gzipSync(await answer.text()))), { "content-encoding": "gzip" }),
  "content-type": async (answer) => withBody(answer, await answer.text(), { "content-type": "text/html" }),
  page: async (answer) =>
    withBody(answer, "<html><body>Sign in to the network</body></html>", { "content-type": "text/html" }),
};

/** An answer that says how long it is and ends before. */
function cutInside(text: string): Response {
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(half(text)));
    },
    pull(controller) {
      controller.error(new Error("cut by a fault"));
    },
  });
  return new Response(stream, { headers: { "content-type": "application/json" } });
}

/** What somebody else writes between a read and the write that it feeds: the whole document, as a person's tool does. */
async function writeFirst(app: Hono, { req }: Context, change: JsonObject): Promise<void> {
  const own = { isOwn: true };
  const headers: Record<string, string> = {
    authorization: req.header("authorization") ?? "",
    "accept-api-version": req.header("accept-api-version") ?? "",
    "content-type": "application/json",
  };
  const seen = await app.request(req.url, { headers }, own);
  if (!seen.ok) return;
  const { _rev, ...document } = (await seen.json()) as JsonObject;
  const body = JSON.stringify(merged(document, change));
  const written = await app.request(req.url, { method: "PUT", headers, body }, own);
  if (!written.ok) throw new Error(`the other writer was refused: ${written.status} ${await written.text()}`);
}

/** RFC 7396 §2. */
function merged(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
}

/** Where the next page of a list is, by the cookie of either cloud. */
const COOKIES = ["_pagedResultsCookie", "cursor"];
let page = 0;

/** The first page, whatever page was asked for, and a way to another one. */
async function endlessly(app: Hono, context: Context): Promise<void> {
  const { req } = context;
  const url = new URL(req.url);
  for (const name of COOKIES) url.searchParams.delete(name);
  const headers = new Headers(req.raw.headers);
  const answer = await app.request(url, { headers }, { isOwn: true });
  const list = answer.ok ? ((await answer.clone().json()) as unknown) : undefined;
  page += 1;
  if (!isObject(list)) spoil(context, answer);
  else if (Array.isArray(list.result)) {
    spoil(context, withBody(answer, JSON.stringify({ ...list, pagedResultsCookie: `page-${page}` })));
  } else if (isObject(list._embedded)) {
    url.searchParams.set("cursor", `page-${page}`);
    const next = { href: url.href };
    spoil(context, withBody(answer, JSON.stringify({ ...list, _links: { ...(list._links as JsonObject), next } })));
  } else spoil(context, answer);
}
