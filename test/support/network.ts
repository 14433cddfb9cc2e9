/** Servers that stand in the way of a connection: without trust, not there, or a proxy. */

import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";
import { CERTIFICATE, KEY } from "../admin-api/http/certificate.ts";
import { serve } from "../admin-api/server.ts";

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** The port of a server that nobody has reason to trust. */
export const untrusted = (): Promise<number> =>
  portOf(createTlsServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => response.end("{}")));

/** A port where nothing listens. */
export async function closed(): Promise<number> {
  const { port, close } = await serve({});
  await close();
  return port;
}

/** Starts a proxy for https; remembers what it was asked. */
export async function startConnectProxy(answer: (socket: Duplex) => void) {
  const asked: { url: string | undefined; authorization: string | undefined }[] = [];
  const server = createHttpServer();
  server.on("connect", ({ url, headers }: IncomingMessage, socket: Duplex) => {
    asked.push({ url, authorization: headers["proxy-authorization"] });
    socket.on("error", () => {});
    answer(socket);
  });
  return { port: await portOf(server), asked };
}

/** A proxy's way to a server of this machine, whatever it is asked for. */
export const tunnelTo =
  (port: number) =>
  (socket: Duplex): void => {
    const tunnel = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(tunnel).pipe(socket);
    });
    tunnel.on("error", () => {});
  };

/** A proxy's answer to somebody whom it does not know. */
export const asksForUser = (socket: Duplex): void => {
  socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
};

/** Variables that name a proxy. */
export const PROXY_VARIABLES = [
  "HTTPS_PROXY",
  "https_proxy",
  "ALL_PROXY",
  "all_proxy",
  "NO_PROXY",
  "no_proxy",
] as const;
