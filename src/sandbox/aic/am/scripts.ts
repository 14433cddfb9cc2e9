/** Which scripts a realm has: those of a new tenant, and those that the control plane loads. They are only referred to. */
import type { Store } from "../../store.ts";
import type { Realm } from "../realms.ts";

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
const INTERNAL = ["c234ba0b-58a1-4cfd-9567-09edde980745"];

export const scriptsCollection = (realm: string): string => `am/${realm}/scripts`;

export function knowsScript(store: Store, realm: Realm, id: string): boolean {
  return (
    [...INTERNAL, ...Object.values(PROVIDER_SCRIPTS[realm])].includes(id) ||
    Boolean(store.get(scriptsCollection(realm), id))
  );
}
