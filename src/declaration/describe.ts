/** Mistakes that a schema finds, in words of the declaration. No message shows a value: it may be a secret. */

import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { forms, formsWithin } from "./schema-forms.ts";

/** A mistake and the field it is about. */
export type Described = { readonly path: readonly PropertyKey[]; readonly message: string };

type Issue = z.core.$ZodIssue;

/** What zod's names of types are called in YAML. */
const WORDS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "a mapping",
  record: "a mapping",
  string: "a text",
};

/**
 * An issue in words; unknown keys one by one, each with the key that was probably meant.
 *
 * @param schema the schema as a whole, which knows the keys
 * @param value what was checked, as a whole
 */
export function describeIssue(issue: Issue, schema: z.core.$ZodType, value: unknown): Described[] {
  const { path } = issue;
  if (issue.code === "invalid_union") return describeUnion(issue, schema, value);
  if (issue.code === "unrecognized_keys") {
    const objects = objectsAt(schema, path);
    const known = [...new Set(objects.flatMap(({ shape }) => Object.keys(shape)))];
    const word = discriminatorOf(objects);
    const beside = Object.keys(valueAt(value, path) ?? {}).filter((key) => !issue.keys.includes(key));
    return issue.keys.map((key) => {
      const misplaced = word
        ? `does not go with this ${word}`
        : `does not go beside ${beside.join(", ")}: one of them is enough`;
      const message = known.includes(key) ? misplaced : `unknown key "${key}"${suggest(key, known)}`;
      return { path: [...path, key], message };
    });
  }
  const expected = expectation(issue);
  if (expected && valueAt(value, path) === undefined) return [{ path, message: `is missing: expected ${expected}` }];
  const quotes = expected === WORDS.string && isBare(valueAt(value, path)) ? ": put it in quotes" : "";
  return [{ path, message: expected ? `expected ${expected}${quotes}` : reword(issue) }];
}

/** What YAML takes for a number or a truth value where it stands without quotes. */
const isBare = (value: unknown) => typeof value === "number" || typeof value === "boolean";

/** What the schema wants where it finds something of another type, or none of the words it knows. */
function expectation(issue: Issue): string | undefined {
  if (issue.code === "invalid_type") return WORDS[issue.expected] ?? issue.expected;
  // A schema that has words of its own for a value says more.
  if (issue.code !== "invalid_value" || !issue.message.startsWith("Invalid")) return undefined;
  const words = issue.values.map(String);
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function reword(issue: Issue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  if (issue.code === "too_small" && issue.message.startsWith("Too small")) {
    if (issue.origin === "string" || issue.origin === "array") return "must not be empty";
    return `expected ${issue.minimum} at least`;
  }
  if (issue.code === "too_big" && issue.message.startsWith("Too big")) return `expected ${issue.maximum} at most`;
  return issue.message;
}

type Union = Extract<Issue, { code: "invalid_union" }>;

/**
 * The mistakes of the form that was probably meant: the one with the fewest keys that it does not know, then with the fewest
 * mistakes. Where no form is recognisable, the schema's own words for all of them.
 */
function describeUnion(issue: Union, schema: z.core.$ZodType, value: unknown): Described[] {
  const here = valueAt(value, issue.path);
  const forms = flatten(issue).filter((form) => !form.some((one) => isOtherType(one)));
  const [meant] = forms.toSorted((a, b) => unknownKeys(a) - unknownKeys(b) || a.length - b.length);
  const isMissing = ({ path: [key] }: Issue) => key !== undefined && valueAt(here, [key]) === undefined;
  if (!meant || (unknownKeys(meant) > 0 && meant.some(isMissing))) {
    if (here === undefined) return [{ path: issue.path, message: `is missing: ${issue.message}` }];
    return [{ path: issue.path, message: issue.message }];
  }
  const absolute = meant.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
  return absolute.flatMap((one) => describeIssue(one, schema, value));
}

/** The issues of every form, those of unions inside unions too. */
const flatten = ({ errors }: Union): Issue[][] =>
  errors.flatMap((form) => {
    const [only] = form;
    return form.length === 1 && only?.code === "invalid_union" && only.path.length === 0 ? flatten(only) : [form];
  });

/** True where the value is not of the form's type at all. */
const isOtherType = ({ path, code }: Issue) => path.length === 0 && ["invalid_type", "invalid_value"].includes(code);

const unknownKeys = (issues: readonly Issue[]) =>
  issues.reduce(
    (sum, one) => sum + (one.code === "unrecognized_keys" && one.path.length === 0 ? one.keys.length : 0),
    0,
  );

/** The name that was probably meant, else all that are known. */
export function suggest(key: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(key, known);
  return distance(key, nearest) <= 1 + key.length / 3
    ? `; did you mean "${nearest}"?`
    : `; known are ${known.join(", ")}`;
}

/** The mappings that the schema knows at a path, in all forms that a union allows there. */
function objectsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.ZodObject[] {
  const schemas = path.reduce((outer, step) => formsWithin(outer, String(step)), forms(schema));
  return schemas.filter((one) => one instanceof z.ZodObject);
}

/** The key by whose word several mappings are told apart. */
function discriminatorOf(objects: readonly z.ZodObject[]): string | undefined {
  const [first, ...others] = objects.map(({ shape }) => shape);
  if (!first || others.length === 0) return undefined;
  return Object.keys(first).find((key) => [first, ...others].every((shape) => shape[key] instanceof z.ZodLiteral));
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[step] : undefined,
    value,
  );
