/** The life of an agent as its resource has it, on either cloud (decision 0012). */

import { z } from "zod";
import { onRemove, sponsor } from "../fields/life.ts";
import { day } from "../fields/undeclared-access.ts";
import { owned } from "./annotations.ts";

/** Inputs about the life of an agent. */
export const lifeInputs = {
  sponsor: owned(sponsor.optional()).describe("Who answers for the agent: a person or a team"),
  expires: owned(day.optional()).describe(
    "Its last day, YYYY-MM-DD in UTC. Nothing ends by itself: `validate` and `verify` say so",
  ),
  onRemove: onRemove
    .optional()
    .meta({ description: "What becomes of the object when the resource is deleted", default: "delete" }),
  stopped: owned(z.string().optional()).describe(
    "Since when it is stopped (ISO 8601, UTC). Only a refresh sets it: `ping-agents stop` is what stops an agent",
  ),
};

/** What stands of an agent's life on the tenant. */
export type Life = {
  readonly sponsor?: string | undefined;
  readonly expires?: string | undefined;
  /** Since when it is stopped, ISO 8601. */
  readonly stopped?: string | undefined;
};

/** An agent as declared, or as the state has it. */
type Lived = Life & { readonly enabled?: boolean | undefined };

/** A stop that somebody undid by hand is told with this behind it. */
const OVERRIDDEN = ", and switched on by hand since";

/** The stop that stands against what is declared: one that is declared, `enabled: false`, takes its place. */
export const stopAgainst = ({ enabled }: Lived, { stopped }: Life): string | undefined =>
  enabled === false ? undefined : stopped;

/** An agent on the tenant. */
type Standing = {
  readonly isOn: boolean;
  /** Whether it was just written: what a write leaves standing is no difference. @default false */
  readonly isWritten?: boolean | undefined;
};

/** What the inputs show of a life on the tenant. While a stop stands, being switched off is no difference of its own. */
export function shownLife(inputs: Lived, life: Life, { isOn, isWritten }: Standing): Lived {
  const isHeld = stopAgainst(inputs, life) !== undefined;
  const found = isHeld && isOn ? life.stopped + OVERRIDDEN : life.stopped;
  return {
    ...{ sponsor: life.sponsor, expires: life.expires, stopped: isWritten ? inputs.stopped : found },
    ...(isHeld && { enabled: inputs.enabled ?? true }),
  };
}

/** What is written: the declared life, and the stop that stands against it. */
export const writtenLife = (inputs: Lived, life: Life): Life => ({
  sponsor: inputs.sponsor,
  expires: inputs.expires,
  stopped: stopAgainst(inputs, life),
});

/**
 * What the state has found of a stop and a run leaves so, which it says: neither a difference nor a write.
 *
 * @param what kind and id, for people
 */
export function keptStop(what: string, olds: Lived, news: Lived): { readonly stopped?: string } {
  const stopped = stopAgainst(news, olds);
  if (stopped === undefined || stopped.endsWith(OVERRIDDEN)) return {};
  say(what, stopped);
  return { stopped };
}

/** Says that a write leaves an agent switched off, unless that was said when the inputs were checked. */
export function sayStopped(what: string, { stopped: known }: Lived, stopped: string | undefined): void {
  if (stopped !== undefined && known === undefined) say(what, stopped);
}

const say = (what: string, stopped: string) =>
  console.warn(
    `warning: ${what} is stopped since ${stopped} and stays switched off: npx ping-agents stop --undo ends that, ` +
      "or declare enabled: false",
  );
