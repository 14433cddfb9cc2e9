/** Every field of a declaration says what it is: for editors, the reference, and whoever reads either. */

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { standard } from "../../../tools/schema/editor.ts";
import { type Schema, writtenSchemas } from "../../../tools/schema/fields.ts";

type Field = { readonly path: string; readonly field: Schema; readonly isOptional: boolean };

/** Every field of a schema, also of what stands in lists and mappings and in the forms of a choice. */
function fieldsOf(schema: Schema, path: string): Field[] {
  const { properties = {}, required = [], items, additionalProperties, anyOf = [] } = schema;
  const inner = [items, additionalProperties].filter((one) => typeof one === "object");
  return [
    ...Object.entries(properties).flatMap(([key, field]) => [
      { path: `${path}.${key}`, field, isOptional: !required.includes(key) },
      ...fieldsOf(field, `${path}.${key}`),
    ]),
    ...inner.flatMap((one) => fieldsOf(one, `${path}.*`)),
    ...anyOf.flatMap((one) => fieldsOf(one, path)),
  ];
}

const fields = Object.entries(writtenSchemas()).flatMap(([name, schema]) => fieldsOf(schema, name));
const pathsOf = (those: readonly Field[]) => those.map(({ path }) => path);

const isSection = ({ properties }: Schema) => properties !== undefined;
/** A section, in one of its forms. */
const mayBeSection = (schema: Schema): boolean => isSection(schema) || (schema.anyOf ?? []).some(mayBeSection);
/** A mapping of entries, each of which the schema describes. */
const isCollection = ({ additionalProperties }: Schema) =>
  typeof additionalProperties === "object" && mayBeSection(additionalProperties);
const isListOfSections = ({ items }: Schema) => items !== undefined && isSection(items);
/** What says all that can be said. */
const isClosed = ({ type, enum: words, const: only, words: meant }: Schema) =>
  type === "boolean" || words !== undefined || only !== undefined || meant !== undefined;

/** AM's console and documentation do not say what it takes. */
const UNKNOWN = /\.tokens\.updateAccessToken$/;

test("there are many", () => {
  expect(fields.length).toBeGreaterThan(450);
});

test("has a description, in a sentence without an end", () => {
  const silent = fields.filter(({ field: { description = "" } }) => !/^\S.*[^.\s]$/.test(description));
  expect(pathsOf(silent)).toEqual([]);
});

test("has a default where it may be left out, or says why there is none", () => {
  const unsaid = fields.filter(
    ({ field, isOptional }) =>
      isOptional &&
      !isSection(field) &&
      !isCollection(field) &&
      field.default === undefined &&
      field.otherwise === undefined,
  );
  expect(pathsOf(unsaid)).toEqual([]);
});

test("has a unit where it is a time, and no other has", () => {
  const isTime = ({ path }: Field) => /(Lifetime|Timeout|CacheTime|GracePeriod|MaxAge|Interval|overlap)$/.test(path);
  const strange = fields.filter(
    (one) => isTime(one) !== (one.field.unit !== undefined) && one.field.type !== "boolean",
  );
  expect(pathsOf(strange)).toEqual([]);
  expect(pathsOf(fields.filter(({ field }) => field.unit === "milliseconds")).sort()).toEqual(
    ["agents", "applications"].flatMap((kind) =>
      ["jwksCacheMissCacheTime", "jwksCacheTimeout"].map((key) => `aic.${kind}.*.keys.${key}`),
    ),
  );
});

test("has an example, unless it says all words that it takes or what stands in it", () => {
  const bare = fields.filter(
    ({ field, path }) =>
      !isClosed(field) &&
      !isSection(field) &&
      !isCollection(field) &&
      !isListOfSections(field) &&
      (field.examples ?? []).length === 0 &&
      field.unit === undefined &&
      !UNKNOWN.test(path),
  );
  expect(pathsOf(bare)).toEqual([]);
});

test("words of an enumeration are those that it takes", () => {
  const strange = fields.filter(
    ({ field: { words, isOpen, enum: taken } }) => words && !isOpen && Object.keys(words).join() !== taken?.join(),
  );
  expect(pathsOf(strange)).toEqual([]);
});

test("defaults and examples are values that the field takes", () => {
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  const refused = fields.flatMap(({ path, field }) => {
    const said = [...(field.default === undefined ? [] : [field.default]), ...(field.examples ?? [])];
    if (said.length === 0) return [];
    const takes = ajv.compile(standard(field));
    return said.filter((value) => !takes(value)).map((value) => ({ path, value }));
  });
  expect(refused).toEqual([]);
});
