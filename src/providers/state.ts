/** What stands in the state of a resource: inputs and outputs of its kind, and what the engine keeps beside them. */

import { noteSecret } from "../admin-api/http/redaction.ts";
import { type AnyKind, secretsOf } from "./kind.ts";
import { OWNER } from "./owner.ts";
import { clean, hasUnknown, markSecret, type Properties, revealSecret } from "./pulumi-values.ts";

/** The pointer to the code (decision 0001). */
export const PROVIDER = "__provider";
/** Version of the shape of the outputs; `__` keeps it out of displays. */
export const SCHEMA = "__schema";
const SCHEMA_VERSION = 1;
/** In the outputs of a create that did not come to its end. */
export const PARTIAL = "__partial";
/** In those, how the object was to be taken over. */
export const ADOPTED = "__adopted";
/** The policy of adoption, an input of every kind. */
export const ADOPT = "adopt";
/** An input that only a read sets: whose the object is that stands in the place of ours. */
export const REPLACED_BY = "replacedBy";
/** What the engine keeps beside inputs and outputs of a kind. */
const KEPT: readonly string[] = [PROVIDER, SCHEMA, PARTIAL, ADOPTED, ADOPT, OWNER, REPLACED_BY];

/** The inputs among the properties of a resource, in clear. */
export function inputsOf<C>(kind: AnyKind<C>, props: Properties): Properties {
  noteSecrets(kind, props);
  const entries = Object.entries(props).filter(([key]) => key in kind.inputs.shape);
  return Object.fromEntries(entries.map(([key, value]) => [key, revealSecret(value)]));
}

/** The outputs among the properties of a resource that are not inputs, in clear. */
export function outputsOf<C>(kind: AnyKind<C>, props: Properties): Properties {
  noteSecrets(kind, props);
  const own = (key: string) => !(key in kind.inputs.shape || KEPT.includes(key));
  return Object.fromEntries(
    Object.entries(props).flatMap(([key, value]) => (own(key) ? [[key, revealSecret(value)]] : [])),
  );
}

/** From here on no message of this process shows the secrets of a resource. */
function noteSecrets<C>(kind: AnyKind<C>, props: Properties): void {
  for (const key of secretsOf(kind)) noteSecret(revealSecret(props[key]));
}

/** The full outputs of a resource: its inputs, what the server made, and what the engine needs to find its way back. */
export function state<C>(kind: AnyKind<C>, props: Properties, outputs: Properties): Properties {
  const beside = Object.fromEntries([PROVIDER, ADOPT, OWNER, REPLACED_BY].map((key) => [key, props[key]]));
  const kept = { ...inputsOf(kind, props), ...beside };
  return markSecrets(kind, clean({ ...kept, ...outputs, [SCHEMA]: SCHEMA_VERSION }));
}

/** The properties with those that are secret marked so. */
export function markSecrets<C>(kind: AnyKind<C>, props: Properties): Properties {
  const marked = secretsOf(kind).filter(
    (key) => props[key] !== undefined && props[key] !== null && !hasUnknown(props[key]),
  );
  return { ...props, ...Object.fromEntries(marked.map((key) => [key, markSecret(revealSecret(props[key]))])) };
}
