/** New entries in the text of a declaration: not a character of what stands there is changed. Pure. */

import { Document, isMap, isNode, isScalar, type Pair, parseDocument, visit, type YAMLMap } from "yaml";
import { PingAgentsError } from "../errors.ts";
import { flowText, YAML_OPTIONS } from "./yaml.ts";

/** Columns that a list in one line may take. */
const WIDTH = 120;

/**
 * The text with entries added to a section, which is made where there is none.
 *
 * @throws ERR_FILE where the section takes no entry, such as an alias
 */
export function withEntries(text: string, section: string, entries: Readonly<Record<string, unknown>>): string {
  const { contents } = parseDocument(text, YAML_OPTIONS);
  const written = isMap(contents) ? contents.get(section, true) : undefined;
  if (Object.keys(entries).length === 0) return text;
  if (written === undefined) return withSection(text, section, entries);
  if (!isMap(written)) {
    throw new PingAgentsError("ERR_FILE", `${section} is written so that no entry can be added to it`, {
      hint: `write ${section} as a mapping of its own; nothing was changed`,
    });
  }
  return withEntry(text, written, written.flow ? flowText(entries).replace(/^\{|\}$/g, "") : blockText(entries));
}

/** The text with a section at its end; as it is where it has the section. */
export function withSection(text: string, section: string, value: unknown): string {
  const { contents } = parseDocument(text, YAML_OPTIONS);
  const block = blockText({ [section]: value });
  if (!isMap(contents)) return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${block}\n`;
  return contents.has(section) ? text : withEntry(text, contents, `\n${block}`);
}

/** A value as people write it: lists of words in one line. */
export function blockText(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Seq: (_key, list) => {
      list.flow = list.items.every((item) => isScalar(item));
    },
  });
  return document.toString({ lineWidth: WIDTH, flowCollectionPadding: false }).trimEnd();
}

/** The text with one more entry at the end of a mapping, on lines of its own in block style. */
export function withEntry(text: string, mapping: YAMLMap, entry: string): string {
  const [start = 0, end = 0] = mapping.range ?? [];
  if (mapping.flow) {
    const last = endOf(mapping.items.at(-1)) ?? start + 1;
    return `${text.slice(0, last)}${mapping.items.length ? "," : ""} ${entry}${text.slice(last)}`;
  }
  const indent = " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
  const written = text.slice(0, end).trimEnd().length;
  const lineEnd = written + text.slice(written).search(/\r?\n|$/); // a comment stays on its line
  const newLine = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = entry.split("\n").map((line) => (line === "" ? "" : indent + line));
  return `${text.slice(0, lineEnd)}${newLine}${lines.join(newLine)}${text.slice(lineEnd)}`;
}

/** Where an entry of a mapping ends. */
function endOf(pair: Pair | undefined): number | undefined {
  const node = pair?.value ?? pair?.key;
  return isNode(node) ? node.range?.[1] : undefined;
}
