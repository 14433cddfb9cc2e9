/** Other values in the text of a declaration: what stays keeps its place, its form and its comments. Pure. */

import { isDeepStrictEqual } from "node:util";
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { blockText, withEntry } from "./edit.ts";
import { mapping } from "./rules/rule.ts";
import { flowText, YAML_OPTIONS } from "./yaml.ts";

/** Leads to a value; a step into a list is an index. */
export type ValuePath = readonly (string | number)[];

/** What is to stand at a path; undefined takes away what stands there. */
export type Change = { readonly path: ValuePath; readonly value: unknown };

/** The value at a path; undefined where there is none. */
export function valueAt(whole: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((at, step) => (Array.isArray(at) ? at[Number(step)] : mapping(at)[step]), whole);
}

/** What a declaration says after a change. */
export function changed(whole: unknown, { path, value }: Change): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const after = changed(valueAt(whole, [step]), { path: rest, value });
  if (Array.isArray(whole)) return whole.with(Number(step), after);
  const { [step]: _before, ...others } = mapping(whole);
  return after === undefined ? others : { ...mapping(whole), [step]: after };
}

/**
 * The text after a change, as far as it can be written there: who calls compares what the text says then with {@link changed}.
 *
 * @param declared what the declaration says, bases and all: a base says what this text does not
 */
export function withChange(text: string, declared: unknown, change: Change): string {
  const { path, value } = change;
  const after = changed(declared, change);
  let node: unknown = parseDocument(text, YAML_OPTIONS).contents;
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isSeq(node)) node = node.items[Number(step)];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (!pair) return added(text, node, step, missing(node, after, path, depth));
      if (isLast && value === undefined) return withoutPair(text, node, pair);
      node = pair.value;
    } else return text;
  }
  return isNode(node) && !isAlias(node) ? replaced(text, node, valueAt(declared, path), value) : text;
}

/** What a mapping lacks of a changed declaration: the path alone, or the whole of what would hide what is there. */
function missing(map: YAMLMap, after: unknown, path: ValuePath, depth: number): unknown {
  const isMerged = map.items.some(({ key }) => isScalar(key) && key.value === "<<");
  const least = (at: number): unknown => {
    const value = valueAt(after, path.slice(0, at)) ?? null;
    const step = path[at];
    return typeof step === "string" ? { [step]: least(at + 1) } : value;
  };
  return isMerged ? (valueAt(after, path.slice(0, depth + 1)) ?? null) : least(depth + 1);
}

function added(text: string, map: YAMLMap, key: string | number, value: unknown): string {
  const entry = { [key]: value };
  return withEntry(text, map, map.flow ? flowText(entry).replace(/^\{|\}$/g, "") : blockText(entry));
}

/** The text with another value for a node. */
function replaced(text: string, node: Node, before: unknown, value: unknown): string {
  if (isSeq(node) && node.items.length > 0 && Array.isArray(before) && Array.isArray(value)) {
    const kept = before.filter((one) => isIn(value, one));
    const isLonger = isDeepStrictEqual(value.slice(0, kept.length), kept);
    if (isLonger && before.length === node.items.length && value.length > 0) {
      return node.flow ? withFlowItems(text, node, before, value) : withBlockItems(text, node, before, value);
    }
  }
  const [start, end] = spanOf(text, node);
  return `${text.slice(0, start)}${start === end ? " " : ""}${flowText(value)}${text.slice(end)}`;
}

const isIn = (list: readonly unknown[], one: unknown) => list.some((other) => isDeepStrictEqual(other, one));

/** Where a node begins and ends, without the lines after it. */
function spanOf(text: string, node: unknown): readonly [number, number] {
  const [start = 0, end = 0] = (isNode(node) && node.range) || [];
  return [start, start + text.slice(start, end).trimEnd().length];
}

/** A list in brackets, with items that came and without those that went. */
function withFlowItems(text: string, list: YAMLSeq, before: readonly unknown[], value: readonly unknown[]): string {
  const kept = list.items
    .filter((_item, index) => isIn(value, before[index]))
    .map((item) => text.slice(...spanOf(text, item)));
  const items = [...kept, ...value.filter((one) => !isIn(before, one)).map(flowText)];
  const [start, end] = spanOf(text, list);
  return `${text.slice(0, start)}[${items.join(", ")}]${text.slice(end)}`;
}

/** A list with a line for each item: what came stands below, and what went takes its lines with it. */
function withBlockItems(text: string, list: YAMLSeq, before: readonly unknown[], value: readonly unknown[]): string {
  const [start] = spanOf(text, list);
  const indent = " ".repeat(start - lineStart(text, start));
  const newLine = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = value.filter((one) => !isIn(before, one)).map((one) => `${indent}- ${flowText(one)}${newLine}`);
  const last = nextLine(text, spanOf(text, list.items.at(-1))[1]);
  const isOpen = !text.slice(0, last).endsWith("\n");
  const longer = `${text.slice(0, last)}${isOpen && lines.length > 0 ? newLine : ""}${lines.join("")}${text.slice(last)}`;
  return list.items.reduceRight<string>((shorter, item, index) => {
    if (isIn(value, before[index])) return shorter;
    const [from, to] = spanOf(text, item);
    return `${shorter.slice(0, lineStart(text, from))}${shorter.slice(nextLine(text, to))}`;
  }, longer);
}

const lineStart = (text: string, offset: number) => text.lastIndexOf("\n", offset - 1) + 1;

/** Where the line after an offset begins; a comment stays on its line. */
function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** A mapping without a key: its lines go, or its part of the line. */
function withoutPair(text: string, map: YAMLMap, pair: Pair): string {
  const index = map.items.indexOf(pair);
  const [start] = spanOf(text, pair.key);
  const [, end] = spanOf(text, pair.value ?? pair.key);
  if (!map.flow && text.slice(lineStart(text, start), start).trim() === "") {
    return `${text.slice(0, lineStart(text, start))}${text.slice(nextLine(text, end))}`;
  }
  const next = map.items[index + 1];
  const previous = map.items[index - 1];
  if (next) return `${text.slice(0, start)}${text.slice(spanOf(text, next.key)[0])}`;
  const from = previous ? spanOf(text, previous.value ?? previous.key)[1] : start;
  return `${text.slice(0, from)}${text.slice(end)}`;
}
