#!/usr/bin/env node
/**
 * Writes the JSON Schema with which editors check and complete declarations, from the schemas that check them.
 * Usage: npm run schema, or node tools/schema.ts FILE
 */

import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { editorSchema } from "./schema/editor.ts";
import { writtenSchemas } from "./schema/fields.ts";

const file = argv[2] ?? fileURLToPath(new URL("../schema/declaration.schema.json", import.meta.url));
writeFileSync(file, `${JSON.stringify(editorSchema(writtenSchemas()))}\n`);
