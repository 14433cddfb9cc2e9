/** Chains below the rows: what each token on the way says. Pure. */

import { isChained } from "../../access/row.ts";
import { bundles, sentenceOf, type Wording } from "../../access/sentence.ts";
import { type Token, tokensOf } from "../../access/token.ts";
import type { Report } from "./report.ts";
import { changed } from "./words.ts";

/** Over the chains. */
export const CHAINS = "Tokens of chains, hop by hop";

/** A chain in words: what it gives, and its tokens in the order in which they are had. */
export type Chain = { readonly sentence: string; readonly tokens: readonly string[] };

/** Chains that a reader still looks through; JSON and the page have all of them. */
const MOST = 20;

/** The chains of a matrix, and of a comparison those that are gained; `left` is how many more there are. */
export function chainsIn(
  report: Report,
  wording: Wording,
): { readonly shown: readonly Chain[]; readonly left: number } {
  const rows = report.is === "matrix" ? report.rows : changed(report).flatMap(({ gained }) => gained);
  const chains = bundles(rows.filter(isChained));
  const shown = chains.slice(0, MOST).map((bundle) => ({
    sentence: sentenceOf(bundle, wording),
    tokens: tokensOf(bundle[0]).map((token) => tokenText(token, wording.show)),
  }));
  return { shown, left: chains.length - shown.length };
}

/** `Support Agent: sub any user, act support-agent, aud audience of Gateway`. */
const tokenText = (token: Token, show: Wording["show"]): string =>
  `${show(token.holder, false)}: ${claimsOf(token, show).join(", ")}`;

/** The claims of a token, each with its name. */
export const claimsOf = ({ sub, act, aud }: Token, show: Wording["show"]): string[] =>
  Object.entries({ sub, act, aud }).map(
    ([claim, value]) => `${claim} ${value === undefined ? "none" : show(value, false)}`,
  );

/** A line where not all chains are shown. */
export const leftText = (left: number): string => `${left} more: --format json has all of them`;
