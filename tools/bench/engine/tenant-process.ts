/**
 * A local tenant in a process of its own, as far away and as strict about rates as the measurement wants it. It notes what it is asked,
 * and how long it kept others waiting. Started by tenant.ts, and gone with it.
 */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { loginsAt } from "../../../src/sandbox/clouds.ts";
import { createSandbox } from "../../../src/sandbox/sandbox.ts";
import type { Asked, Call, Distance, Noted, Started } from "./tenant.ts";

const { app, controlToken, users, ...logins } = await createSandbox();
const blocked = monitorEventLoopDelay({ resolution: 1 });
let calls: Call[] = [];
let distance: Distance = { latency: 0 };

/** Calls that the rate still has room for: those of a second may come at once, and it comes back evenly. */
const room = { calls: 0, at: performance.now() };
function isTooMany(): boolean {
  const { rate } = distance;
  if (rate === undefined) return false;
  const now = performance.now();
  room.calls = Math.min(rate, room.calls + ((now - room.at) / 1000) * rate);
  room.at = now;
  if (room.calls < 1) return true;
  room.calls -= 1;
  return false;
}

async function answer(request: Request, connection: object): Promise<Response> {
  const { method, url } = request;
  if (distance.latency > 0) await sleep(distance.latency);
  const body = method === "GET" ? Promise.resolve("") : request.clone().text();
  const response = isTooMany()
    ? Response.json({ code: 429, message: "Too Many Requests" }, { status: 429, headers: { "retry-after": "1" } })
    : await app.fetch(request, connection);
  const { pathname, search } = new URL(url);
  const { status } = response;
  // Texts are kept for the floor, which makes the same calls again. A copy of the stream would cost more than a small answer.
  const answer = await response.text();
  const sent = {
    method,
    path: pathname,
    query: search,
    headers: Object.fromEntries(request.headers),
    body: await body,
  };
  calls.push({ ...sent, status, answer });
  return new Response(answer === "" ? null : answer, { status, headers: response.headers });
}

const server = serve({ fetch: answer, port: 0, hostname: "127.0.0.1" });
if (!server.listening) await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
process.on("message", (asked: Asked) => {
  if (asked !== "noted") {
    distance = asked;
    return;
  }
  blocked.disable();
  const noted: Noted = { calls, longestBlock: blocked.max / 1e6 };
  process.send?.(noted);
  calls = [];
  blocked.reset();
  blocked.enable();
});
process.on("disconnect", () => process.exit());
const started: Started = { url, controlToken, users, ...loginsAt(logins, url) };
process.send?.(started);
