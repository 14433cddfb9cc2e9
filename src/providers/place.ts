/** Where in the declaration resources are written, as the program says it of each: for the messages of one run, never for the state. */

import { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import type { Where } from "../errors.ts";
import { OWNER } from "./owner.ts";
import type { Properties } from "./pulumi-values.ts";

/** Where an entry of a declaration is. */
export type Place = Pick<Where, "file" | "line" | "column" | "entry">;

const schema = z.object({
  file: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  entry: z.string(),
});

/** The owner of a resource with its place: the state keeps what every property depends on, so the place is no property of its own. */
export const placed = <Owner extends object>(owner: Owner, place: Place) => ({ ...owner, place });

/** The owner without the place. */
export function unplaced(owner: unknown): unknown {
  if (!isRecord(owner)) return owner;
  const { place: _place, ...rest } = owner;
  return rest;
}

/** The place among the properties of a resource, if it has one. */
export const placeAmong = (props: Properties): Place | undefined =>
  isRecord(props[OWNER]) ? schema.safeParse(props[OWNER].place).data : undefined;
