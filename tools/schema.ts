#!/usr/bin/env node
/**
 * Writes the JSON Schema with which editors check and complete declarations, from the schemas that check them.
 * Usage: npm run schema, or node tools/schema.ts FILE
 */

import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { platforms } from "../src/platforms.ts";

const names = Object.keys(platforms);
const schemas = Object.fromEntries(
  Object.entries(platforms).map(([name, { title, schema }]) => [name, schema.meta({ title })]),
);
// What is written in a file, before defaults and canonical forms. In one piece, so that shared parts keep names of their own.
const { properties: ofPlatforms, $defs } = z.toJSONSchema(z.object(schemas), { io: "input" });

// Editors look at the platform first, so that they complete and complain in its words alone.
const schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "ping-agents declaration",
  description: "Which AI agents exist, which applications they may reach, for whom and with which scopes",
  type: "object",
  properties: { platform: { description: "Ping's cloud that this environment is on", enum: names } },
  required: ["platform"],
  allOf: names.map((platform) => ({
    if: { properties: { platform: { const: platform } }, required: ["platform"] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
    then: { $ref: `#/$defs/${platform}` },
  })),
  $defs: { ...ofPlatforms, ...$defs },
};
const file = argv[2] ?? fileURLToPath(new URL("../schema/declaration.schema.json", import.meta.url));
writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
