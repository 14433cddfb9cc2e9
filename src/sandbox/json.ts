/** JSON values: types and the few pure helpers that every part of the local tenant needs. */
import { hash } from "node:crypto";

export type JsonObject = { [key: string]: unknown };

/** True for a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of an object; undefined for what is no object, and for what objects inherit (`__proto__`, `constructor`). */
export function memberOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A member that is an object: a section of a configuration document. Empty when it is missing. */
export function sectionOf(value: unknown, name: string): JsonObject {
  const section = memberOf(value, name);
  return isObject(section) ? section : {};
}

/** The value, which nobody can change any more, however deep. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
}

/** The function, called once for each frozen object: documents of the store are asked for again and again. */
export function once<T extends object, R>(make: (value: T) => R): (value: T) => R {
  const made = new WeakMap<T, R>();
  return (value) => {
    const known = made.get(value);
    if (known !== undefined) return known;
    const result = make(value);
    if (Object.isFrozen(value)) made.set(value, result);
    return result;
  };
}

/** The value with the keys of all objects sorted, so that equal values have equal texts. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** Text of a value that does not depend on the order of keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? "undefined";
}

/** True when two JSON values are equal; the order of keys does not matter, that of array elements does. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** The object without the named keys. */
export function without(object: JsonObject, ...keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** Those members of an object whose keys another object has. */
export function presentIn(other: JsonObject, object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key in other));
}

/** SHA-256 as hexadecimal text. */
export function sha256(text: string): string {
  return hash("sha256", text);
}

/** The name of a value's JSON type: `null`, `array`, `object`, `string`, `number` or `boolean`. */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
