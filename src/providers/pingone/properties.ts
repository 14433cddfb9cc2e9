/**
 * How the fields of our schemas map to the properties of a PingOne application. A PUT replaces the whole object and resets
 * what it lacks (pingone §3.1), so encoding starts from the live object and keeps everything that nobody declared,
 * properties that this kit has never heard of among it.
 */

import type { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import { canonical, FieldMap, get, put } from "../fields.ts";
import type { Json, Properties } from "../pulumi-values.ts";

/** What a field stands for in the object. */
type Mapping = {
  /** Top-level properties of the object that the field reads and writes. */
  readonly properties: readonly string[];
  /** The value in the object, in our terms; `undefined` when it is unset. */
  readonly read: (live: Properties) => unknown;
  /** Writes the value into a body; `undefined` for one that is declared no more. */
  readonly write: (body: Properties, value: unknown) => void;
};

const fields = new FieldMap<Mapping>();

type Codec = {
  /** What a property that is not there means. @default unset */
  readonly absent?: Json;
  /** True for a property that is required or cannot be cleared: `absent` is sent instead (pingone §7). */
  readonly lasting?: boolean;
  /** To the value that PingOne keeps; `undefined` leaves the property out. @default as it is */
  readonly toWire?: (value: never) => unknown;
  /** From the value that PingOne keeps. @default as it is */
  readonly fromWire?: (value: never) => unknown;
};

/**
 * Declares that a field is a property of the application.
 *
 * @param path of the property, e.g. `accessControl.group`
 */
export function property<T extends z.ZodType>(
  path: string,
  schema: T,
  { absent, lasting = false, toWire, fromWire }: Codec = {},
): z.ZodOptional<T> {
  const at = path.split(".");
  return fields.optional(schema, {
    properties: at.slice(0, 1),
    read: (live) => {
      const raw = get(live, at) ?? undefined;
      if (raw === undefined) return absent;
      return fromWire ? fromWire(raw as never) : raw;
    },
    write: (body, declared) => {
      const value = declared ?? (lasting ? absent : undefined);
      const sent = value === undefined ? undefined : toWire ? toWire(value as never) : value;
      if (sent === undefined) drop(body, at);
      else put(body, at, sent);
    },
  });
}

/** Declares a field that stands for several properties at once. */
export function composed<T extends z.ZodType>(schema: T, mapping: Mapping): z.ZodOptional<T> {
  return fields.optional(schema, mapping);
}

/** Removes a property, and an object that is empty without it. */
function drop(body: Properties, [key = "", ...rest]: readonly string[]): void {
  const inner = body[key];
  if (rest.length > 0 && isRecord(inner)) {
    drop(inner, rest);
    if (Object.keys(inner).length > 0) return;
  }
  delete body[key];
}

/** The properties that the fields of a schema stand for. */
export function modelledProperties(schema: z.core.$ZodType): string[] {
  return fields.of(schema).flatMap(({ properties }) => properties);
}

/** What only the server sets; a request with it is refused or ignored (pingone §3.1). */
export const READ_ONLY: readonly string[] = [
  "_links",
  "environment",
  "id",
  "createdAt",
  "updatedAt",
  "clientId",
  "assignActorRoles",
];

/**
 * The body of a create, or of the PUT that replaces the live object: undeclared properties keep their value, what was
 * declared before and is no more goes back to its default.
 */
export function encodeProperties(
  schema: z.core.$ZodType,
  inputs: Properties,
  previous: Properties | undefined,
  live: PingOneObject | undefined,
): Properties {
  const kept = Object.entries(live ?? {}).filter(([key]) => !READ_ONLY.includes(key));
  const body = structuredClone(Object.fromEntries(kept));
  for (const { at, write } of fields.of(schema)) {
    const declared = get(inputs, at);
    if (declared !== undefined || get(previous, at) !== undefined) write(body, declared);
  }
  for (const key of Object.keys(extraOf(previous))) delete body[key];
  return { ...body, ...extraOf(inputs) };
}

/**
 * The object in our terms.
 *
 * @param inputs what is declared: decides which properties without a name of ours are read
 */
export function decodeProperties(schema: z.core.$ZodType, live: Properties, inputs: Properties): Properties {
  const found: Properties = {};
  for (const { at, read } of fields.of(schema)) {
    const value = read(live);
    if (value !== undefined) put(found, at, value);
  }
  for (const key of Object.keys(extraOf(inputs))) put(found, ["extra", key], live[key] ?? null);
  return canonical(schema, found);
}

const extraOf = (of: Properties | undefined) => (isRecord(of?.extra) ? of.extra : {});
