/** A person at a browser of this machine: is told where to sign on, and is waited for at a loopback redirect URI (RFC 8252 §7.3). */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Unprovable } from "../errors.ts";
import { isObject, type Observation, textOf } from "../http.ts";
import type { Timer } from "../timer.ts";
import { type Browser, leadsTo, toldBy } from "./authorize.ts";

type Waiting = {
  /** Tells the person. */
  readonly progress: (line: string) => void;
  readonly timer: Pick<Timer, "deadline">;
  /** Seconds. @default {@link PATIENCE} */
  readonly approvalTimeout?: number | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /** Whether somebody reads what is told. */
  readonly isAttended: boolean;
  userName(): string;
};

/** Seconds that a person gets to sign on. */
const PATIENCE = 300;

/** The redirect URI at which this machine can be waited on. */
export const loopbackOf = (redirectUris: readonly string[]): string | undefined =>
  redirectUris.find((uri) => /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/.test(uri));

/** @throws {Unprovable} when nobody comes; from then on nobody is asked, so that a run does not wait again and again */
export function personsBrowser({ approvalTimeout = PATIENCE, isAttended, ...how }: Waiting): Browser {
  let inVain: string | undefined;
  return async ({ url, redirectUri, state }) => {
    if (!isAttended)
      throw new Unprovable("nobody is told to sign on: run verify at a terminal, or say --approval-timeout");
    if (inVain !== undefined) throw new Unprovable(`not asked again, since ${inVain}`);
    const userName = how.userName();
    const server = createServer();
    await listen(server, redirectUri);
    try {
      const over = AbortSignal.any([how.timer.deadline(approvalTimeout), ...(how.signal ? [how.signal] : [])]);
      how.progress(`${userName}: please sign on within ${approvalTimeout} s at ${url}`);
      const told = await toldAt(server, { redirectUri, state, over });
      if (told) return told;
      how.signal?.throwIfAborted();
      inVain = `${userName} did not come back from the browser within ${approvalTimeout} s`;
      throw new Unprovable(inVain);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };
}

/** Waits where the browser will come back to. */
async function listen(server: Server, redirectUri: string): Promise<void> {
  const { hostname, port } = new URL(redirectUri);
  server.listen(Number(port || 80), hostname.replaceAll(/[[\]]/g, ""));
  try {
    await once(server, "listening");
  } catch (error) {
    const code = isObject(error) ? textOf(error.code) : undefined;
    const why =
      code === "EADDRINUSE" ? "another program listens there: end it" : `${code ?? "it cannot be listened to"}`;
    throw new Unprovable(`no way back from the browser at ${new URL(redirectUri).origin}: ${why}`);
  }
}

type Expected = { readonly redirectUri: string; readonly state: string; readonly over: AbortSignal };

/** What the browser brings that has this state; undefined when the time is over. Whatever else asks is sent away. */
function toldAt(server: Server, { redirectUri, state, over }: Expected): Promise<Observation | undefined> {
  const { promise, resolve } = Promise.withResolvers<Observation | undefined>();
  over.addEventListener("abort", () => resolve(undefined), { once: true });
  if (over.aborted) resolve(undefined);
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const address = new URL(request.url ?? "/", redirectUri);
    const isMeant = request.method === "GET" && leadsTo(address.href, redirectUri);
    if (!isMeant || address.searchParams.get("state") !== state) {
      answer(response, isMeant ? 400 : 404, "This is not the sign-on that ping-agents waits for.");
      return;
    }
    const hasCode = address.searchParams.has("code");
    const said = hasCode ? "You have signed on." : "The sign-on was refused.";
    response.on("close", () => resolve(toldBy({ status: 303 }, address.href)));
    answer(response, 200, `${said} ping-agents goes on; this page can be closed.`);
  });
  return promise;
}

/** A page without a script or anything that came with the request. */
function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(`<!doctype html>\n<html lang="en">\n<title>ping-agents verify</title>\n<p>${text}</p>\n</html>\n`);
}
