/**
 * The two representations of agents and clients (aic §2.1): wrapped by id, plain in a query. Stored is the wrapped
 * one. Pure functions.
 */
import { frozen, isObject, type JsonObject, once } from "../../json.ts";

/** The section that is plain also by id. */
export const PLAIN_SECTION = "overrideOAuth2ClientConfig";
/** The member that marks a stored secret: always plain null. */
export const SECRET_MARKER = "userpassword";

/** Attributes that only a query shows, as null. They are accepted in a write, and dropped. */
const QUERY_ONLY: Readonly<Record<string, readonly string[]>> = {
  coreOAuth2ClientConfig: ["agentgroup"],
  [PLAIN_SECTION]: ["accessTokenModifierClass", "customLoginUrlTemplate", "oidcClaimsClass"],
};

type Wrapper = { inherited: boolean; value?: unknown };

export function isWrapper(value: unknown): value is Wrapper {
  return (
    isObject(value) &&
    typeof value.inherited === "boolean" &&
    Object.keys(value).every((key) => key === "inherited" || key === "value")
  );
}

/** A value without its wrapper; unset is null. */
export function unwrap(value: unknown): unknown {
  return isWrapper(value) ? (value.value ?? null) : value;
}

function wrap(value: unknown): Wrapper {
  if (isWrapper(value)) return value;
  return value === null ? { inherited: false } : { inherited: false, value };
}

const isSection = (key: string) => key.endsWith("Config");
const isMeta = (key: string) => key.startsWith("_");

/** Attributes that a write may carry in a section though an object never has them by id. */
export function queryOnly(section: string): readonly string[] {
  return QUERY_ONLY[section] ?? [];
}

/** The form that by-id answers have, from either form. */
export function toWrapped(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (isMeta(key)) return [key, value];
      if (key === SECRET_MARKER) return [key, null];
      if (!isSection(key) || !isObject(value)) return [key, wrap(value)];
      const isDropped = (name: string, inner: unknown) => queryOnly(key).includes(name) && unwrap(inner) === null;
      const attributes = Object.entries(value).filter(([name, inner]) => !isDropped(name, inner));
      const wrapped = attributes.map(([name, inner]) => {
        if (name === SECRET_MARKER) return [name, null];
        return [name, key === PLAIN_SECTION ? unwrap(inner) : wrap(inner)];
      });
      return [key, Object.fromEntries(wrapped)];
    }),
  );
}

/** The form that query answers have, from the wrapped one. */
export const toPlain = once((wrapped: JsonObject): JsonObject => {
  const members = Object.entries(wrapped).map(([key, value]) => {
    if (isMeta(key) || !isSection(key) || !isObject(value)) return [key, unwrap(value)];
    const attributes = Object.entries(value).map(([name, inner]) => [name, unwrap(inner)]);
    const extra = queryOnly(key).map((name) => [name, null]);
    return [key, Object.fromEntries([...extra, ...attributes])];
  });
  return frozen(Object.fromEntries(members));
});
