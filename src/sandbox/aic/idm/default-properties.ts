/**
 * What objects show for properties that nobody set. Users and agent identities show every property of their schema, `null` or
 * `[]`; all other types leave out what they do not have (aic §3.1, §4, §10: role and application answers).
 */
import type { JsonObject } from "../../json.ts";
import type { ManagedType } from "./types.ts";

const WHOLE = ["user", "aiagent"];

/** Every stored property of a type at its unset value; none for types that leave them out. */
export function unsetProperties({ unit, properties, relations, virtuals }: ManagedType): JsonObject {
  if (!WHOLE.includes(unit)) return {};
  const stored = Object.entries(properties).filter(
    ([name, { isProtected }]) => name !== "_id" && !isProtected && !relations.has(name) && !virtuals.has(name),
  );
  return Object.fromEntries(stored.map(([name, { type }]) => [name, type === "array" ? [] : null]));
}

/** What a create sets by itself: a new user is active, and has a common name. */
export function createdProperties({ unit }: ManagedType, { givenName, sn }: JsonObject): JsonObject {
  return unit === "user" ? { accountStatus: "active", cn: `${givenName} ${sn}` } : {};
}
