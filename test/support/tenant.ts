/** A local tenant that listens, in this process and in memory, with its control plane; `aic.ts` and `pingone.ts` add a cloud. */

import { setTimeout as pause } from "node:timers/promises";
import { type Fault, type RunningSandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.ts";
import { type Dump, unmarked } from "./dump.ts";
import { rsaKeys } from "./keys.ts";

/** A request as the sandbox counts it. */
export type Seen = { readonly method: string; readonly path: string; readonly status: number | "dropped" };

/** Paths of token endpoints. */
export const TOKENS = /\/(access_token|as\/token)$/;

/** Requests without those for tokens. */
export const calls = (seen: readonly Seen[]) => seen.filter(({ path }) => !TOKENS.test(path));
export const tokenCalls = (seen: readonly Seen[]) => seen.filter(({ path }) => TOKENS.test(path));
export const writes = (seen: readonly Seen[]) => calls(seen).filter(({ method }) => method !== "GET");

/** A running tenant; whoever starts it stops it. */
export type Tenant = {
  readonly sandbox: RunningSandbox;
  readonly url: string;
  /** What the sandbox wrote to its log. */
  readonly log: readonly string[];
  /**
   * A call of the control plane: a GET without a body, a POST with one.
   *
   * @throws Error when it is refused
   */
  control(call: string, body?: object): Promise<unknown>;
  /** Everything in the tenant, secrets hashed. */
  dump(): Promise<Dump>;
  /** {@link dump} without what changes with every write: revisions, times, and the ids of relations between objects. */
  content(): Promise<Dump>;
  /** The requests that `work` makes, when all are answered: those, too, for which it did not wait to the end. */
  count(work: () => Promise<unknown>): Promise<Seen[]>;
  /** Replaces all faults. */
  arm(...faults: Fault[]): Promise<void>;
  /** Makes the tenant as new. */
  reset(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts a tenant with the documentation's people. */
export async function startTenant(options: SandboxOptions = {}): Promise<Tenant> {
  const log: string[] = [];
  const sandbox = await startSandbox({ log: (line) => log.push(line), keys: rsaKeys(), ...options });
  const { url, stop } = sandbox;
  const control = controlPlane(sandbox);
  const dump = async () => (await control("dump")) as Dump;
  return {
    ...{ sandbox, url, log, control, dump, stop },
    content: async () => unmarked(await dump()),
    count: async (work) => {
      await control("requests/clear", {});
      await work();
      for (;;) {
        const { requests, underWay } = (await control("requests")) as { requests: Seen[]; underWay: number };
        if (underWay === 0) return requests;
        await pause(5);
      }
    },
    arm: async (...faults) => void (await control("faults", { faults })),
    reset: async () => void (await control("reset", {})),
  };
}

/** See {@link Tenant.control}. */
function controlPlane({ app, controlToken }: RunningSandbox): Tenant["control"] {
  return async (call, body) => {
    const response = await app.request(`/__sandbox/${call}`, {
      headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`/__sandbox/${call}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}
