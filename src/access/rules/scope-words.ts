/** What a scope lets somebody do, as far as its name tells. Pure. */

/** Words of scopes, by what they let somebody do. */
const WORDS = {
  admin: "admin administer administrator manage management owner root superuser full sudo".split(" "),
  delete: "delete remove purge revoke destroy drop erase".split(" "),
  write:
    "write create update edit modify change put post patch upload send submit approve transfer pay payment refund block unblock execute run publish grant assign".split(
      " ",
    ),
  read: "read view list get search query find show monitor".split(" "),
} as const;
export type ScopeKind = keyof typeof WORDS;

const KINDS = Object.keys(WORDS) as ScopeKind[];

/** What a scope lets somebody do; undefined where its name does not tell. `*` and the like are everything. */
export function scopeKind(scope: string): ScopeKind | undefined {
  if (/(^|[^A-Za-z])(\*|all)$/.test(scope)) return "admin";
  const words = scope
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  return KINDS.find((kind) => words.some((word) => (WORDS[kind] as readonly string[]).includes(word)));
}

/** Whether a scope lets somebody change something. */
export const changes = (scope: string): boolean => ["admin", "delete", "write"].includes(scopeKind(scope) ?? "");
