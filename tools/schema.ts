#!/usr/bin/env node
/**
 * Writes the JSON Schema with which editors check and complete declarations, from the schemas that check them.
 * Usage: npm run schema, or node tools/schema.ts FILE
 */

import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { mapValues } from "../src/components/settings.ts";
import { takesVariables } from "../src/fields/text.ts";
import { platforms } from "../src/platforms.ts";

type Json = Record<string, unknown>;

/** Ends the names of schemas of what a base or an overlay says. */
const PART = ".part";
const EXTENDS = {
  description: "File whose values hold where this one says nothing else, named from this file's folder",
  type: "string",
};

const names = Object.keys(platforms);
const schemas = Object.fromEntries(
  Object.entries(platforms).map(([name, { title, schema }]) => [name, schema.meta({ title })]),
);
// What is written in a file, before defaults and canonical forms. In one piece, so that shared parts keep names of their own.
const { properties: ofPlatforms, $defs } = z.toJSONSchema(z.object(schemas), { io: "input", override: ofFiles });
const whole = { ...ofPlatforms, ...$defs };
const parts = Object.entries(whole).map(([name, one]) => {
  const part = partOf(one as Json);
  return [
    name + PART,
    names.includes(name) ? { ...part, properties: { extends: EXTENDS, ...(part.properties as Json) } } : part,
  ];
});

/** What a declaration may say beside the values that are checked: `x-…` keys, and `${env:NAME}` in an address. */
function ofFiles({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema }) {
  if (jsonSchema.additionalProperties === false) jsonSchema.patternProperties = { "^x-": {} };
  const { format, pattern } = jsonSchema;
  const type = "string" as const;
  if (!takesVariables.get(zodSchema)?.takesVariables || !(format ?? pattern)) return;
  delete jsonSchema.format;
  delete jsonSchema.pattern;
  const written = { type, ...(format && { format }), ...(pattern && { pattern }) };
  jsonSchema.anyOf = [written, { type, pattern: "\\$\\{env:" }];
}

/** A schema of what a base or an overlay says: nothing has to be there, and null takes away. Lists are replaced, and so whole. */
function partOf(schema: Json): Json {
  const entries = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (keyword === "required") return [];
    if (keyword === "$ref") return [[keyword, value + PART]];
    if (keyword === "properties")
      return [[keyword, mapValues(value as Record<string, Json>, (_name, one) => partOrNull(one))]];
    if (keyword === "additionalProperties" && value) return [[keyword, partOrNull(value as Json)]];
    if (["anyOf", "allOf", "oneOf"].includes(keyword)) return [[keyword, (value as Json[]).map(partOf)]];
    return [[keyword, value]];
  });
  return Object.fromEntries(entries);
}

function partOrNull(schema: Json): Json {
  return { anyOf: [partOf(schema), { type: "null" }] };
}

// Editors look at the platform first, so that they complete and complain in its words alone.
const schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "ping-agents declaration",
  description: "Which AI agents exist, which applications they may reach, for whom and with which scopes",
  type: "object",
  properties: {
    platform: { description: "Ping's cloud that this environment is on", enum: names },
    extends: EXTENDS,
  },
  if: { required: ["extends"] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
  then: { $ref: "#/$defs/part" },
  else: {
    required: ["platform"],
    allOf: names.map((platform) => ({
      if: { properties: { platform: { const: platform } }, required: ["platform"] },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
      then: { $ref: `#/$defs/${platform}` },
    })),
  },
  $defs: {
    ...whole,
    ...Object.fromEntries(parts),
    part: {
      description: "A base, or what extends one",
      anyOf: names.map((name) => ({ $ref: `#/$defs/${name}${PART}` })),
    },
  },
};
const file = argv[2] ?? fileURLToPath(new URL("../schema/declaration.schema.json", import.meta.url));
writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
