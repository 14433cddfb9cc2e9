/** What a client needs to act with tokens of others, on each cloud alike (RFC 8693 §2.1: the actor token is its own). Pure. */

import { ACTING, grantTypeName, grantTypes } from "../../fields/grant-types.ts";
import type { Mapping, Refuse } from "./rule.ts";

/**
 * Refuses `delegates` of a client that has no secret, or says grant types without those that it takes.
 *
 * @returns whether it can act at all
 */
export function canAct({ type, grantTypes: said }: Mapping, path: readonly PropertyKey[], refuse: Refuse): boolean {
  if (type === "spa" || type === "native") {
    refuse([...path, "delegates"], `a ${type} is a public client: it has no token of its own by which it could act`);
    return false;
  }
  const own = said === undefined ? undefined : grantTypes.safeParse(said).data;
  for (const grant of own ? ACTING.filter((type) => !own.includes(type)) : [])
    refuse([...path, "grantTypes"], `delegates needs ${grantTypeName(grant)}: add it`);
  return true;
}
