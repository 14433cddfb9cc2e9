/** Puts a local tenant on a port of the loopback interface. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { type Logins, loginsAt } from "./clouds.ts";
import { SandboxError } from "./errors.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";

/** Never another interface: the tenant hands out its own credentials. */
const HOST = "127.0.0.1";

export type RunningSandbox = Omit<Sandbox, "close" | keyof Logins> &
  ReturnType<typeof loginsAt> & {
    /** `http://127.0.0.1:41900` */
    readonly url: string;
    /** Ends connections, then the store. */
    stop(): Promise<void>;
  };

/**
 * Starts a local tenant.
 * @param options `port`: 0, the default, takes a free one
 * @throws {SandboxError} `ERR_SANDBOX_PORT` when the port is taken, `ERR_SANDBOX_DATA_IN_USE` when the folder is
 */
export async function startSandbox({
  port = 0,
  ...options
}: Omit<SandboxOptions, "origin"> & { readonly port?: number } = {}): Promise<RunningSandbox> {
  let url = "";
  const { close, ...sandbox } = await createSandbox({ ...options, origin: () => url });
  const server = serve({ fetch: sandbox.app.fetch, port, hostname: HOST });
  try {
    if (!server.listening) await once(server, "listening");
  } catch (cause) {
    close();
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new SandboxError("ERR_SANDBOX_PORT", `cannot listen on port ${port}: ${said}`, {
      hint: "choose another port with --port, or none to take a free one",
      cause,
    });
  }
  const { port: bound } = server.address() as AddressInfo;
  url = `http://${HOST}:${bound}`;
  return {
    ...sandbox,
    ...loginsAt(sandbox, url),
    url,
    async stop() {
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
      close();
    },
  };
}
