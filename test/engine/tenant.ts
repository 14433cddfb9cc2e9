/** A local tenant of a test file's own: its control plane, and the hands of an administrator who changes things in it. */

import { afterAll } from "vitest";
import { type AicTenant, connectAic } from "../../src/admin-api/aic/tenant.ts";
import { type RunningSandbox, startSandbox } from "../../src/sandbox/index.ts";

/** A request as the sandbox counts it. */
export type Seen = { readonly method: string; readonly path: string; readonly status: number | "dropped" };

/** An outage to be simulated; see the control plane of the sandbox. */
export type Fault = {
  readonly method?: string;
  readonly pathPattern: string;
  readonly status?: number;
  readonly drop?: "before" | "after";
  readonly delayMs?: number;
  readonly times?: number;
  readonly after?: number;
};

/** Everything in the tenant, by collection and id. */
export type Dump = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type Tenant = {
  readonly sandbox: RunningSandbox;
  /** The environment variables that point the kit at it. */
  readonly env: Readonly<Record<string, string>>;
  /** An administrator's connection, beside the kit's. */
  readonly admin: AicTenant;
  /** What the sandbox wrote to its log. */
  readonly log: string[];
  dump(): Promise<Dump>;
  /** {@link dump} without what changes with every write: revisions, times, and the ids of relations between objects. */
  content(): Promise<Dump>;
  /** The requests that `work` makes. */
  count(work: () => Promise<unknown>): Promise<Seen[]>;
  /** Replaces all faults. */
  arm(...faults: Fault[]): Promise<void>;
  reset(): Promise<void>;
  control(call: string, body?: unknown): Promise<unknown>;
};

const TOKENS = /\/access_token$/;

/** Requests without those for tokens. */
export const calls = (seen: readonly Seen[]) => seen.filter(({ path }) => !TOKENS.test(path));
export const tokenCalls = (seen: readonly Seen[]) => seen.filter(({ path }) => TOKENS.test(path));
export const writes = (seen: readonly Seen[]) => calls(seen).filter(({ method }) => method !== "GET");

function withoutRevisions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRevisions);
  if (typeof value !== "object" || value === null) return value;
  const isEdge = "ends" in value;
  const passing = ["_rev", "createDate", "lastChangeDate", ...(isEdge ? ["properties"] : [])];
  const kept = Object.entries(value).filter(([key]) => !passing.includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutRevisions(inner)]));
}

/** Starts a tenant that ends with the test file. */
export async function startTenant(): Promise<Tenant> {
  const log: string[] = [];
  const sandbox = await startSandbox({ log: (line) => log.push(line) });
  afterAll(() => sandbox.stop());
  const { url, controlToken, serviceAccount } = sandbox;
  const key = JSON.stringify(serviceAccount.jwk);
  const control = async (call: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/__sandbox/${call}`, {
      headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
      ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`/__sandbox/${call}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  const dump = async () => (await control("dump")) as Dump;
  return {
    ...{ sandbox, log, control, dump },
    env: { AIC_TENANT_URL: url, AIC_SERVICE_ACCOUNT_ID: serviceAccount.id, AIC_SERVICE_ACCOUNT_KEY: key },
    admin: connectAic({ tenantUrl: url, serviceAccountId: serviceAccount.id, serviceAccountKey: key }),
    content: async () => withoutRevisions(await dump()) as Dump,
    count: async (work) => {
      await control("requests/clear", {});
      await work();
      return ((await control("requests")) as { requests: Seen[] }).requests;
    },
    arm: async (...faults) => void (await control("faults", { faults })),
    reset: async () => void (await control("reset", {})),
  };
}
