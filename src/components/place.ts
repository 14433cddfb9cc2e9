/** Where in the declaration a resource is written. That is no input of it, so that a line which moves is no change. */

import type * as pulumi from "@pulumi/pulumi";
import { fieldOf, type ParsedDeclaration } from "../declaration/load.ts";
import { OWNER } from "../providers/owner.ts";
import { type Place, placed } from "../providers/place.ts";

/** Keys and indices that lead to a value of the declaration. */
export type Path = readonly (string | number)[];

/** A path in the declaration, and where what it leads to is written. */
type Located = { readonly path: Path; readonly find: ParsedDeclaration["placeOf"] | undefined };

const located = new WeakMap<pulumi.Resource, Located>();

/**
 * Options of a resource that says where it is written, and of a component whose resources all say so.
 *
 * @param path the keys that lead there: from the top of the declaration, or from the entry of the component that the resource is in
 * @param find @default what holds the component knows
 */
export function writtenAt(path: Path, find?: ParsedDeclaration["placeOf"]): pulumi.ComponentResourceOptions {
  const locate: pulumi.ResourceTransformation = ({ type, resource, props, opts }) => {
    if (!type.startsWith("pulumi-nodejs:dynamic/")) return undefined;
    const place = { path: [...path, ...(located.get(resource)?.path ?? [])], find };
    located.set(resource, place);
    return { props: { ...props, [OWNER]: placed(props[OWNER], placeIn(place)) }, opts };
  };
  return { transformations: [locate] };
}

/**
 * Where a resource is written.
 *
 * @param field of it, e.g. `owners[0]`
 * @param values of its fields: an entry of a list is found by its text, since a check has sorted what is a set
 */
export function placeOf(resource: pulumi.Resource, field = "", values: unknown = undefined): Place {
  const place = located.get(resource);
  if (!place) return {};
  const path = [...place.path];
  let value = values;
  for (const step of field.split(/[.[\]]+/u).filter(Boolean)) {
    const isEntry = Array.isArray(value);
    value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
    path.push(isEntry && typeof value === "string" ? value : /^\d+$/u.test(step) ? Number(step) : step);
  }
  return { ...placeIn(place), ...place.find?.(path) };
}

const placeIn = ({ path, find }: Located): Place => ({ ...find?.(path), entry: fieldOf(path) });
