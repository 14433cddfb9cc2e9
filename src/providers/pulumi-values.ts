/** Values as they pass between the Pulumi engine and a dynamic provider: unknowns, secrets, what protobuf can carry. */

import { isRecord } from "../admin-api/http/json.ts";
import { PingAgentsError } from "../errors.ts";

/** What stands for an output that a preview does not know yet (`@pulumi/pulumi` `runtime.unknownValue`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Key and value that mark an object as something special on the wire (`@pulumi/pulumi` `runtime/rpc`). */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Properties = Record<string, unknown>;

/** True when the value is, or contains, an output that is not known during a preview. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isRecord(value) && Object.values(value).some(hasUnknown);
}

/** The engine's wire form of a secret: it encrypts the value in the state and hides it in displays. */
export function markSecret(value: unknown): Properties {
  return { [SIGNATURE_KEY]: SECRET_SIGNATURE, value };
}

/** The value inside the wire form of a secret, or the value itself. */
export function revealSecret(value: unknown): unknown {
  return isRecord(value) && value[SIGNATURE_KEY] === SECRET_SIGNATURE ? value.value : value;
}

/**
 * Drops what is `undefined`, and refuses what protobuf would turn into something else without naming it.
 *
 * @throws ERR_INTERNAL_VALUE with the path of the value
 */
export function clean<T>(value: T, path = ""): T {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item, index) => clean(item, `${path}[${index}]`)) as T;
  if (isRecord(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(entries.map(([key, inner]) => [key, clean(inner, path ? `${path}.${key}` : key)])) as T;
  }
  throw new PingAgentsError("ERR_INTERNAL_VALUE", `a ${typeof value} cannot be stored at "${path || "/"}"`, {
    hint: "report this with the resource's declaration",
  });
}
