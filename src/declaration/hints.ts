/**
 * What the fields of an object need of each other, as far as a JSON Schema can say it: so editors complain while somebody types.
 * The checks beside say it for good, in better words. Pure.
 */

type Hint = Readonly<Record<string, unknown>>;

/** An object with a field. @param is what the field has to be. @default anything */
export const has = (field: string, is: Hint = {}): Hint => ({
  type: "object",
  required: [field],
  properties: { [field]: is },
});

/** An object without a field. */
export const hasNo = (field: string): Hint => ({ type: "object", properties: { [field]: false } });

/** An object whose field, where it has one, is a list of such entries. */
export const eachIn = (field: string, is: Hint): Hint => ({
  type: "object",
  properties: { [field]: { type: "array", items: is } },
});

/** One of several. */
export const oneOf = (...hints: readonly Hint[]): Hint => ({ type: "object", anyOf: hints });

/** What an object has to be where it is something. */
export const where = (is: Hint, ...hints: readonly Hint[]): Hint => ({
  if: is,
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
  then: { type: "object", allOf: hints },
});

/** A value that is one of some words. */
export const word = (...words: readonly string[]): Hint =>
  words.length === 1 ? { const: words[0] } : { anyOf: words.map((one) => ({ const: one })) };
