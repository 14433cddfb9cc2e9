#!/usr/bin/env node
/**
 * Writes the types of what resources take and answer, from the schemas of their kinds, with the texts that editors show.
 * Usage: npm run schema, or node tools/types.ts FOLDER
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { projectRoot } from "./bootstrap/paths.mjs";
import { type Cloud, clouds } from "./reference/kinds.ts";
import { TypeTexts } from "./reference/type-text.ts";

const components = argv[2] ?? join(projectRoot, "src", "components");

function typesOf({ title, kinds, agent, application }: Cloud): string {
  const texts = new TypeTexts();
  for (const { name, inputs, outputs, replaces } of kinds) {
    texts.add(`${name}Inputs`, `What \`${name}\` takes`, texts.members(inputs, "input", name, replaces));
    const all = texts.members(inputs, "output", name, replaces) + texts.members(outputs, "output", name);
    texts.add(`${name}Outputs`, `What a \`${name}\` has`, all);
  }
  texts.add("AgentEntry", "An agent as in a declaration", texts.members(agent, "input", "Agent"));
  texts.add(
    "ApplicationEntry",
    "An application as in a declaration",
    texts.members(application, "input", "Application"),
  );
  const args = kinds.map(
    ({ name }) => `/** Arguments of \`${name}\`. */\nexport type ${name}Args = Args<${name}Inputs>;\n`,
  );
  return `/** What the resources of ${title} take and have. Made by npm run schema from the schemas of their kinds. Do not edit. */

import type { Args } from "../resource.ts";

${texts.text}
${args.join("\n")}`;
}

for (const cloud of clouds) {
  const folder = join(components, cloud.wing);
  mkdirSync(folder, { recursive: true });
  const biome = join(projectRoot, "node_modules", ".bin", "biome");
  const input = typesOf(cloud);
  const formatted = execFileSync(biome, ["format", "--stdin-file-path=types.ts"], { input, cwd: projectRoot });
  writeFileSync(join(folder, "types.ts"), formatted);
}
