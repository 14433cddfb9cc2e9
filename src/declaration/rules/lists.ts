/** Lists that are sets: an entry that stands in one twice was meant to be another. Pure. */

import { type Mapping, mapping, type Refuse, type Rule, texts } from "./rule.ts";

/** What holds values of others, in which a repetition has its meaning, or is the schema's to tell. */
const OTHERS: readonly string[] = ["extra", "properties", "claims", "policies", "metadata"];

export const repeatedEntries: Rule = (written, refuse) => walk(written, [], refuse);

function walk(value: unknown, path: readonly PropertyKey[], refuse: Refuse): void {
  for (const [index] of repeated(value)) refuse([...path, index], "stands in the list already");
  const inner: Mapping = Array.isArray(value) ? { ...value } : mapping(value);
  for (const [key, one] of Object.entries(inner).filter(([name]) => !OTHERS.includes(name)))
    walk(one, [...path, Array.isArray(value) ? Number(key) : key], refuse);
}

/** Every text of a list that an earlier one is equal to. */
function repeated(value: unknown) {
  const seen = new Set<string>();
  return texts(value).filter(([, text]) => seen.size === seen.add(text).size);
}
