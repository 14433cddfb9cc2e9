#!/usr/bin/env node
/**
 * Writes the JSON Schema with which editors check and complete declarations, and the reference for people, from the schemas that
 * check them; and the schema of what drift prints for programs.
 * Usage: npm run schema
 */

import { writeFileSync } from "node:fs";
import { z } from "zod";
import { driftSchema } from "../src/reports/drift/json.ts";
import { editorSchema } from "./schema/editor.ts";
import { writtenSchemas } from "./schema/fields.ts";
import { referencePage } from "./schema/page.ts";

const written = writtenSchemas();
const write = (file: string, text: string) => writeFileSync(new URL(`../${file}`, import.meta.url), text);

write("schema/declaration.schema.json", `${JSON.stringify(editorSchema(written))}\n`);
write("schema/drift.schema.json", `${JSON.stringify(z.toJSONSchema(driftSchema))}\n`);
write("docs/declaration.md", referencePage(written));
