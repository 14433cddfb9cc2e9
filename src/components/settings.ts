/** What the components of all platforms make of a declaration. Pure. */

/** Application types whose client runs where it can keep no secret (RFC 6749 §2.1). */
const PUBLIC_TYPES: readonly string[] = ["spa", "native"];

/** True for an application whose client is public. */
export const isPublic = ({ type }: { readonly type: string }): boolean => PUBLIC_TYPES.includes(type);

/** What is declared, without what is no setting and goes its own way. */
export function omit<T extends object, Key extends string>(declared: T, others: readonly Key[]): Omit<T, Key> {
  const isSetting = ([key]: [string, unknown]) => !others.some((other) => other === key);
  return Object.fromEntries(Object.entries(declared).filter(isSetting)) as Omit<T, Key>;
}

/** A record with the same keys. */
export function mapValues<In, Out>(
  entries: Readonly<Record<string, In>>,
  each: (key: string, value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, each(key, value)]));
}
