/** What the control plane can change about the PingOne environment, and the ids that its start-up message hands out. */
import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Store } from "../store.ts";
import { SETTINGS } from "../tenant.ts";

/** The environment and the worker application that may manage it. */
export type PingOneIdentity = {
  readonly environmentId: string;
  readonly workerClientId: string;
  readonly workerClientSecret: string;
};

/** The organization that the environment belongs to. */
export const ORGANIZATION_ID = "88888888-8888-4888-8888-888888888888";

/** Reads the identity of a data folder, or makes one. It outlives resets. */
export function pingOneIdentity(store: Store): PingOneIdentity {
  const known = store.get<PingOneIdentity>(SETTINGS, "pingone");
  if (known) return known;
  const identity = {
    environmentId: randomUUID(),
    workerClientId: randomUUID(),
    workerClientSecret: randomBytes(32).toString("base64url"),
  };
  store.put(SETTINGS, "pingone", identity);
  return identity;
}

/** The bases of the management API and of the token service. @param url origin of the sandbox */
export function pingOneAddresses(url: string): { readonly apiUrl: string; readonly authUrl: string } {
  return { apiUrl: `${url}/v1`, authUrl: url };
}

/** Body of `POST /__sandbox/pingone`. */
export const pingOneControl = z.strictObject({
  /** Whether the environment has the Agent IAM Core licence (pingone §1). */
  licensed: z.boolean().optional(),
  /** How many calls below a new application or resource are answered with 404 (pingone §3.5). */
  lag: z.int().min(0).optional(),
  /** Properties of applications without documentation that this environment takes (pingone §8 G1). */
  properties: z.array(z.string()).optional(),
});

type EnvironmentSettings = { licensed: boolean; lag: number; properties: string[] };

const COLLECTION = "tenant/pingone";
const DEFAULTS: EnvironmentSettings = { licensed: true, lag: 0, properties: [] };

export function environmentSettings(store: Store): EnvironmentSettings {
  return { ...DEFAULTS, ...store.get<Partial<EnvironmentSettings>>(COLLECTION, "settings") };
}

/** Changes what is given and leaves the rest. */
export function controlPingOne(store: Store, change: z.infer<typeof pingOneControl>): void {
  store.put(COLLECTION, "settings", { ...environmentSettings(store), ...change });
}
