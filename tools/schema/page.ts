/** The reference of the declaration, for people: a table a section, made of what the fields say of themselves. */

import type { Schema } from "./fields.ts";
import { introduction } from "./introduction.ts";
import { cell, defaultOf, exampleOf, formsOf, meanings, typeOf, wordsOf } from "./words.ts";

/** A mapping of the declaration that has a table of its own. */
type Section = {
  /** Keys that lead to it, without those that somebody chose. */
  readonly path: readonly string[];
  readonly description: string | undefined;
  /** What can stand there: its fields, in one form or in several. */
  readonly forms: readonly Schema[];
};

/** Sections with what agents and applications have in common. */
const CLIENTS = ["applications", "agents"];

/** The page. @param platforms schemas by name, each with its title */
export function referencePage(platforms: Readonly<Record<string, Schema>>): string {
  const parts = Object.entries(platforms).map(([name, schema]) => platformPart(name, schema));
  return [introduction, ...parts].join("\n");
}

function platformPart(name: string, schema: Schema): string {
  const all = sectionsOf(withCommon(schema), []);
  const sections = unique(all);
  const headings = new Map(sections.map((section) => [section, headingOf(name, section, all)]));
  const linkOf = (field: Schema): string | undefined => {
    const found = sections.find((one) => sameForms(one.forms, innerOf(field)));
    const heading = found && headings.get(found);
    return heading && `#${anchor(heading)}`;
  };
  const words = { linkOf, meaningOf: meaningOf() };
  const lines = sections.map((section) => sectionPart(headings.get(section) ?? "", section, words));
  const example = `stacks/${EXAMPLES[name]}`;
  const head = `\`platform: ${name}\`, of which [${example}](../${example}) is a complete example.`;
  return [`## ${schema.title}`, "", head, "", ...lines].join("\n");
}

/** What a field is, with its words, which are explained where they stand first. */
function meaningOf(): Words["meaningOf"] {
  const explained = new Map<string, string>();
  return (field, heading) => {
    const words = wordsOf(field);
    const text = JSON.stringify(words);
    const before = words && explained.get(text);
    if (words && !before) explained.set(text, heading);
    const lines =
      before && before !== heading ? [`words as in [${before}](#${anchor(before)})`] : meanings(words ?? {});
    return [field.description ?? "", ...lines].join("<br>");
  };
}

/** The schema with what agents and applications have in common in a section of its own, and only the rest in theirs. */
function withCommon(schema: Schema): Schema {
  const { properties = {} } = schema;
  const [first, second] = CLIENTS.map((kind) => entryOf(properties[kind]));
  if (!first?.properties || !second?.properties) return schema;
  const isCommon = ([key, field]: [string, Schema]) =>
    JSON.stringify(second.properties?.[key]) === JSON.stringify(field);
  const common = Object.fromEntries(Object.entries(first.properties).filter(isCommon));
  const rest = Object.fromEntries(
    CLIENTS.map((kind) => {
      const entry = entryOf(properties[kind]) ?? {};
      const own = Object.entries(entry.properties ?? {}).filter(([key]) => !(key in common));
      return [kind, { ...properties[kind], additionalProperties: { ...entry, properties: Object.fromEntries(own) } }];
    }),
  );
  const both = {
    description: "What agents and applications have in common",
    additionalProperties: { type: "object", required: first.required ?? [], properties: common },
  };
  return { ...schema, properties: { ...properties, ...rest, [COMMON]: both } };
}

/** The key of the section with what agents and applications have in common, which no file has. */
const COMMON = "agents and applications";

const entryOf = (field: Schema | undefined) =>
  typeof field?.additionalProperties === "object" ? field.additionalProperties : undefined;

/** The forms of a mapping, also of one that stands in a list or under keys that somebody chose. */
function innerOf(field: Schema): readonly Schema[] {
  const inner = field.items ?? entryOf(field) ?? field;
  const forms = formsOf(inner).filter(({ properties }) => properties !== undefined);
  return forms.map(({ properties, required }) => ({ properties, required }) as Schema);
}

function sectionsOf(schema: Schema, path: readonly string[]): Section[] {
  const forms = innerOf(schema);
  if (forms.length === 0) return [];
  const below = forms.flatMap(({ properties = {} }) =>
    Object.entries(properties)
      .toSorted(clientsFirst)
      .flatMap(([key, field]) => sectionsOf(field, [...path, key])),
  );
  return [{ path, description: schema.description, forms }, ...below];
}

/** What most readers look for. */
const ORDER = ["agents", "applications", COMMON, "resources"];
const clientsFirst = ([one]: [string, Schema], [other]: [string, Schema]) => place(one) - place(other);
const place = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);

const sameForms = (one: readonly Schema[], other: readonly Schema[]) => JSON.stringify(one) === JSON.stringify(other);

/** Each section once, where it stands first. */
const unique = (sections: readonly Section[]) =>
  sections.filter((one, index) => sections.findIndex((other) => sameForms(other.forms, one.forms)) === index);

const EXAMPLES: Readonly<Record<string, string>> = { aic: "dev.yaml", pingone: "pingone-dev.yaml" };
const PLATFORMS: Readonly<Record<string, string>> = { aic: "AIC", pingone: "PingOne" };

/** @param all sections, also those that stand in several places */
function headingOf(platform: string, { path, forms }: Section, all: readonly Section[]): string {
  const cloud = PLATFORMS[platform] ?? platform;
  const [first = "", ...rest] = path;
  if (path.length === 0) return `${cloud}: the file`;
  if (first === COMMON && rest.length === 0) return `${cloud}: ${COMMON}`;
  const isOfBoth = CLIENTS.every((kind) => all.some((one) => one.path[0] === kind && sameForms(one.forms, forms)));
  return `${cloud}: \`${(first === COMMON || isOfBoth ? rest : path).join(".")}\``;
}

/** As GitHub makes it. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");

type Words = {
  /** Where a field's own section is. */
  readonly linkOf: (field: Schema) => string | undefined;
  /** What a field is. @param heading of the section that it stands in */
  readonly meaningOf: (field: Schema, heading: string) => string;
};

function sectionPart(heading: string, section: Section, { linkOf, meaningOf }: Words): string {
  const { path, description, forms } = section;
  const [cloud = ""] = heading.split(":", 1);
  const common = path.length === 1 && CLIENTS.includes(path[0] ?? "") ? commonTo(cloud) : "";
  const said = path.length === 0 ? [] : [`${description ?? ""}.${choiceOf(forms)}${common}`, ""];
  const rows = fieldsOf(forms)
    .filter(([key]) => key !== COMMON)
    .map(([key, field, need]) => {
      const to = linkOf(field);
      const name = to === undefined ? `\`${key}\`` : `[\`${key}\`](${to})`;
      return [name, typeOf(field), needOf(need) ?? defaultOf(field), exampleOf(field), meaningOf(field, heading)];
    });
  const table = rows.map((row) => `| ${row.map(cell).join(" | ")} |`);
  return [
    `### ${heading}`,
    "",
    ...said,
    "| Field | Type | Default | Example | What it is |",
    "| --- | --- | --- | --- | --- |",
    ...table,
    "",
  ].join("\n");
}

/** Where the other fields of an agent or application are. */
const commonTo = (cloud: string) =>
  ` Beside these they have the fields of [${COMMON}](#${anchor(`${cloud}: ${COMMON}`)}).`;

/** Of several forms, by which fields each is known. */
function choiceOf(forms: readonly Schema[]): string {
  const isNamed = forms.some(({ properties = {} }) =>
    Object.values(properties).some(({ const: word }) => word !== undefined),
  );
  if (forms.length < 2 || isNamed) return "";
  const by = forms.map(({ required = [] }) => required.map((key) => `\`${key}\``).join(" and "));
  return ` With ${by.slice(0, -1).join(", ")}, or ${by.at(-1)}.`;
}

/** A field as all forms have it: where each form is known by a word, by all of them. */
function oneOf(variants: readonly Schema[]): Schema {
  const words = variants.flatMap(({ const: word, description = "" }) =>
    word === undefined ? [] : [[word, description]],
  );
  if (words.length < 2) return variants.at(-1) ?? {};
  return { description: "Which form the entry has", words: Object.fromEntries(words) };
}

/** Whether a field has to be there: in each form of a mapping, in one, or in none. */
type Need = "every" | "one" | "none";
const needOf = (need: Need) => ({ every: "**required**", one: "**required** in its form", none: undefined })[need];

/** The fields of all forms, first those that have to be there. */
function fieldsOf(forms: readonly Schema[]): (readonly [key: string, field: Schema, need: Need])[] {
  const all = Map.groupBy(
    forms.flatMap(({ properties = {} }) => Object.entries(properties)),
    ([key]) => key,
  );
  const fields = [...all].map(([key, variants]) => {
    const field = oneOf(variants.map(([, variant]) => variant));
    const asking = forms.filter(({ required = [] }) => required.includes(key)).length;
    return [key, field, asking === forms.length ? "every" : asking > 0 ? "one" : "none"] as const;
  });
  const isEvery = ([, , need]: (typeof fields)[number]) => need === "every";
  return [...fields.filter(isEvery), ...fields.filter((one) => !isEvery(one))];
}
