/** In what two canonical values differ: leaf by leaf, and as text for messages. */

import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../admin-api/http/json.ts";
import { redact } from "../admin-api/http/redaction.ts";

/** One difference between what is wanted and what is there, for messages. */
export type Difference = { readonly path: string; readonly wanted: unknown; readonly found: unknown };

/** The leaves in which two canonical values differ; arrays are compared as a whole. */
export function differences(wanted: unknown, found: unknown, path = ""): Difference[] {
  if (isRecord(wanted) && isRecord(found)) {
    const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
    return keys.flatMap((key) => differences(wanted[key], found[key], path ? `${path}.${key}` : key));
  }
  return isDeepStrictEqual(wanted, found) ? [] : [{ path, wanted, found }];
}

/** Differences as text, one a line, with the values of secret fields left out, and those that are known to be secret elsewhere. */
export function describeDifferences(list: readonly Difference[], isSecret: (path: string) => boolean): string {
  const show = (path: string, value: unknown) =>
    value === undefined ? "(unset)" : isSecret(path) ? "[secret]" : redact(JSON.stringify(value));
  return list
    .map(({ path, wanted, found }) => `${path}: declared ${show(path, wanted)}, found ${show(path, found)}`)
    .join("\n    ");
}
