/** The check of every resource kind: what the program says, parsed once and made canonical. */

import { z } from "zod";
import { adoptPolicy } from "../fields/adopt.ts";
import type { AnyKind } from "./kind.ts";
import { knownPart } from "./known-part.ts";
import { OWNER } from "./owner.ts";
import { unplaced } from "./place.ts";
import { clean, type Properties } from "./pulumi-values.ts";
import { ADOPT, markSecrets, PROVIDER, REPLACED_BY } from "./state.ts";

/**
 * A mistake in the inputs. The engine prints the value of the property that a failure names, and secrets are in clear here,
 * also where nobody looks for one: in a key that is misspelt, or a private member of a JWK. So the reason names the field.
 */
export type CheckFailure = { property: ""; reason: string };

/**
 * Makes inputs canonical, those that a preview knows as the `up` will. Calls no API.
 *
 * @param olds the inputs in the state, if there are any
 * @param props the inputs of the program; unknown ones stay unknown
 */
export function check<C>(
  kind: AnyKind<C>,
  olds: Properties | undefined,
  props: Properties,
): { inputs: Properties; failures: CheckFailure[] } {
  const { [PROVIDER]: _provider, [ADOPT]: adopt, [OWNER]: owner, ...news } = props;
  const failures: CheckFailure[] = [];
  const inputs = { ...parse(knownPart(kind.inputs, news), news, "", failures) };
  if (olds && kind.kept && failures.length === 0) Object.assign(inputs, kind.kept(olds, inputs));
  // The policy matters at creation only: it keeps its first value, so that changing it later is no change of the resource.
  // It matters once more where somebody replaced the object.
  const policy = olds && PROVIDER in olds && !(REPLACED_BY in olds) ? olds[ADOPT] : adopt;
  if (policy !== undefined) inputs[ADOPT] = parse(adoptPolicy, policy, ADOPT, failures);
  if (owner !== undefined) inputs[OWNER] = unplaced(owner);
  return { inputs: markSecrets(kind, clean(failures.length ? { ...news, ...inputs } : inputs)), failures };
}

function parse(schema: z.core.$ZodType, value: unknown, at: string, failures: CheckFailure[]): Properties | undefined {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data as Properties;
  for (const { path, message } of result.error.issues) {
    const field = [at, ...path.map(String)].filter(Boolean).join(".");
    failures.push({ property: "", reason: [field, message].filter(Boolean).join(": ") });
  }
  return undefined;
}
