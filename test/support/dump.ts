/** What a tenant holds, without what two runs of the same thing cannot have in common. */

/** Everything in a tenant, by collection and id. */
export type Dump = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Revisions, ids of edges, times, and hashes of secrets that were generated. */
const VOLATILE =
  /^(_rev|properties|secret|createDate|creationDate|lastChangeDate|lastModifiedDate|lastChangedBy|valueBase64)$/;
/** What every write changes, and when an object was made. */
const MARKS = /^(_rev|createDate|creationDate|lastChangeDate|lastModifiedDate)$/;

/** A dump that equals another one when both tenants hold the same objects. */
export const comparable = (dump: Dump): Dump => without(dump, (key) => VOLATILE.test(key)) as Dump;

/** A dump that equals another one when the same tenant holds the same values as before, however often they were written. */
export const unmarked = (dump: Dump): Dump =>
  without(dump, (key, of) => MARKS.test(key) || ("ends" in of && key === "properties")) as Dump;

/**
 * What stands in an environment of PingOne without marks, which are in metadata and descriptions, and times; what is empty is none.
 *
 * @param content of a tenant
 */
export const withoutMarks = (content: Dump): unknown =>
  JSON.parse(JSON.stringify(content).replaceAll(/ ?\(managed by ping-agents: [^)]*\)/g, ""), (key, value) =>
    value === "" || /(^|\/)(updatedAt|metadata)$/.test(key) ? undefined : value,
  );

function without(value: unknown, drops: (key: string, of: object) => boolean): unknown {
  if (Array.isArray(value)) return value.map((inner) => without(inner, drops));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !drops(key, value));
  return Object.fromEntries(kept.map(([key, inner]) => [key, without(inner, drops)]));
}

/** Kinds whose ids are made of the stack's, with what tells their objects apart. */
const SALTED = { "managed/alpha_user": "userName", "managed/alpha_aiagentprivilege": "description" } as const;

/** A dump that equals another one when both were made by stacks of one name, whatever ids these had. */
export function withoutStackIds(dump: Dump): Dump {
  const text = JSON.stringify(dump)
    .replaceAll(/(\(managed by ping-agents: \S+) [a-z0-9]{12} /g, "$1 stack ")
    .replaceAll(/"stack":"[a-z0-9]{12}"/g, '"stack":"stack"');
  const named: Dump = JSON.parse(text);
  const ids = Object.entries(SALTED).flatMap(([collection, property]) =>
    Object.entries(named[collection] ?? {}).map(([id, object]) => {
      const { body } = object as { readonly body: Readonly<Record<string, unknown>> };
      return [id, `<${collection} ${String(body[property])}>`] as const;
    }),
  );
  return JSON.parse(ids.reduce((all, [id, name]) => all.replaceAll(id, JSON.stringify(name).slice(1, -1)), text));
}

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** A path or text of PingOne without its ids. */
export const withoutIds = (text: string, instead: string) => text.replaceAll(UUID, instead);

/** PingOne chooses the ids: a dump that equals another one when both hold the same objects, whatever they are called. */
export function comparablePingOne(dump: Dump): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  // The overlap after a rotation ends of its own accord.
  const mask = (text: string) =>
    withoutIds(text.replace(/"previous":\{[^}]*\},?/, ""), "<id>")
      .replaceAll(TIME, "<time>")
      .replaceAll(/hmac-sha256:[\da-f]+/g, "<secret>");
  for (const [collection, documents] of Object.entries(dump)) {
    if (!collection.startsWith("pingone/")) continue;
    const rows = Object.values(documents).map((document) => mask(JSON.stringify(document)));
    const name = mask(collection);
    result[name] = [...(result[name] ?? []), ...rows].sort();
  }
  return Object.fromEntries(Object.entries(result).filter(([, rows]) => rows.length > 0));
}
