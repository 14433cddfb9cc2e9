/** A local PingOne environment for a test file, with the connections that a test needs. */

import type { PingOneEnvironment } from "../../src/admin-api/pingone/environment.ts";
import { connectPingOne, type PingOneTenant } from "../../src/admin-api/pingone/tenant.ts";
import type { DynamicProvider } from "../../src/providers/lifecycle.ts";
import { pingOneContexts } from "../../src/providers/pingone/context.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";
import { comparablePingOne, withoutIds } from "./dump.ts";
import { GATHER, type KindTenant, testPlatform, testProvider } from "./kinds.ts";
import { type Seen, startTenant } from "./tenant.ts";

/** An environment in this process, in memory; its dump names nothing by ids, for PingOne chooses them. */
export type LocalPingOne = KindTenant & {
  /** The management API, for what a person does by hand. */
  readonly admin: PingOneEnvironment;
  /** The connection that it is of. */
  readonly connection: PingOneTenant;
  readonly environmentId: string;
  /** Waits of the client, which are not waited for. */
  readonly pauses: number[];
  /** The dynamic providers of one run of the engine, by kind: they share a connection. @param url as for `provider` */
  run(url?: string): (type: string) => DynamicProvider;
  /** What was asked of the tenant since the last call of this function: `POST applications/*`. */
  calls(): Promise<string[]>;
};

/** Starts an environment with the documentation's people; whoever starts it stops it. */
export async function startPingOne(): Promise<LocalPingOne> {
  const { dump, ...tenant } = await startTenant();
  const { url, control, sandbox } = tenant;
  const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = sandbox.pingone;
  const pauses: number[] = [];
  const connect = (address: string) =>
    connectPingOne(
      { environmentId, clientId, clientSecret, apiUrl: `${address}/v1`, authUrl: address },
      { sleep: async (milliseconds) => void pauses.push(milliseconds) },
    );
  const own = connect(url);
  const run: LocalPingOne["run"] = (address) => {
    const platform = testPlatform(pingOneContexts(address ? connect(address) : own, undefined, GATHER), url);
    return (type) => testProvider(type, pingOneKinds, platform);
  };
  return {
    ...{ ...tenant, environmentId, pauses, run },
    admin: own.environment(),
    connection: own,
    dump: async () => comparablePingOne(await dump()),
    variables: (address = url) => ({
      PINGONE_ENVIRONMENT_ID: environmentId,
      PINGONE_CLIENT_ID: clientId,
      PINGONE_CLIENT_SECRET: clientSecret,
      PINGONE_API_URL: `${address}/v1`,
      PINGONE_AUTH_URL: address,
    }),
    provider: (type, address) => run(address)(type),
    async calls() {
      const { requests } = (await control("requests")) as { requests: Seen[] };
      await control("requests/clear", {});
      const below = (path: string) => withoutIds(path.replace(/^\/v1\/environments\/[^/]+\//, ""), "*");
      return requests
        .filter(({ path }) => path.startsWith("/v1/"))
        .map(({ method, path }) => `${method} ${below(path)}`);
    },
  };
}
