/** The settings that a kind owns although nobody declares them: as decision 0004 lists them, and as the kind's schema says. */

import type { z } from "zod";
import { ownership, shapeOf } from "../../src/providers/annotations.ts";
import type { AnyKind } from "../../src/providers/kind.ts";
import { sources } from "./sources.ts";

const [note] = sources(["docs/decisions/"], [".md"]).filter(({ file }) => file.includes("/0004-"));
const quoted = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? "");
const rows = (note?.text ?? "").split("\n").flatMap((line) => {
  const [, kinds, settings] = line.match(/^\| (`.*`) \| (`.*`) \|$/) ?? [];
  return kinds ? [{ kinds: quoted(kinds), settings: quoted(settings) }] : [];
});

/** Dotted names of all fields of a schema that hold no other fields, with their schemas. */
function leaves(schema: z.core.$ZodType, at: readonly string[] = []): [name: string, schema: z.core.$ZodType][] {
  const shape = ownership(schema) ? undefined : shapeOf(schema);
  if (!shape) return [[at.join("."), schema]];
  return Object.entries(shape).flatMap(([key, field]) => leaves(field, [...at, key]));
}

/** The settings of a kind that decision 0004 lists, `tokens.*` written out. */
export function listedSettings<C>({ type, inputs }: AnyKind<C>): string[] {
  const names = leaves(inputs).map(([name]) => name);
  const listed = rows.filter(({ kinds }) => kinds.includes(type)).flatMap(({ settings }) => settings);
  return listed.flatMap((setting) =>
    setting.endsWith(".*") ? names.filter((name) => name.startsWith(setting.slice(0, -1))) : [setting],
  );
}

/** The settings that a kind owns. */
export const ownedSettings = <C>({ inputs }: AnyKind<C>): string[] =>
  leaves(inputs).flatMap(([name, schema]) => (ownership(schema) ? [name] : []));
