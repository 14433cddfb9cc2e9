#!/usr/bin/env node
/**
 * Writes the reference of resources and components for TypeScript programs, from the schemas that check them.
 * Usage: npm run schema, or node tools/resources.ts FILE
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import type { z } from "zod";
import { projectRoot } from "./bootstrap/paths.mjs";
import { fieldsOf } from "./reference/fields.ts";
import { type Cloud, clouds } from "./reference/kinds.ts";
import { TypeTexts } from "./reference/type-text.ts";

const FILE = join(projectRoot, "docs", "resources.md");

/** The components of each cloud, and where what they take beside an entry of a declaration is written. */
const COMPONENTS = [
  { name: "DeclaredAgent", file: "declared-agent.ts", entry: "agent" },
  { name: "CustomApplication", file: "custom-application.ts", entry: "application" },
] as const;
const BESIDE = { aic: /Args = \w+ & \{\n([\s\S]*?)\n\};/, pingone: /type Surroundings = \{\n([\s\S]*?)\n\};/ };

const sourceOf = (wing: string, file: string) =>
  readFileSync(join(projectRoot, "src", "components", wing, file), "utf8");

/** The text of a comment, without its marks and what comes after a tag. */
const said = (comment: string) =>
  comment
    .split("\n")
    .map((line) => line.replace(/^\s*\/?\*+\/?\s?|\s*\*\/$/g, ""))
    .join("\n")
    .split(/(?:^|\s)@/m)[0]
    ?.replace(/\{@link (\w+)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim() ?? "";

/** What is said of each exported class of a source. */
const classesOf = (text: string) =>
  new Map(
    [...text.matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\nexport class (\w+)/g)].map(([, comment = "", name = ""]) => [
      name,
      said(comment),
    ]),
  );

const cell = (text: string) => text.replaceAll("|", "\\|").replace(/\s+/g, " ").trim();
const row = (...cells: string[]) => `| ${cells.map(cell).join(" | ")} |`;
const HEAD = ["| Argument | Type | Default | Replaces | Means |", "| --- | --- | --- | --- | --- |"];

/** A type in the words of a table, with links to the objects that have one of their own. */
function typeCell(type: string, isKnown: (name: string) => boolean, anchor: (name: string) => string): string {
  const short = type.replace(/\/\*\*[\s\S]*?\*\//g, "").replace(/readonly | \| undefined/g, "");
  const open = short
    .replace(" | (string & Record<never, never>)", " | …")
    .replace("(string & Record<never, never>)", "…");
  const name = /\b[A-Z]\w+\b/.exec(open.replace(/Readonly|Record/g, ""))?.[0];
  return name && isKnown(name)
    ? `${open.replace(name, `[${name}](#${anchor(name)})`)}`
    : `\`${open.replace(/\s+/g, " ")}\``;
}

function pageOf({ wing, title, kinds, ...entries }: Cloud): string {
  const types = new TypeTexts();
  const heading = (name: string) => `${name} of ${title}`;
  const object = (name: string) => `${title}: ${name}`;
  const anchor = (name: string) => object(name).toLowerCase().replace(":", "").replaceAll(" ", "-");
  const rowsOf = (schema: z.ZodObject, owner: string, replaces: readonly string[] = []) =>
    fieldsOf(schema, replaces).map((field) => {
      const names = [field.name.replace(/^./, (first) => first.toUpperCase()), owner];
      const type = types.typeOf(field.schema, "input", names.length > 1 ? [names[0] ?? "", owner + names[0]] : names);
      const unset = field.isOptional ? field.otherwise || "unset" : "**required**";
      const shown = typeCell(type, (name) => types.objects.has(name), anchor);
      return row(`\`${field.name}\``, shown, unset, field.replaces ? "yes" : "", field.description ?? "");
    });

  const components = COMPONENTS.map(({ name, file, entry }) => {
    const text = sourceOf(wing, file);
    const beside = BESIDE[wing].exec(wing === "aic" ? text : sourceOf(wing, "client.ts"))?.[1] ?? "";
    const own = [...beside.matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n\s+readonly (\w+)(\??): ([^;]+);/g)].map(
      ([, comment = "", key = "", optional = "", type = ""]) => {
        const unset = /@default ([^\n*]+)/.exec(comment)?.[1] ?? "unset";
        const shown = `\`${type.replace(/readonly | \| undefined/g, "")}\``;
        return row(`\`${key}\``, shown, optional ? unset : "**required**", "", said(comment));
      },
    );
    const table = [...HEAD, ...own, ...rowsOf(entries[entry], name)].join("\n");
    return `### ${heading(name)}\n\n${classesOf(text).get(name)}\n\n${table}\n`;
  });

  const resources = kinds.map(({ name, summary, inputs, outputs, replaces }) => {
    const table = [...HEAD, ...rowsOf(inputs, name, replaces)].join("\n");
    const outs = fieldsOf(outputs).map((field) => row(`\`${field.name}\``, field.description ?? ""));
    const answers = outs.length > 0 ? `\n| Output | Is |\n| --- | --- |\n${outs.join("\n")}\n` : "";
    return `### ${heading(name)}\n\n${summary} \`${wing}.${name}\`.\n\n${table}\n${answers}`;
  });

  const objects: string[] = [];
  const written = new Set<string>();
  for (let more = true; more; ) {
    const next = [...types.objects].filter(([name]) => !written.has(name));
    more = next.length > 0;
    for (const [name, schema] of next) {
      written.add(name);
      objects.push(`### ${object(name)}\n\n${[...HEAD, ...rowsOf(schema, name)].join("\n")}\n`);
    }
  }
  return [
    `## ${title}: components\n\n${components.join("\n")}`,
    `## ${title}: resources\n\n${resources.join("\n")}`,
    `## ${title}: objects in arguments\n\n${objects.sort().join("\n")}`,
  ].join("\n");
}

const page = `# Resources for TypeScript programs

<!-- Made by npm run schema from the schemas of the resources. Do not edit. -->

What \`import { aic, pingone } from "ping-agents"\` has: the components expand an agent or an application as a declaration does, the
resources are one object of a tenant each. [typescript.md](typescript.md) shows programs. Of a resource each argument may be an output of
another one, at any depth; it also takes \`adopt\`, and has its arguments as outputs, with defaults filled in. An argument with "yes" under
*Replaces* is another object when it changes: the old one is deleted, the new one made. "…" stands for other words, which the cloud may have
learnt. Grant types have short names, \`token_exchange\`, \`ciba\`, \`device_code\`, \`jwt_bearer\`, \`saml2_bearer\`, \`uma_ticket\`; their
URNs go over the wire. Times are in seconds, or a text with a unit: \`90s\`, \`15m\`, \`1h\`, \`30d\`.

${clouds.map(pageOf).join("\n")}`;

writeFileSync(argv[2] ?? FILE, page);
