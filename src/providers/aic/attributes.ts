/**
 * How the topics of our schemas map to the attributes of an AM agent document: each field of a schema says where in the
 * document it lives. Encoding overlays what is declared on the live document, decoding reads it back.
 */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import { seconds } from "../../fields/duration.ts";
import { Notes } from "../annotations.ts";
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

type Mapping = {
  /** `section.attribute` in the AM document. */
  readonly path: string;
  /** What AM gives a new agent or client; also what an attribute goes back to when it is no longer declared. */
  readonly unset: Json;
  /** Between the value that AM keeps and ours. @default the same */
  readonly codec?: Codec | undefined;
};

const attributes = new Notes<Mapping>();

/** Declares that a field is an attribute of the AM document. What AM gives a new agent or client is its default. */
export function attribute<T extends z.ZodType>(path: string, schema: T, unset: Json, codec?: Codec): z.ZodOptional<T> {
  const meta = unset === null ? { otherwise: "none" } : { default: fromWire(codec, unset) };
  return attributes.add(schema.optional().meta(meta), { path, unset, codec });
}

/**
 * An object of attributes that decide about access: each is owned although nobody declares it, and is then what AM gives a
 * new agent (decision 0004).
 */
export const decisive = <Fields extends z.core.$ZodShape>(fields: Fields) =>
  z.strictObject(
    ownFields(attributes, fields, ({ unset, codec }) => (unset === null ? undefined : fromWire(codec, unset))),
  );

/** A list of strings whose order has meaning. */
export const list = () => z.array(z.string().min(1));
const YEAR = 365 * 24 * 60 * 60;
/** A time; 0 means the value of the OAuth2 provider. AM takes any: what is longer is a slip, such as milliseconds. @param most @default a year */
export const lifetime = (most = YEAR) => seconds(0, most);
/** A time that a refresh token lives: ten years at most, -1 for ever. */
export const refreshLifetime = () => seconds(-1, 10 * YEAR);

/** A value without AM's `{inherited, value}` wrappers; an unset attribute becomes null (aic §2.1). */
export function unwrap(value: unknown): unknown {
  if (isRecord(value) && typeof value.inherited === "boolean") return unwrap(value.value ?? null);
  if (Array.isArray(value)) return value.map(unwrap);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]));
}

/** The dotted name of each attribute in a schema, by its path in the AM document. */
export function attributePaths(schema: z.core.$ZodType): ReadonlyMap<string, string> {
  return new Map(mappedFields(attributes, schema).map(({ path, at }) => [path, at.join(".")]));
}

/** `extra` names a section, and an attribute in it. */
const EXTRA_DEPTH = 2;

/** Attributes that only the query form shows; `null` for them is dropped by AM (aic §2.1). */
const QUERY_ONLY = ["agentgroup", "accessTokenModifierClass", "customLoginUrlTemplate", "oidcClaimsClass"];

/**
 * The sections of an AM document with what is declared laid over them. What nobody declares keeps its live value, unless it is
 * owned; what was declared before and is no more goes back to the default; a section that is missing is filled with the
 * known defaults, because an update fills in nothing (aic §2.4).
 */
export function encodeSections(
  schema: z.core.$ZodType,
  inputs: Properties,
  previous: Properties | undefined,
  live: Properties | undefined,
): Properties {
  const body: Properties = {};
  for (const [key, section] of Object.entries((unwrap(live) as Properties | undefined) ?? {})) {
    if (!key.endsWith("Config") || !isRecord(section)) continue;
    const kept = Object.entries(section).filter(
      ([name, value]) => !name.endsWith("-encrypted") && !(QUERY_ONLY.includes(name) && value === null),
    );
    body[key] = Object.fromEntries(kept);
  }
  const [found, initial] = [decodeSections(schema, live ?? {}, {}), decodeSections(schema, {}, {})];
  for (const { at, path, unset, codec, within, isOwned } of mappedFields(attributes, schema)) {
    const [section = "", name = ""] = path.split(".");
    const declared = get(inputs, at);
    const isThere = get(body, [section, name]) !== undefined;
    // In whatever order a set stands there: it is as it is declared.
    if (isThere && declared !== undefined && isDeepStrictEqual(declared, get(found, at))) continue;
    const released = get(previous, at) !== undefined || (within && get(inputs, within) !== undefined);
    const absent = live !== undefined && !isRecord(live[section]);
    const changed = isOwned && !isDeepStrictEqual(get(found, at), get(initial, at));
    // What a tenant gives a new client of its own accord is recorded for agents only (aic §5.1).
    const said = isOwned && live === undefined && within === undefined && unset !== null;
    if (declared !== undefined) put(body, [section, name], toWire(codec, declared));
    else if (released || absent || changed || said) put(body, [section, name], unset);
  }
  for (const [path] of extraOf(previous, EXTRA_DEPTH)) put(body, path, null);
  for (const [path, value] of extraOf(inputs, EXTRA_DEPTH)) put(body, path, value);
  return body;
}

/**
 * The declared terms of an AM document. Missing, `{"inherited": false}` and null are one: unset.
 *
 * @param inputs what is declared: decides which attributes without a name of ours are read
 */
export function decodeSections(schema: z.core.$ZodType, live: Properties, inputs: Properties): Properties {
  const plain = unwrap(live) as Properties;
  const found: Properties = {};
  for (const { at, path, unset, codec } of mappedFields(attributes, schema)) {
    const raw = get(plain, path.split(".")) ?? unset;
    if (raw !== null) put(found, at, fromWire(codec, raw));
  }
  showExtra(found, inputs, EXTRA_DEPTH, plain);
  return canonical(schema, found);
}
