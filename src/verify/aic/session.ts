/** What a verification of a realm works with. A case never sees it: its group takes from here what the case needs. */
import type { CaseGroup } from "../case.ts";
import type { Credentials } from "../credentials.ts";
import type { Target } from "../judge.ts";
import type { Tools } from "../verification.ts";
import type { Admin } from "./admin.ts";
import type { OAuth } from "./endpoints.ts";
import type { AgentPlan, ClientPlan, Plan } from "./plan.ts";
import type { Rig } from "./rig.ts";
import type { Snapshot } from "./snapshot.ts";

export type Session = Omit<Tools<Credentials>, "control"> & {
  readonly plan: Plan;
  /** The tenant before the run. */
  readonly live: Snapshot;
  readonly target: Target;
  readonly oauth: OAuth;
  /** The endpoints of the realm that the plan is not about. */
  readonly otherRealm: OAuth;
  readonly admin: Admin;
  readonly rig: Rig;
  /** `issuer` of the discovery document. */
  readonly issuer: string;
};

export type Group = CaseGroup<Session, AgentPlan, ClientPlan>;

/** Seconds that tokens of a client live: its own setting, else the realm's. */
export function lifetimeOf({ live }: Pick<Session, "live">, { clientId, accessTokenLifetime }: ClientPlan): number {
  return (
    accessTokenLifetime || live.clients.get(clientId)?.accessTokenLifetime || live.provider.accessTokenLifetime || 3600
  );
}

/** Whether any agent exchanges tokens: else nobody tries what has to do with that. */
export function exchanges({ plan }: Pick<Session, "plan">): boolean {
  return plan.agents.some(({ pattern }) => pattern === "autonomous" || pattern === "on-behalf-of");
}

/** An acr value that the realm maps; undefined where no agent asks users. */
export function acrOf({ plan }: Pick<Session, "plan">): string | undefined {
  return plan.agents.find(({ ciba }) => ciba)?.ciba?.acr;
}
