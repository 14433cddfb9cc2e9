/** The local tenant of a measurement: its login as variables, and what it was asked since somebody last looked. */

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { serviceAccountToken } from "../../../src/admin-api/aic/service-account.ts";
import { workerToken } from "../../../src/admin-api/pingone/worker-token.ts";
import type { RunningSandbox } from "../../../src/sandbox/index.ts";
import type { CloudName } from "../../../src/tenants.ts";
import { passwordVariable } from "../../../src/verify/index.ts";

/** How far away a tenant is, and how much it takes. */
export type Distance = {
  /** Milliseconds before each answer. */
  readonly latency: number;
  /** Calls a second; more are answered with 429. @default any number */
  readonly rate?: number | undefined;
};

/** What its process is told. */
export type Asked = Distance | "noted";

/** A call with all that it takes to make it again. */
export type Call = {
  readonly method: string;
  readonly path: string;
  /** With its question mark. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
};

/** What a tenant noted since it was last asked. */
export type Noted = {
  readonly calls: readonly Call[];
  /** Longest time in which it did not come to serve anybody, in milliseconds. */
  readonly longestBlock: number;
};

/** Where a tenant is, and how to log in. */
export type Started = Pick<RunningSandbox, "url" | "controlToken" | "users" | "serviceAccount" | "pingone">;

/** A running tenant; whoever starts it stops it. */
export type BenchTenant = {
  readonly url: string;
  /** Environment variables that point the kit at it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly environmentId: string;
  /** What happened since this was last called. */
  noted(): Promise<Noted>;
  /** Moves it away; at the start it is near, and takes any number of calls. */
  move(distance: Distance): void;
  /** A token of the kit's own account. */
  token(cloud: CloudName): Promise<string>;
  /** Twice is no mistake. */
  stop(): void;
};

/** Starts a tenant with the documentation's people. */
export async function startTenant(): Promise<BenchTenant> {
  const program = fileURLToPath(new URL("tenant-process.ts", import.meta.url));
  const child = fork(program, { serialization: "advanced" });
  const [started] = (await once(child, "message")) as [Started];
  const ask = (asked: Asked) => void child.send(asked);
  const noted = async () => {
    const answered = once(child, "message") as Promise<[Noted]>;
    ask("noted");
    return (await answered)[0];
  };
  await noted();
  const { url, serviceAccount, pingone } = started;
  const key = JSON.stringify(serviceAccount.jwk);
  const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret, apiUrl, authUrl } = pingone;
  const tokens = {
    aic: serviceAccountToken({ tenantUrl: url, id: serviceAccount.id, key }),
    pingone: workerToken({ environmentId, clientId, clientSecret, apiUrl, authUrl }),
  };
  return {
    ...{ url, environmentId, noted, variables: variablesOf(started) },
    move: ask,
    token: (cloud) => tokens[cloud].get(),
    stop: () => void (child.connected && child.disconnect()),
  };
}

const variablesOf = ({ url, controlToken, users, serviceAccount, pingone }: Started) => ({
  AIC_TENANT_URL: url,
  AIC_SERVICE_ACCOUNT_ID: serviceAccount.id,
  AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(serviceAccount.jwk),
  PINGONE_API_URL: pingone.apiUrl,
  PINGONE_AUTH_URL: pingone.authUrl,
  PINGONE_ENVIRONMENT_ID: pingone.environmentId,
  PINGONE_CLIENT_ID: pingone.workerClientId,
  PINGONE_CLIENT_SECRET: pingone.workerClientSecret,
  PING_AGENTS_SANDBOX_CONTROL_TOKEN: controlToken,
  ...Object.fromEntries(Object.entries(users).map(([name, { password }]) => [passwordVariable(name), password])),
});
