/** Small changes to a declaration: a leaf that becomes something else, or a name that somebody chose. */

import fc from "fast-check";

type Path = readonly string[];
type Change = { readonly value: unknown } | { readonly key: string };

/** Mappings whose keys are names that are chosen; other keys are words of the declaration. */
const NAMED = [
  ...["applications", "agents", "resources", "users", "groups", "esvSecrets", "esvVariables", "journeys"],
  ...["acr", "claims", "scopes"],
];
/** Where another value is another meaning, or names what is set outside. */
const FIXED = ["platform", "pattern", "env", "config"];

const TEXTS = ["", "constructor", "a/*b", "a b", "acr", "#", "openid", "http://a.example.com", 5];
const NUMBERS = [-1, 0, 1.5, 119, 2_505_601, 1e12, "1"];
const FLAGS = ["yes", true, false];
/** None is empty: Pulumi itself needs a name. */
const KEYS = ["a b", "acr", "a/*b", "x#", "iss", "constructor"];

/** A change to some place of a declaration; it is made to what is written, or to what was read of it. */
export function mutationOf(declaration: unknown): fc.Arbitrary<(to: unknown) => unknown> {
  const all = pathsOf(declaration);
  const renames = all
    .filter(({ at }) => NAMED.includes(at.at(-2) ?? "") && !Array.isArray(valueAt(declaration, at.slice(0, -1))))
    .map(({ at }) => fc.constantFrom(...KEYS).map((key) => ({ at, change: { key } })));
  const values = all.flatMap(({ at, value }) =>
    FIXED.includes(at.at(-1) ?? "") || candidates(value).length === 0
      ? []
      : [fc.constantFrom(...candidates(value)).map((other) => ({ at, change: { value: other } }))],
  );
  const some = fc.oneof(...[renames, values].filter((list) => list.length > 0).map((list) => fc.oneof(...list)));
  return some.map(
    ({ at, change }) =>
      (to) =>
        changed(to, at, change),
  );
}

/** What may stand in place of a value, right or wrong. */
function candidates(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.length ? [[], [...value, value[0]]] : [];
  return { string: TEXTS, number: NUMBERS, boolean: FLAGS }[typeof value as "string"] ?? [];
}

/** Every place of a value, and what is there. */
function pathsOf(value: unknown, at: Path = []): { readonly at: Path; readonly value: unknown }[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [...(at.length ? [{ at, value }] : []), ...inner.flatMap(([key, one]) => pathsOf(one, [...at, key]))];
}

const valueAt = (value: unknown, at: Path) =>
  at.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);

/** A copy with another value, or with the value under another key. */
function changed(value: unknown, at: Path, change: Change): unknown {
  const [key, ...rest] = at;
  if (key === undefined) return "value" in change ? change.value : value;
  const entries = Object.entries(value as object).map(([name, inner]) => {
    if (name !== key) return [name, inner];
    return rest.length === 0 && "key" in change ? [change.key, inner] : [name, changed(inner, rest, change)];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
