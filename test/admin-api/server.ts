/** A tenant's HTTP side for tests: really listens on loopback, answers what the test scripts, remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A call as the server saw it. */
export type Call = {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly clientPort: number | undefined;
};

/** An answer of the server; an object or array is sent as JSON, a string as it is. */
export type Reply = {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
};

/** What the server does with a call: reply, drop the connection, or never answer. */
export type Behaviour = Reply | "drop" | "hang" | ((call: Call) => Reply | Promise<Reply>);

/** Starts a server for the running test. Behaviours are used one call each, the last one for all further calls. */
export async function serve(...behaviours: readonly Behaviour[]) {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: await text(request),
      clientPort: request.socket.remotePort,
    };
    const behaviour = behaviours[Math.min(calls.length, behaviours.length - 1)] ?? {};
    calls.push(call);
    if (behaviour === "drop") request.socket.destroy();
    else if (behaviour !== "hang") reply(response, typeof behaviour === "function" ? await behaviour(call) : behaviour);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  onTestFinished(async () => void (await close()));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, calls, close };
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function reply(response: ServerResponse, { status = 200, headers = {}, body = {} }: Reply): void {
  const type = typeof body === "string" ? "text/plain" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
