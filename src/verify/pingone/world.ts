/** What the cases of PingOne work with. */
import type { Clock } from "../clock.ts";
import type { Approver } from "../world.ts";
import type { PingOneAgent, PingOnePlan, PingOneUser } from "./plan.ts";
import type { TokenService } from "./service.ts";

export type PingOneWorld = {
  readonly plan: PingOnePlan;
  readonly service: TokenService;
  readonly user: PingOneUser;
  readonly clock: Clock;
  readonly approver: Approver;
  /** A user's token that the agent may exchange: how a user signs on is not the verifier's doing. */
  subjectToken(agent: PingOneAgent): Promise<string>;
};
