/** PingOne's words for things that OAuth 2.0 and OpenID Connect have words for already, and back. */

import { CIBA, DEVICE_CODE, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";

/** Grant types (RFC 6749, RFC 8628, RFC 8693, CIBA) and what PingOne calls them, where lower case is not enough. */
const GRANT_TYPES: Readonly<Record<string, string>> = {
  [TOKEN_EXCHANGE]: "TOKEN_EXCHANGE",
  [CIBA]: "CIBA",
  [DEVICE_CODE]: "DEVICE_CODE",
};
const GRANT_TYPE_NAMES = Object.fromEntries(Object.entries(GRANT_TYPES).map(([urn, name]) => [name, urn]));

/** Enumerations are open: a word that nobody knows yet passes in either direction (pingone §3.2). */
export const upper = (word: string): string => word.toUpperCase();
export const lower = (word: string): string => word.toLowerCase();

const grantTypeToWire = (value: string): string => GRANT_TYPES[value] ?? upper(value);
const grantTypeFromWire = (name: string): string => GRANT_TYPE_NAMES[name] ?? lower(name);

/** A codec for one word. */
export const oneWord = { toWire: upper, fromWire: lower };
/** A codec for a set of words. */
export const manyWords = {
  absent: [],
  toWire: (values: readonly string[]) => values.map(upper),
  fromWire: (names: readonly string[]) => names.map(lower),
};
/** A codec for a set of grant types. */
export const grantTypeWords = {
  absent: [],
  toWire: (values: readonly string[]) => values.map(grantTypeToWire),
  fromWire: (names: readonly string[]) => names.map(grantTypeFromWire),
};
