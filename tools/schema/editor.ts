/**
 * The JSON Schema for editors. A definition says what may be written, of a whole declaration or of a base or overlay alike;
 * what a whole declaration needs beside, is said once, on top.
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
/** Values of other APIs, in which null means something. */
const FREE = ["extra", "properties"];

/** The schema of a file. */
export function editorSchema(platforms: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(platforms);
  const standardised = mapValues(platforms, (_name, schema) => standard(schema));
  const loose = mapValues(standardised, (_name, schema) => withExtends(relaxed(schema)));
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
        then: {
          type: "object",
          allOf: [{ $ref: `#/$defs/${platform}` }, { $ref: "#/$defs/filled" }, needs(standardised[platform] ?? {})],
        },
      })),
    },
    $defs: {
      ...shared(loose),
      part: {
        description: "A base, or what extends one",
        anyOf: names.map((name) => ({ $ref: `#/$defs/${name}` })),
      },
      filled: {
        description: "Nothing is taken away from nothing: null is for a file that extends another",
        anyOf: [
          ...["string", "number", "boolean", "array"].map((type) => ({ type })),
          {
            type: "object",
            properties: Object.fromEntries(FREE.map((name) => [name, {}])),
            additionalProperties: { $ref: "#/$defs/filled" },
          },
        ],
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
  const { unit, otherwise, words, isOpen, enum: known, description, ...rest } = within(schema, standard);
  const type = words && isOpen ? [{ type: "string" }] : [];
  return {
    ...(description !== undefined && { description: described({ unit, otherwise, ...schema, description }) }),
    ...rest,
    ...(known && !words && { enum: known }),
    ...(words && {
      anyOf: [...Object.entries(words).map(([word, means]) => ({ const: word, description: means })), ...type],
    }),
  };
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
  const { anyOf, type, ...rest } = schema;
  const isChoice = anyOf && Object.keys(rest).length === 0;
  return {
    ...(description !== undefined && { description }),
    ...(usual !== undefined && { default: usual }),
    ...(examples !== undefined && { examples }),
    anyOf: [...(isChoice ? anyOf : [schema]), NULL],
  };
}

/** What a whole declaration needs beside: fields that have to be there, and what they need of each other. */
function needs(schema: Schema): Schema {
  return needed(schema) ?? {};
}

function needed(schema: Schema): Schema | undefined {
  const { required = [], properties = {}, additionalProperties, anyOf, allOf } = schema;
  if (anyOf) {
    const forms = anyOf.map((form) => needed(form));
    return forms.some(Boolean) ? { anyOf: forms.map((form, index) => form ?? anyOf[index] ?? {}) } : undefined;
  }
  const inner = Object.entries(properties).flatMap(([key, one]) => {
    const its = needed(one);
    return its || required.includes(key) ? [[key, its ?? {}] as const] : [];
  });
  const each = typeof additionalProperties === "object" ? needed(additionalProperties) : undefined;
  if (inner.length === 0 && !each && !allOf) return undefined;
  return {
    type: "object",
    ...(required.length > 0 && { required }),
    ...(inner.length > 0 && { properties: Object.fromEntries(inner) }),
    ...(each && { additionalProperties: each }),
    ...(allOf && { allOf }),
  };
}
