/** Exchanges by whom or of what nobody allows: what is expected depends on whether the target's tokens have to say who acts (delegation §2.3). */
import type { Case } from "../../case.ts";
import type { Observation } from "../../http.ts";
import { NO_DELEGATION, refusal } from "../answers.ts";
import type { Exchange } from "../service.ts";

/** The exchange as declared, of which a provocation changes one part. */
export type Exchanging = {
  /** Whether tokens of the target have to say who acts. */
  readonly isRequired: boolean;
  ask(change?: Partial<Exchange>): Promise<Observation>;
};

type Unnamed<On> = {
  readonly id: string;
  readonly title: string;
  readonly evidence: string;
  readonly core?: boolean;
  when?(on: On): boolean;
  change(on: On): Promise<Partial<Exchange>> | Partial<Exchange>;
};

/** Refused where the target's tokens have to say who acts, else a token in which nobody does. */
export function unnamed<On extends Exchanging>(one: Unnamed<On>): Case<On>[] {
  const { change, when = () => true, ...known } = one;
  const common = {
    ...known,
    twin: ({ ask }: On) => ask(),
    provoke: async (on: On) => on.ask(await change(on)),
  };
  return [
    { ...common, ...NO_DELEGATION, when: (on) => !on.isRequired && when(on) },
    { ...common, exact: refusal("requiredClaim", "invalid_request"), when: (on) => on.isRequired && when(on) },
  ];
}
