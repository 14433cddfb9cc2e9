/**
 * What a rule over a whole declaration is. It looks at what is written, right or wrong, so that it has its say beside the
 * schema, and knows the place of every entry; what is of another type than it expects is the schema's to tell. Pure.
 */

import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";

/** Says what is wrong at a path. */
export type Refuse = (path: readonly PropertyKey[], message: string) => void;

/** A rule over a declaration as it is written. */
export type Rule = (written: Mapping, refuse: Refuse) => void;

export type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Rules as a schema for what is written, which changes nothing of it. */
export const ruled = (...rules: readonly Rule[]) =>
  z.unknown().superRefine((written, { addIssue }) => {
    const refuse: Refuse = (path, message) => addIssue({ code: "custom", path: [...path], message });
    for (const rule of rules) rule(mapping(written), refuse);
  });

/** A mapping, or an empty one in place of anything else. */
export const mapping = (value: unknown): Mapping => (isMapping(value) ? value : {});

/** The entries of a mapping whose values are mappings. */
export const mappings = (value: unknown): (readonly [key: string, inner: Mapping])[] =>
  Object.entries(mapping(value)).flatMap(([key, inner]) => (isMapping(inner) ? [[key, inner] as const] : []));

/** The entries of a list, or none of anything else. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The texts of a list with their places in it. */
export const texts = (value: unknown): (readonly [index: number, text: string])[] =>
  list(value).flatMap((one, index) => (typeof one === "string" ? [[index, one] as const] : []));

/** Agents and other applications of a declaration, each with its path. */
export const clientsOf = (
  written: Mapping,
): (readonly [path: readonly [kind: string, id: string], client: Mapping])[] =>
  ["applications", "agents"].flatMap((kind) =>
    mappings(written[kind]).map(([id, client]) => [[kind, id] as const, client] as const),
  );

/** The known name that was probably meant: at most two letters off, and never half of a short one. */
export function meant(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(name, known);
  const off = distance(name, nearest);
  return off <= 2 && off * 3 <= nearest.length ? nearest : undefined;
}

/** The value at a path of mappings, or undefined. */
export const get = (from: unknown, at: readonly string[]): unknown =>
  at.reduce<unknown>((value, key) => mapping(value)[key], from);
