/**
 * Stands between the kit and the tenant and counts calls. After the call of a given number was answered by the tenant, and
 * before the answer reaches the kit, it does what the test wants: so a process can be killed at the worst moment.
 */

import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A running proxy. */
export type StrikingProxy = {
  readonly url: string;
  /** How many calls the tenant answered since {@link StrikingProxy.strike} was last called. */
  readonly count: number;
  /** Counts from 1 again; at call `number` runs `effect` and never answers. */
  strike(number: number, effect: () => void): void;
  /** Cuts every connection and takes no other; ends when the tenant has done all that it was asked. Twice is no mistake. */
  stop(): Promise<void>;
};

/** Starts a proxy to a tenant. */
export async function startProxy(target: string): Promise<StrikingProxy> {
  let count = 0;
  let at = 0;
  let effect = () => {};
  const underWay = new Set<Promise<unknown>>();
  const server = createServer(async (incoming, outgoing) => {
    const forwarded = forward(target, incoming);
    underWay.add(forwarded);
    const answer = await forwarded.catch(() => undefined); // the caller has gone while it was asking
    underWay.delete(forwarded);
    if (!answer) return;
    count += 1;
    if (count === at) effect();
    else answer(outgoing);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get count() {
      return count;
    },
    strike(number, then) {
      [count, at, effect] = [0, number, then];
    },
    async stop() {
      const closed = server.listening && once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      await Promise.allSettled(underWay);
    },
  };
}

/** Sends a request on and waits for the whole answer; what comes back writes it. */
async function forward(target: string, incoming: IncomingMessage): Promise<(outgoing: ServerResponse) => void> {
  const { method, headers, url = "/" } = incoming;
  const outgoing = request(new URL(url, target), { method, headers }).end(await buffer(incoming));
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  const body = await buffer(answer);
  return (response) => response.writeHead(answer.statusCode ?? 502, answer.headers).end(body);
}
