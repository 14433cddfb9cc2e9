/** What the local tenant takes and keeps has bounds: it runs for days, and one caller must not end it for all others. */
import type { Hono, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { respond } from "./http.ts";

const MEBIBYTE = 1024 * 1024;
/** Longest body of a request, in bytes; a tenant's own limit is not known. */
const LONGEST_BODY = 16 * MEBIBYTE;
/** Of one to the control plane, which loads whole tenants. */
const LONGEST_LOAD = 64 * MEBIBYTE;

/** Refuses longer bodies with 413, before they are read to their end. */
export function boundBodies(app: Hono): void {
  app.use("/__sandbox/*", limit(LONGEST_LOAD));
  const ofServers = limit(LONGEST_BODY);
  app.use((context, next) => (context.req.path.startsWith("/__sandbox/") ? next() : ofServers(context, next)));
}

function limit(maxSize: number): MiddlewareHandler {
  const message = `The request body has more than ${maxSize / MEBIBYTE} MiB`;
  const body = { code: 413, reason: "Request Entity Too Large", message };
  const limited = bodyLimit({ maxSize, onError: (context) => respond(context, { status: 413, body }) });
  // Nobody reads the body of a GET. To look at one costs as much as a whole request, so that of a known length is let through unseen.
  return (context, next) => {
    const { method, raw } = context.req;
    const length = raw.headers.has("transfer-encoding") ? null : raw.headers.get("content-length");
    const isShort = length !== null && Number(length) <= maxSize;
    return method === "GET" || isShort ? next() : limited(context, next);
  };
}
