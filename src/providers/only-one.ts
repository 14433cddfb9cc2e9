/** Names must mean exactly one object of the tenant (decision 0005). */

import { closest, distance } from "fastest-levenshtein";
import { PingAgentsError, type Where } from "../errors.ts";

/**
 * The only row.
 *
 * @param what e.g. `alpha_user with userName "jdoe"`
 * @param nearest says which name there is instead. @default none is known
 * @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS
 */
export function onlyOne<T>(rows: readonly T[], what: string, where: Where, nearest = ""): T {
  const [row] = rows;
  if (row !== undefined && rows.length === 1) return row;
  if (rows.length === 0) {
    throw new PingAgentsError("ERR_NAME_NOT_FOUND", `there is no ${what}${nearest}`, {
      where,
      hint: "create it in the tenant, or correct the name; names are case-sensitive",
    });
  }
  throw new PingAgentsError("ERR_NAME_AMBIGUOUS", `${rows.length} objects match ${what}`, {
    where,
    hint: "give the object in the tenant a name of its own",
  });
}

/**
 * The name that may be meant, in words.
 *
 * @param known the names that there are, or those of them that look alike
 * @returns nothing where none is near
 */
export function nearestOf(name: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(name, known);
  const most = Math.max(2, Math.ceil(name.length / 3));
  return distance(name.toLowerCase(), nearest.toLowerCase()) <= most ? `; the nearest name is "${nearest}"` : "";
}
