/**
 * From HTTP to a plain function and back: checks the bearer token, reads the body, runs the handler in a transaction and
 * writes its answer or error in the dialect of the server it belongs to.
 */
import type { Context, Hono } from "hono";
import type { StatusCode } from "hono/utils/http-status";
import { authorize } from "./access-tokens.ts";
import { ApiError } from "./errors.ts";
import { isObject } from "./json.ts";
import { Refusal } from "./refusals.ts";
import type { Tenant } from "./tenant.ts";

/** A request as handlers see it. */
export type Call = {
  readonly method: string;
  /** Decoded parameters of the path. */
  readonly params: Record<string, string>;
  /** Decoded query; `+` is a space (aic §11.4). */
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Parsed JSON, or undefined without a body. */
  readonly body: unknown;
  /** Address without the query, for `location`. */
  readonly url: string;
};

/** What a handler answers. Without a body the answer is empty. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** Handlers are synchronous: all they write is one transaction. */
export type Handler = (call: Call) => Answer;

export type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** How a server of the tenant speaks. */
export type Dialect = {
  /** Scopes of which the token needs one; none means any token, undefined means no token. */
  readonly scopes: readonly string[] | undefined;
  /** Body of an error. */
  readonly error: (error: ApiError) => unknown;
  /** The error for a body that is no JSON. */
  readonly unparsable: (text: string) => ApiError | Answer;
};

/** A handler that reads only; a long list is read with pauses, see turns.ts. */
export type Reader = (call: Call) => Answer | Promise<Answer>;

/** Registers a handler for a method and path; may override the scopes of the dialect. */
export type Route = {
  (method: "GET", path: string, handler: Reader, scopes?: readonly string[] | null): void;
  (method: Method, path: string, handler: Handler, scopes?: readonly string[] | null): void;
};

/** @returns the function with which a server's routes are declared */
export function routes(app: Hono, tenant: Tenant, dialect: Dialect): Route {
  return (method: Method, path: string, handler: Reader, scopes?: readonly string[] | null) => {
    const required = scopes === null ? undefined : (scopes ?? dialect.scopes);
    app.on(method, path, async (context) => {
      try {
        if (required) authorize(tenant, context.req.header("authorization"), required);
        const text = method === "GET" ? "" : await context.req.text();
        const body = parse(text);
        if (body instanceof Error) return respond(context, raise(dialect.unparsable(text)));
        const call = callOf(context, body);
        return respond(context, await tenant.store.transaction(() => handler(call)));
      } catch (thrown) {
        const error = thrown instanceof Refusal ? errorOf(thrown) : thrown;
        if (!(error instanceof ApiError)) throw error;
        return respond(context, refuse(tenant, context.req.raw, dialect, error));
      }
    });
  };
}

/** A refusal by a rule as a server of the tenant answers it: a reason stands for its status. */
function errorOf({ status, message, headers }: Refusal): ApiError {
  return new ApiError(status, message, { headers: { ...headers } });
}

/** The answer to an error, with a note when it is a gap. */
function refuse(tenant: Tenant, request: Request, dialect: Dialect, error: ApiError): Answer {
  if (error.headers["x-sandbox-gap"]) noteGap(tenant, request, error.message);
  return { status: error.status, body: dialect.error(error), headers: error.headers };
}

/** More gaps than anybody reads. */
const MOST_GAPS = 10_000;

/** Keeps what was asked for and not served, for `GET /__sandbox/gaps`. */
export function noteGap(tenant: Tenant, { method, url }: Request, message: string): void {
  const path = new URL(url).pathname;
  if (tenant.gaps.length < MOST_GAPS) tenant.gaps.push({ method, path, message });
  tenant.log(`gap: ${method} ${path}: ${message}`);
}

/** Writes an answer. A string is sent as it is, everything else as JSON. */
export function respond(context: Context, { status, body, headers = {} }: Answer): Response {
  const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  const type = text === null ? {} : { "content-type": "application/json; charset=utf-8" };
  const all = { ...type, "cache-control": "no-store", ...headers };
  return context.newResponse(text, { status: status as StatusCode, headers: all });
}

/** The body of a request as JSON; without one it is an empty object, and undefined when it is no JSON. */
export async function jsonOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function callOf(context: Context, body: unknown): Call {
  const url = new URL(context.req.url);
  return {
    method: context.req.method,
    params: context.req.param(),
    query: url.searchParams,
    headers: context.req.raw.headers,
    body,
    url: url.origin + url.pathname,
  };
}

/** Deeper bodies would exhaust the stack of whatever walks through them. */
const MAX_NESTING = 500;

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return nesting(text) > MAX_NESTING ? new Error("nested too deep") : JSON.parse(text);
  } catch {
    return new Error("not JSON");
  }
}

/** How deep arrays and objects are inside each other. A plain scan, since a string may be of any length. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isText && character === "\\") index += 1;
    else if (character === '"') isText = !isText;
    else if (isText) continue;
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth -= 1;
  }
  return deepest;
}

function raise(unparsable: ApiError | Answer): Answer {
  if (unparsable instanceof ApiError) throw unparsable;
  return unparsable;
}

/** Body of a request that must be a JSON object. */
export function objectBody({ body }: Call): Record<string, unknown> {
  if (!isObject(body)) throw new ApiError(400, "The request body must be a JSON object");
  return body;
}
