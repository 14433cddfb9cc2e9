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

/**
 * Starts a proxy to a tenant.
 *
 * @param around sends a call on, with what the test does before it. @default nothing
 * @param amend what the kit gets instead of the answer. @default the answer
 */
export async function startProxy(
  target: string,
  around = <T>(_call: ProxiedCall, send: () => Promise<T>): Promise<T> => send(),
  amend: Amend = (_call, answer) => answer,
): Promise<StrikingProxy> {
  let count = 0;
  let at = 0;
  let effect = () => {};
  const underWay = new Set<Promise<unknown>>();
  const server = createServer(async (incoming, outgoing) => {
    const forwarded = buffer(incoming).then((body) => {
      const { method = "", url = "" } = incoming;
      const call = { method, url, body: body.toString() };
      return around(call, () => forward(target, incoming, body, (answer) => amend(call, answer)));
    });
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

/** An answer on its way back. */
type ProxiedAnswer = { readonly status: number; readonly body: string };
type Amend = (call: ProxiedCall, answer: ProxiedAnswer) => ProxiedAnswer;

/** A call on its way. */
export type ProxiedCall = { readonly method: string; readonly url: string; readonly body: string };

/** Sends a request on and waits for the whole answer; what comes back writes it. */
async function forward(
  target: string,
  incoming: IncomingMessage,
  content: Buffer,
  amend: (answer: ProxiedAnswer) => ProxiedAnswer,
): Promise<(outgoing: ServerResponse) => void> {
  const { method, headers, url = "/" } = incoming;
  const outgoing = request(new URL(url, target), { method, headers }).end(content);
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  const { "content-length": _length, "transfer-encoding": _encoding, ...kept } = answer.headers;
  const { status, body } = amend({ status: answer.statusCode ?? 502, body: (await buffer(answer)).toString() });
  return (response) => response.writeHead(status, kept).end(body);
}
