/** A journey that something names must be there: AM takes the name of any (aic §6.3). */

import { closest } from "fastest-levenshtein";
import { PingAgentsError, type Where } from "../../errors.ts";
import type { AicContext } from "./context.ts";

/** @throws ERR_NAME_NOT_FOUND */
export async function requireJourney(
  { tenant, names }: AicContext,
  { realm, journey }: { readonly realm: string; readonly journey: string },
  where: Where,
): Promise<void> {
  if (names.expected.has(`journeys ${realm}`, journey)) return;
  const { trees } = tenant.am(realm);
  if (await trees.get(journey)) return;
  const known = (await trees.query()).map(({ _id }) => _id);
  const nearest = known.length ? `; the nearest name is "${closest(journey, known)}"` : "";
  throw new PingAgentsError("ERR_NAME_NOT_FOUND", `realm ${realm} has no journey "${journey}"${nearest}`, {
    where: { ...where, tenant: tenant.origin },
    hint: "declare the journey, or correct its name; names are case-sensitive",
  });
}
