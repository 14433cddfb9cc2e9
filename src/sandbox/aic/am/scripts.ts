/** Which scripts a realm has: those that every tenant has and whose text nobody knows, and those that were stored. */
import { Gap } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import type { Store } from "../../store.ts";
import type { Realm } from "../realms.ts";
import { notInCloud } from "./dialect.ts";

/** The scripts to which a new realm's OAuth 2.0 provider points (aic §6.2: they differ per realm). */
export const PROVIDER_SCRIPTS: Readonly<
  Record<Realm, { accessTokenModificationScript: string; oidcClaimsScript: string }>
> = {
  alpha: {
    accessTokenModificationScript: "39c08084-1238-43e8-857f-2e11005eac49",
    oidcClaimsScript: "cf3515f0-8278-4ee3-a530-1bad7424c416",
  },
  bravo: {
    accessTokenModificationScript: "21138ab1-0621-4466-b18f-670bfcbabca7",
    oidcClaimsScript: "3e31996b-4522-44a2-b360-0851cece3854",
  },
};

/** Ping's own script for its remote consent client, which every realm has. */
const REMOTE_CONSENT = "c234ba0b-58a1-4cfd-9567-09edde980745";
/** Scripts that nobody may look at (delegation §4). A recorded tenant lacked the second: it was not AIC (aic §5.1). */
const INTERNAL = [REMOTE_CONSENT, "1f389a3d-21cf-417c-a6d3-42ea620071f0"];

export const scriptsCollection = (realm: string): string => `am/${realm}/scripts`;

export function knowsScript(store: Store, realm: Realm, id: string): boolean {
  return id === REMOTE_CONSENT || isScriptOfNewTenant(realm, id) || Boolean(store.get(scriptsCollection(realm), id));
}

/** Whether every realm of this name has the script from its beginning. */
export const isScriptOfNewTenant = (realm: Realm, id: string): boolean =>
  Object.values(PROVIDER_SCRIPTS[realm]).includes(id);

/**
 * A script by its id, or undefined.
 * @throws {ApiError} 403 for one of Ping's own
 */
export function scriptOf(store: Store, realm: Realm, id: string): JsonObject | undefined {
  if (INTERNAL.includes(id)) throw notInCloud();
  const script = store.get(scriptsCollection(realm), id);
  if (!script && isScriptOfNewTenant(realm, id))
    throw new Gap(`the script ${id} of a new tenant, whose text is not recorded`);
  return script;
}
