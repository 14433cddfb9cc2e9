/**
 * Scripts between values and text. What is written comes from values alone, each encoded as JSON, so that none of them can be
 * code; what is read must say exactly this, however it is spaced, commented and quoted, or it is a text that stays one
 * (delegation §4).
 */

import { isDeepStrictEqual } from "node:util";
import type { ScriptValues } from "../../fields/aic-script.ts";

/** JSON as JavaScript: two line separators end a text in older engines. */
const literal = (value: unknown) =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);

/** The form that the tutorial has (delegation §4). */
const FIRST_RESOURCE = 'requestProperties.get("requestParams").get("resource").get(0)';

/** The text of a script. */
export function scriptText(values: ScriptValues): string {
  const statements = "mayAct" in values ? [mayAct(values.mayAct.client)] : tokenStatements(values);
  return statements.map((one) => `${one};\n`).join("");
}

const mayAct = (client: string) => `token.setMayAct(${literal({ client_id: client, sub: client })})`;

const tokenStatements = ({ audience, audienceFromResource }: Exclude<ScriptValues, { mayAct: unknown }>) => [
  ...(audience === undefined ? [] : [`accessToken.setField("aud", ${literal(audience)})`]),
  ...(audienceFromResource ? [`accessToken.setField("audience", ${FIRST_RESOURCE})`] : []),
];

/** Whether a script has comments alone, as the one that every realm has to begin with (delegation §4). */
export const saysNothing = (script: string): boolean => tokensOf(script).length === 0;

/** What a script says; undefined where it says anything else. */
export function scriptValues(script: string): ScriptValues | undefined {
  const tokens = tokensOf(script);
  const text = tokens.join(" ");
  const client = textAfter('token . setMayAct ( { "client_id" : ', text);
  const audience = textAfter('accessToken . setField ( "aud" , ', text);
  const copies = text.includes('accessToken . setField ( "audience" , ');
  const values: ScriptValues =
    client === undefined
      ? { ...(audience !== undefined && { audience }), ...(copies && { audienceFromResource: true as const }) }
      : { mayAct: { client } };
  return tokens.length > 0 && isDeepStrictEqual(tokens, tokensOf(scriptText(values))) ? values : undefined;
}

/** The text of JSON that stands after another one. */
function textAfter(before: string, all: string): string | undefined {
  const at = all.indexOf(before);
  const [found] = at < 0 ? [] : (/^"(?:[^"\\]|\\.)*"/.exec(all.slice(at + before.length)) ?? []);
  try {
    return found === undefined ? undefined : (JSON.parse(found) as string);
  } catch {
    return undefined;
  }
}

/** Texts, comments, words, and whatever else stands alone. */
const TOKEN = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\*[\s\S]*?\*\/|\/\/[^\n]*|([\w$]+|[^\s\w$])/g;

/** What a script consists of, in one spelling: keys and texts in double quotes, no function around it, no last semicolon. */
function tokensOf(script: string): string[] {
  const all = [...script.matchAll(TOKEN)].flatMap(([, text, other]) => text ?? other ?? []);
  const spelt = all.map((token, index) => {
    const isKey = /^\w+$/.test(token) && all[index + 1] === ":";
    return isKey || /^'[^'\\"]*'$/.test(token) ? JSON.stringify(token.replaceAll("'", "")) : token;
  });
  const whole = spelt.at(-1) === ";" ? spelt.slice(0, -1) : spelt;
  const wrapped = WRAPPERS.find(([start, end]) => ends(whole, start, end));
  if (!wrapped) return whole;
  return tokensOf(whole.slice(wrapped[0].length, -wrapped[1].length).join(" "));
}

const START = ["(", "function", "(", ")", "{"];
const WRAPPERS = [
  [START, ["}", "(", ")", ")"]],
  [START, ["}", ")", "(", ")"]],
] as const;

const ends = (tokens: readonly string[], start: readonly string[], end: readonly string[]) =>
  tokens.length >= start.length + end.length &&
  isDeepStrictEqual(tokens.slice(0, start.length), start) &&
  isDeepStrictEqual(tokens.slice(-end.length), end);
