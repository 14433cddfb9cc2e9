#!/usr/bin/env node
/**
 * Writes the classes of the resources, and the types of what they take and answer, from their kinds, with the texts that editors show.
 * Usage: npm run schema, or node tools/types.ts FOLDER
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
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

/** Where the kinds of a wing are, in the order of its list: file, and name in it. */
async function placesOf({ wing }: Cloud): Promise<Map<string, { readonly file: string; readonly constant: string }>> {
  const folder = join(projectRoot, "src", "providers", wing);
  const list = readFileSync(join(folder, "platform.ts"), "utf8");
  const files = [...list.matchAll(/^import \{.*\} from "\.\/([\w-]+\.ts)";$/gm)].map(([, file = ""]) => file);
  const found = files.map(async (file) => {
    const constants: Record<string, { readonly type?: string } | undefined> = await import(join(folder, file));
    return Object.entries(constants).map(([constant, kind]) => [kind?.type, { file, constant }] as const);
  });
  return new Map((await Promise.all(found)).flat().flatMap(([type, place]) => (type ? [[type, place]] : [])));
}

async function classesOf(cloud: Cloud): Promise<string> {
  const places = await placesOf(cloud);
  const { wing, title, kinds } = cloud;
  const placed = kinds.map((kind) => {
    const place = places.get(`${wing}:${kind.name}`);
    if (!place) throw new Error(`no file of src/providers/${wing} exports ${wing}:${kind.name}`);
    return { ...kind, ...place };
  });
  const imports = Object.entries(Object.groupBy(placed, ({ file }) => file)).map(
    ([file, of = []]) =>
      `import { ${of.map(({ constant }) => constant).join(", ")} } from "../../providers/${wing}/${file}";`,
  );
  const classes = placed.map(
    ({ name, summary, constant }) =>
      `/** ${summary} */\nexport class ${name} extends resourceClass<types.${name}Args, types.${name}Outputs>(${constant}) {}\n`,
  );
  return `/** The resources of ${title} as Pulumi classes. Made by npm run schema from their kinds. Do not edit. */

${imports.sort().join("\n")}
import { resourceClass } from "../resource-class.ts";
import type * as types from "./types.ts";

${classes.join("\n")}`;
}

for (const cloud of clouds) {
  const folder = join(components, cloud.wing);
  mkdirSync(folder, { recursive: true });
  const biome = join(projectRoot, "node_modules", ".bin", "biome");
  const files = { "types.ts": typesOf(cloud), "resources.ts": await classesOf(cloud) };
  for (const [name, input] of Object.entries(files)) {
    const formatted = execFileSync(biome, ["format", `--stdin-file-path=${name}`], { input, cwd: projectRoot });
    writeFileSync(join(folder, name), formatted);
  }
}
