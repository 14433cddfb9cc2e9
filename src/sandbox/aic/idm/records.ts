/** Managed objects as they are stored, and the revisions of IDM: `<uuid>-<counter>` (aic §1.5). */
import { randomUUID } from "node:crypto";
import { ApiError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import type { Entry, Store } from "../../store.ts";
import { SETTINGS } from "../../tenant.ts";
import type { ManagedType } from "./types.ts";

export type ManagedRecord = {
  /** Own properties with `_id` and `_rev`; relations are edges, and computed properties are not stored. */
  readonly body: JsonObject;
  /** Password of a user; never shown. */
  readonly secret?: string;
  /**
   * Put there by the control plane and not written since, with a revision or without: computed properties are shown as they
   * came, in `body`. Without a revision they belong to no known state.
   */
  readonly loaded?: "revised" | "bare";
  /** Computed properties as they were loaded that outlived a write, see loaded-virtuals.ts. */
  readonly loadedVirtuals?: JsonObject;
};

/** Stores an object so that {@link holders} finds it by its unique properties. */
export function putRecord(
  store: Store,
  { collection, properties }: ManagedType,
  id: string,
  record: ManagedRecord,
): void {
  const unique = Object.entries(properties).filter(([, { policies }]) =>
    JSON.stringify(policies ?? []).includes('"unique"'),
  );
  const keys = unique.map(([name]) => [name, record.body[name]] as const).filter(([, value]) => value != null);
  store.put(
    collection,
    id,
    record,
    keys.map(([name, value]) => uniqueKey(name, value)),
  );
}

/** Ids of the objects that have a value in a unique property; case is ignored, as by the filter operator `eq` (aic §1.3). */
export function holders(store: Store, { collection }: ManagedType, property: string, value: unknown): string[] {
  return store.mentioning(collection, uniqueKey(property, value)).map(({ id }) => id);
}

function uniqueKey(property: string, value: unknown): string {
  return `${property}=${typeof value === "string" ? value.toLowerCase() : JSON.stringify(value)}`;
}

/** A fresh revision. Objects and edges count on their own, as on a tenant. */
export function nextRevision(store: Store, series: "object" | "edge"): string {
  const name = `idm-${series}`;
  const known = store.get(SETTINGS, name)?.uuid;
  const uuid = typeof known === "string" ? known : randomUUID();
  if (uuid !== known) store.put(SETTINGS, name, { uuid });
  return `${uuid}-${store.count(name)}`;
}

/** Text as IDM escapes it in messages (aic §1.4). */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"'=]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The directory's name of an object, as messages show it. */
export function directoryName({ unit, realm }: ManagedType, id: string): string {
  const base = realm === "root" ? "o=root" : `o=${realm},o=root`;
  return escapeHtml(`'fr-idm-uuid=${id},ou=${unit},${base},ou=identities'`);
}

/** @throws {ApiError} 404 as the directory says it; ids are found without regard to case (aic §4) */
export function existing(store: Store, type: ManagedType, id: string): Entry<ManagedRecord> {
  const entry = store.find<ManagedRecord>(type.collection, id);
  if (entry) return entry;
  throw new ApiError(404, `No Such Entry: The search base entry ${directoryName(type, id)} does not exist`);
}
