/**
 * The few statements of scripts that the local tenant understands (delegation §4): what a script says as values. Anything
 * else is not guessed at. Pure functions.
 */
import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { JsonObject } from "../../json.ts";

/** What one statement does to a token. */
export type Statement =
  | { readonly does: "setMayAct"; readonly value: JsonObject }
  | { readonly does: "setField"; readonly field: string; readonly value: unknown }
  /** The first `resource` parameter of the request becomes a claim; nothing without one. */
  | { readonly does: "copyResource"; readonly field: string };

const COMMENTS = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const WRAPPER = /^\(?\s*function\s*\w*\s*\(\s*\)\s*\{([\s\S]*)\}\s*(?:\)\s*\(\s*\)|\(\s*\)\s*\))\s*;?$/;
const MAY_ACT = /^token\.setMayAct\((\{[\s\S]*\})\)$/;
const FIELD = /^accessToken\.setField\(\s*(?:"([^"\\]+)"|'([^'\\]+)')\s*,\s*([\s\S]+?)\s*\)$/;
const RESOURCE =
  /^requestProperties\.(?:get\(["']requestParams["']\)\.get\(["']resource["']\)\.get\(0\)|requestParams\.resource\[0\])$/;

/** What stands for itself without quotes. */
const WORD = /^(?:null|true|false|-?\d+(?:\.\d+)?)$/;

/** @returns the statements, or undefined for a script that says anything else */
export function statementsOf(script: string): Statement[] | undefined {
  const bare = script.replace(COMMENTS, (_, text: string | undefined) => text ?? " ").trim();
  const body = (WRAPPER.exec(bare)?.[1] ?? bare).trim();
  const statements = split(body).map(statementOf);
  return statements.includes(undefined) ? undefined : (statements as Statement[]);
}

function statementOf(text: string): Statement | undefined {
  const [, object] = MAY_ACT.exec(text) ?? [];
  if (object !== undefined) {
    const value = literal(object);
    return value && { does: "setMayAct", value: value.value as JsonObject };
  }
  const [, double, single, given = ""] = FIELD.exec(text) ?? [];
  const field = double ?? single;
  if (field === undefined) return undefined;
  if (RESOURCE.test(given)) return { does: "copyResource", field };
  const value = literal(given);
  return value && { does: "setField", field, value: value.value };
}

/** Statements end with a semicolon outside of texts. */
function split(body: string): string[] {
  const pieces = body.match(/(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^;"'])+|["']/g) ?? [];
  return pieces.map((piece) => piece.trim()).filter(Boolean);
}

/**
 * A literal of JavaScript, read as YAML's flow style: of what both know, both say the same. A bare word is a variable, and none.
 * @returns undefined for what is no literal
 */
function literal(text: string): { readonly value: unknown } | undefined {
  const document = parseDocument(text, { schema: "core", version: "1.2" });
  const isRead = document.errors.length === 0 && isLiteral(document.contents);
  return isRead ? { value: document.toJS() as unknown } : undefined;
}

function isLiteral(node: unknown): boolean {
  if (isMap(node)) return isFlow(node) && node.items.every(({ key, value }) => isScalar(key) && isLiteral(value));
  if (isSeq(node)) return isFlow(node) && node.items.every(isLiteral);
  if (!isScalar(node) || node.anchor !== undefined || node.tag !== undefined) return false;
  if (node.type === "PLAIN") return WORD.test(node.source ?? "");
  // The two languages escape differently between single quotes; and YAML's other styles are no JavaScript.
  return node.type === "QUOTE_DOUBLE" || (node.type === "QUOTE_SINGLE" && !/['\\]/.test(String(node.value)));
}

const isFlow = (node: Node): boolean => "flow" in node && node.flow === true;
