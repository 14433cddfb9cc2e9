/**
 * How the fields of our schemas map to the properties of a PingOne application. A PUT replaces the whole object and resets
 * what it lacks (pingone §3.1), so encoding starts from the live object and keeps everything that nobody declared,
 * properties that this kit has never heard of among it.
 */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import { Notes } from "../annotations.ts";
import { differences } from "../differences.ts";
import {
  type Codec,
  canonical,
  extraOf,
  fromWire,
  get,
  mappedFields,
  ownFields,
  put,
  showExtra,
  toWire,
} from "../fields.ts";
import type { Json, Properties } from "../pulumi-values.ts";

/** What a field stands for in the object. */
type Mapping = {
  /** Top-level properties of the object that the field reads and writes. */
  readonly properties: readonly string[];
  /** The value in the object, in our terms; `undefined` when it is unset. */
  readonly read: (live: Properties) => unknown;
  /** Writes the value into a body; `undefined` for one that is not declared. */
  readonly write: (body: Properties, value: unknown) => void;
  /** What an object of ours has where nobody declares the field, in our terms. @default what is read where it is unset */
  readonly unset?: unknown;
};

const mappings = new Notes<Mapping>();

type Options = {
  /** What a property that is not there means. @default unset */
  readonly absent?: Json;
  /**
   * True for a property that is required, that cannot be cleared (pingone §7), or whose default PingOne may choose by type
   * (pingone §8 G2): `absent` is sent instead.
   */
  readonly lasting?: boolean;
  /** What an object of ours has where nobody declares it. @default `absent` */
  readonly initial?: Json;
  /** Between the value that PingOne keeps, where `undefined` leaves the property out, and ours. @default the same */
  readonly codec?: Codec;
};

/**
 * Declares that a field is a property of the application.
 *
 * @param path of the property, e.g. `accessControl.group`
 */
export function property<T extends z.ZodType>(
  path: string,
  schema: T,
  { absent, lasting = false, initial, codec }: Options = {},
): z.ZodOptional<T> {
  const at = path.split(".");
  return composed(schema, {
    properties: at.slice(0, 1),
    read: (live) => {
      const raw = get(live, at) ?? undefined;
      return raw === undefined ? absent : fromWire(codec, raw);
    },
    write: (body, declared) => {
      const value = declared ?? initial ?? (lasting ? absent : undefined);
      const sent = value === undefined ? undefined : toWire(codec, value);
      if (sent === undefined) drop(body, at);
      else put(body, at, sent);
    },
    unset: initial ?? absent,
  });
}

/**
 * An object of fields that decide about access: each is owned although nobody declares it, and is then what it means that its
 * properties are not there (decision 0004).
 */
export const decisive = <Fields extends z.core.$ZodShape>(fields: Fields) =>
  z.strictObject(ownFields(mappings, fields, unsetOf));

const unsetOf = ({ read, unset = read({}) }: Mapping) => unset;

/** A word of PingOne's enumerations, which OAuth 2.0 writes small. A word that nobody knows yet passes (pingone §3.2). */
export const oneWord = z.codec(z.string(), z.string(), {
  decode: (name) => name.toLowerCase(),
  encode: (value) => value.toUpperCase(),
});

/** Declares a field that stands for several properties at once. */
export function composed<T extends z.ZodType>(schema: T, mapping: Mapping): z.ZodOptional<T> {
  const unset = unsetOf(mapping);
  return mappings.add(
    schema.optional().meta(unset === undefined ? { otherwise: "none" } : { default: unset }),
    mapping,
  );
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
  return mappedFields(mappings, schema).flatMap(({ properties }) => properties);
}

/** `extra` names properties of the object itself. */
const EXTRA_DEPTH = 1;

/** What only the server sets; a request with it is refused or ignored (pingone §3.1). */
export const READ_ONLY: readonly string[] = [
  "_links",
  "environment",
  "id",
  "createdAt",
  "updatedAt",
  "clientId",
  "assignActorRoles",
  "mappingType",
];

/** What a PUT may say of an object: all that it shows, without what only the server sets. */
const writable = (live: Properties) =>
  Object.fromEntries(Object.entries(live).filter(([key]) => !READ_ONLY.includes(key)));

/** Replaces the object where the body says something else than it shows. */
export async function replaceChanged(collection: PingOneCollection, live: PingOneObject, body: Properties) {
  return differences(body, writable(live)).length ? collection.replace(live.id, body) : live;
}

/**
 * The body of a create, or of the PUT that replaces the live object: undeclared properties keep their value unless they are
 * owned, and so does what is as it is declared; what was declared before and is no more goes back to its default.
 */
export function encodeProperties(
  schema: z.core.$ZodType,
  inputs: Properties,
  previous: Properties | undefined,
  live: PingOneObject | undefined,
): Properties {
  const body = structuredClone(writable(live ?? {}));
  const found = live && decodeProperties(schema, live, inputs);
  for (const { at, isOwned, ...mapping } of mappedFields(mappings, schema)) {
    const declared = get(inputs, at);
    const isChanged = isOwned && live !== undefined && !isDeepStrictEqual(mapping.read(body), unsetOf(mapping));
    if (declared === undefined && get(previous, at) === undefined && !isChanged) continue;
    if (!found || differences(declared, get(found, at)).length > 0) mapping.write(body, declared);
  }
  for (const [path] of extraOf(previous, EXTRA_DEPTH)) drop(body, path);
  for (const [path, value] of extraOf(inputs, EXTRA_DEPTH)) put(body, path, value);
  return body;
}

/**
 * The object in our terms.
 *
 * @param inputs what is declared: decides which properties without a name of ours are read
 */
export function decodeProperties(schema: z.core.$ZodType, live: Properties, inputs: Properties): Properties {
  const found: Properties = {};
  for (const { at, read } of mappedFields(mappings, schema)) {
    const value = read(live);
    if (value !== undefined) put(found, at, value);
  }
  showExtra(found, inputs, EXTRA_DEPTH, live);
  return canonical(schema, found);
}
