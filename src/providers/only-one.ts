/** Names must mean exactly one object of the tenant (decision 0005). */

import { PingAgentsError, type Where } from "../errors.ts";

/**
 * The only row.
 *
 * @param what e.g. `alpha_user with userName "jdoe"`
 * @throws ERR_NAME_NOT_FOUND, ERR_NAME_AMBIGUOUS
 */
export function onlyOne<T>(rows: readonly T[], what: string, where: Where): T {
  const [row] = rows;
  if (row !== undefined && rows.length === 1) return row;
  if (rows.length === 0) {
    throw new PingAgentsError("ERR_NAME_NOT_FOUND", `there is no ${what}`, {
      where,
      hint: "create it in the tenant, or correct the name; names are case-sensitive",
    });
  }
  throw new PingAgentsError("ERR_NAME_AMBIGUOUS", `${rows.length} objects match ${what}`, {
    where,
    hint: "give the object in the tenant a name of its own",
  });
}
