/**
 * The JSON Schema for editors. What is written in a whole declaration and what in a base or overlay are two schemas, which share
 * every definition in which nothing has to be there.
 */

import { mapValues } from "../../src/components/settings.ts";
import type { Schema } from "./fields.ts";
import { shared } from "./shared.ts";

const EXTENDS = {
  description: "File whose values hold where this one says nothing else, named from this file's folder",
  type: "string",
  examples: ["base.yaml"],
};
const NULL: Schema = { type: "null" };
/** Ends the names of schemas of what a base or an overlay says. */
const PART = ".part";

/** The schema of a file. */
export function editorSchema(platforms: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(platforms);
  const schemas = Object.entries(platforms).flatMap(([name, schema]) => {
    const said = standard(schema);
    return [[name, whole(said)] as const, [name + PART, withExtends(relaxed(said))] as const];
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "ping-agents declaration",
    description: "Which AI agents exist, which applications they may reach, for whom and with which scopes",
    type: "object",
    properties: {
      platform: { description: "Ping's cloud that this environment is on", enum: names },
      extends: EXTENDS,
    },
    if: { required: ["extends"], properties: { extends: {} } },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
    then: { $ref: "#/$defs/part" },
    // Editors look at the platform first, so that they complete and complain in its words alone.
    else: {
      required: ["platform"],
      properties: { platform: {} },
      allOf: names.map((platform) => ({
        if: { properties: { platform: { const: platform } }, required: ["platform"] },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
        then: { $ref: `#/$defs/${platform}` },
      })),
    },
    $defs: {
      ...shared(Object.fromEntries(schemas)),
      part: {
        description: "A base, or what extends one",
        anyOf: names.map((name) => ({ $ref: `#/$defs/${name}${PART}` })),
      },
    },
  };
}

const withExtends = (schema: Schema): Schema => ({ ...schema, properties: { extends: EXTENDS, ...schema.properties } });

/** A schema with each inner one changed. */
function within(schema: Schema, change: (inner: Schema) => Schema): Schema {
  const { properties, additionalProperties, propertyNames, items, anyOf } = schema;
  return {
    ...schema,
    ...(properties && { properties: mapValues(properties, (_key, one) => change(one)) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: change(additionalProperties) }),
    ...(propertyNames && { propertyNames: change(propertyNames) }),
    ...(items && { items: change(items) }),
    ...(anyOf && { anyOf: anyOf.map(change) }),
  };
}

/** In words of JSON Schema alone: units and defaults stand in the description, words with their meaning. */
export function standard(schema: Schema): Schema {
  if ("$ref" in schema) return {}; // any value of another API
  const { unit, otherwise, words, isOpen, description, ...rest } = within(schema, standard);
  const said = description !== undefined && { description: described({ unit, otherwise, ...schema, description }) };
  if (!words) return { ...said, ...rest };
  const { type, pattern, minLength, enum: _words, ...annotations } = rest;
  const known = Object.entries(words).map(([word, means]) => ({ const: word, description: means }));
  const others: Schema = {
    ...(type !== undefined && { type }),
    ...(pattern !== undefined && { pattern }),
    ...(minLength !== undefined && { minLength }),
  };
  return { ...said, ...annotations, anyOf: [...known, ...(isOpen ? [others] : [])] };
}

function described({ description, unit, otherwise, default: value }: Schema): string {
  const time = { seconds: " (seconds, or with a unit: 90s, 15m, 1h, 30d)", milliseconds: " (milliseconds)" };
  const usual = otherwise ?? (value === undefined ? undefined : JSON.stringify(value));
  return `${description}${unit ? time[unit] : ""}${usual === undefined ? "" : `. Default: ${usual.replaceAll("`", "")}`}`;
}

/** Nothing has to be there, and null takes away. Lists are replaced, and so whole. */
function relaxed(schema: Schema): Schema {
  const { required: _required, allOf: _hints, items, ...rest } = schema;
  const { properties, additionalProperties, anyOf } = rest;
  return {
    ...rest,
    ...(items && { items }),
    ...(properties && { properties: mapValues(properties, (_key, one) => orNull(relaxed(one))) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: orNull(relaxed(additionalProperties)) }),
    ...(anyOf && { anyOf: anyOf.map(relaxed) }),
  };
}

function orNull({ description, default: usual, examples, ...schema }: Schema): Schema {
  const { anyOf, ...rest } = schema;
  const isChoice = anyOf && Object.keys(rest).length === 0;
  return {
    ...(description !== undefined && { description }),
    ...(usual !== undefined && { default: usual }),
    ...(examples !== undefined && { examples }),
    anyOf: [...(isChoice ? anyOf : [schema]), NULL],
  };
}

/** What has to be there is there. Where nothing has to be, a definition is that of a part, null and all: validate refuses it. */
function whole(schema: Schema): Schema {
  if (!isDemanding(schema)) return relaxed(schema);
  const { required = [], properties = {}, additionalProperties, anyOf, allOf, ...rest } = schema;
  const fields = mapValues(properties, (key, one) => (required.includes(key) ? whole(one) : orNull(whole(one))));
  return {
    ...rest,
    ...(schema.properties && { properties: fields }),
    ...(required.length > 0 && { required }),
    ...(typeof additionalProperties === "object" && { additionalProperties: whole(additionalProperties) }),
    ...(additionalProperties === false && { additionalProperties }),
    ...(anyOf && { anyOf: anyOf.map(whole) }),
    ...(allOf && { allOf: allOf.map((hint) => withFields(hint, fields)) }),
  };
}

/** True where something has to be there, or fields need something of each other. */
function isDemanding({ required, properties = {}, additionalProperties, anyOf = [], allOf }: Schema): boolean {
  const each = typeof additionalProperties === "object" ? [additionalProperties] : [];
  const inner = [...Object.values(properties), ...each, ...anyOf];
  return allOf !== undefined || (required?.length ?? 0) > 0 || inner.some(isDemanding);
}

/** A hint whose fields are described as elsewhere, so that editors offer each once. */
function withFields(hint: Schema, fields: Readonly<Record<string, Schema>>): Schema {
  const { properties, then, allOf, anyOf } = hint;
  const inner = (one: Schema) => withFields(one, fields);
  return {
    ...hint,
    ...(properties && { properties: mapValues(properties, (key, one) => withField(one, fields[key])) }),
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
    ...(then && { then: inner(then) }),
    ...(allOf && { allOf: allOf.map(inner) }),
    ...(anyOf && { anyOf: anyOf.map(inner) }),
  };
}

/** What a hint says of a field, or the field itself where it only has to be there. */
function withField(hint: Schema | boolean, field: Schema = {}): Schema {
  if (typeof hint === "boolean") return hint as unknown as Schema; // JSON Schema's own word for nothing
  const { description } = field;
  return Object.keys(hint).length === 0 ? field : { ...(description !== undefined && { description }), ...hint };
}
