/** What is no mistake for certain: words that a cloud may have learnt since, and what it is going to withdraw. Pure. */

import {
  AIC_RESPONSE_TYPES,
  KEY_LOCATIONS,
  PINGONE_WORDS,
  SIGNING_ALGORITHMS,
  SUBJECT_TYPES,
} from "../../fields/words.ts";
import { suggest } from "../describe.ts";
import { clientsOf, get, type Rule, texts } from "./rule.ts";

/** Words of an enumeration that stays open, by the path of the field in an agent or application. */
type Words = Readonly<Record<string, readonly string[]>>;

const AIC: Words = {
  "keys.location": Object.keys(KEY_LOCATIONS),
  "idToken.subjectType": Object.keys(SUBJECT_TYPES),
  responseTypes: AIC_RESPONSE_TYPES,
  ...Object.fromEntries(
    ["idToken.signedResponseAlg", "userinfo.signedResponseAlg", "authentication.signingAlg"].map((field) => [
      field,
      SIGNING_ALGORITHMS,
    ]),
  ),
};

const PINGONE: Words = {
  authMethod: Object.keys(PINGONE_WORDS.authMethod),
  responseTypes: Object.keys(PINGONE_WORDS.responseTypes),
  "tokens.refreshTokenFormat": Object.keys(PINGONE_WORDS.refreshTokenFormat),
  "authorization.pkce": Object.keys(PINGONE_WORDS.pkce),
};

/** Clouds take some words in any case. */
const isAmong = (known: readonly string[], word: string) =>
  known.some((one) => one.toLowerCase() === word.toLowerCase());

const open = (words: Words) => (): Rule => (written, refuse) => {
  for (const [path, client] of clientsOf(written)) {
    for (const [field, known] of Object.entries(words)) {
      const at = field.split(".");
      const value = get(client, at);
      const used = typeof value === "string" ? [[undefined, value] as const] : texts(value);
      for (const [index, word] of used.filter(([, one]) => !isAmong(known, one))) {
        const message = `is no word of the documentation${suggest(word, known)}`;
        refuse([...path, ...at, ...(index === undefined ? [] : [index])], message);
      }
    }
  }
};

/** Words that the kit does not know on a platform. */
export const aicWords = open(AIC);
export const pingOneWords = open(PINGONE);

const DAY = 24 * 60 * 60 * 1000;
/** After that day PingOne has no refresh tokens of this format (pingone §4.2). */
const LAST_DAY = Date.UTC(2027, 2, 1);

/** Refresh tokens as JWTs, which PingOne withdraws. */
export const jwtRefreshTokens =
  (now: Date): Rule =>
  (written, refuse) => {
    const days = Math.ceil((LAST_DAY - now.getTime()) / DAY);
    for (const [path, client] of clientsOf(written)) {
      const format = get(client, ["tokens", "refreshTokenFormat"]);
      if (typeof format !== "string" || format.toLowerCase() !== "json_web_token") continue;
      const when = days > 0 ? `in ${days} days` : "and that day is over";
      refuse(
        [...path, "tokens", "refreshTokenFormat"],
        `PingOne withdraws json_web_token after 1 March 2027, ${when}: use opaque_token`,
      );
    }
  };
