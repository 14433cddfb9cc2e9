/** What a tenant holds, without what two runs of the same thing cannot have in common. */

/** Revisions, ids of edges, times, and hashes of secrets that were generated. */
const VOLATILE = /^(_rev|properties|secret|createDate|lastChangeDate|lastChangedBy|valueBase64)$/;

/** A dump that equals another one when both tenants hold the same objects. */
export function comparable(dump: unknown): unknown {
  if (Array.isArray(dump)) return dump.map(comparable);
  if (typeof dump !== "object" || dump === null) return dump;
  const kept = Object.entries(dump).filter(([key]) => !VOLATILE.test(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, comparable(value)]));
}
