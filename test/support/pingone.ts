/** A local PingOne environment for a test file, with the connections that a test needs. */

import type { PingOneEnvironment } from "../../src/admin-api/pingone/environment.ts";
import { connectPingOne } from "../../src/admin-api/pingone/tenant.ts";
import type { AdoptPolicy } from "../../src/providers/kind.ts";
import { type DynamicProvider, lifecycle } from "../../src/providers/lifecycle.ts";
import { pingOneContexts } from "../../src/providers/pingone/context.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import type { SuiteTenant } from "./kind-suite.ts";

/** An environment in this process, in memory. */
export type LocalEnvironment = SuiteTenant & {
  /** The management API, for what a person does by hand. */
  readonly admin: PingOneEnvironment;
  readonly environmentId: string;
  /** Waits of the client, which are not waited for. */
  readonly pauses: number[];
  /** The dynamic provider of a kind, connected anew: nothing that an earlier operation read is remembered. */
  provider(type: string, adopt?: AdoptPolicy): DynamicProvider;
  /** A call of the control plane. */
  control(method: "GET" | "POST", name: string, body?: object): Promise<unknown>;
  /** What was asked of the tenant since the last call of this function: `POST applications/*`. */
  calls(): Promise<string[]>;
};

/** Starts an environment with the documentation's people. */
export async function startEnvironment(): Promise<LocalEnvironment> {
  const { url, controlToken, pingone, stop } = await startSandbox({});
  const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = pingone;
  const settings = { environmentId, clientId, clientSecret, apiUrl: `${url}/v1`, authUrl: url };
  const pauses: number[] = [];
  const tenant = connectPingOne(settings, { sleep: async (milliseconds) => void pauses.push(milliseconds) });
  const control = async (method: "GET" | "POST", name: string, body?: object) => {
    const response = await fetch(`${url}/__sandbox/${name}`, {
      method,
      headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`/__sandbox/${name} answered ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  return {
    url,
    environmentId,
    admin: tenant.environment(),
    pauses,
    control,
    stop,
    dump: async () => comparable((await control("GET", "dump")) as Dump),
    variables: (address = url) => ({
      PINGONE_ENVIRONMENT_ID: environmentId,
      PINGONE_CLIENT_ID: clientId,
      PINGONE_CLIENT_SECRET: clientSecret,
      PINGONE_API_URL: `${address}/v1`,
      PINGONE_AUTH_URL: address,
    }),
    provider(type, adopt = "never") {
      const kind = pingOneKinds.find((candidate) => candidate.type === type);
      if (!kind) throw new Error(`no kind ${type}`);
      const platform = { origin: url, adopt, ...pingOneContexts(tenant) };
      return lifecycle(kind, async () => platform);
    },
    async calls() {
      const { requests } = (await control("GET", "requests")) as { requests: { method: string; path: string }[] };
      await control("POST", "requests/clear");
      const below = (path: string) => path.replace(/^\/v1\/environments\/[^/]+\//, "").replaceAll(UUID, "*");
      return requests
        .filter(({ path }) => path.startsWith("/v1/"))
        .map(({ method, path }) => `${method} ${below(path)}`);
    },
  };
}

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
type Dump = Record<string, Record<string, unknown>>;

/** PingOne chooses the ids: a dump that equals another one when both hold the same objects, whatever they are called. */
function comparable(dump: Dump): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  const mask = (text: string) =>
    text
      // The overlap after a rotation ends of its own accord.
      .replace(/"previous":\{[^}]*\},?/, "")
      .replaceAll(UUID, "<id>")
      .replaceAll(TIME, "<time>")
      .replaceAll(/hmac-sha256:[\da-f]+/g, "<secret>");
  for (const [collection, documents] of Object.entries(dump)) {
    if (!collection.startsWith("pingone/")) continue;
    const rows = Object.values(documents).map((document) => mask(JSON.stringify(document)));
    const name = mask(collection);
    result[name] = [...(result[name] ?? []), ...rows].sort();
  }
  return Object.fromEntries(Object.entries(result).filter(([, rows]) => rows.length > 0));
}
