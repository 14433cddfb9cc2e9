/** A proxy between the kit and a tenant that can stop the world after a call was answered, before the answer arrives. */

import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A running proxy. */
export type StrikingProxy = {
  readonly url: string;
  /** Calls that the tenant answered since the last arming. */
  readonly calls: number;
  /** Counts anew, and after the answer to call number `after` runs `strike` instead of passing the answer on. */
  arm(after: number, strike: () => void): void;
  stop(): Promise<void>;
};

/** Starts a proxy in front of a tenant. The tenant sees the proxy's address, as its audiences need it. */
export async function startProxy(target: string): Promise<StrikingProxy> {
  let calls = 0;
  let limit = Number.POSITIVE_INFINITY;
  let strike = () => {};
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const options = { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers };
    const call = request(options, (answer) => {
      calls += 1;
      if (calls >= limit) return strike();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    call.once("error", () => outgoing.destroy());
    incoming.pipe(call);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get calls() {
      return calls;
    },
    arm(after, what) {
      calls = 0;
      limit = after;
      strike = what;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
