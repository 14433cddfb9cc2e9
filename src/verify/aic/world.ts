/** What every case works with: the plan, the tenant's state before the run, its endpoints, and the credentials at hand. */

import type { Clock } from "../clock.ts";
import type { Approver, Credentials } from "../credentials.ts";
import type { Target } from "../judge.ts";
import type { Admin } from "./admin.ts";
import type { OAuth } from "./endpoints.ts";
import type { ClientPlan, Plan } from "./plan.ts";
import type { Rig } from "./rig.ts";
import type { Snapshot } from "./snapshot.ts";

export type World = {
  readonly plan: Plan;
  readonly live: Snapshot;
  readonly target: Target;
  readonly oauth: OAuth;
  /** The endpoints of the realm that the plan is not about. */
  readonly otherRealm: OAuth;
  readonly admin: Admin;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly approver: Approver;
  readonly rig: Rig;
  /** `issuer` of the discovery document. */
  readonly issuer: string;
  /** Tells a person what is being waited for. */
  readonly progress: (line: string) => void;
};

/** Seconds that tokens of a client live: its own setting, else the realm's. */
export function lifetimeOf({ live }: World, { clientId, accessTokenLifetime }: ClientPlan): number {
  return (
    accessTokenLifetime || live.clients.get(clientId)?.accessTokenLifetime || live.provider.accessTokenLifetime || 3600
  );
}
