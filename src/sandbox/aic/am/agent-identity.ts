/** The IDM identity that lives and dies with an AI agent (aic §2). */
import { randomUUID } from "node:crypto";
import { ApiError, Gap } from "../../errors.ts";
import { isObject, type JsonObject, without } from "../../json.ts";
import type { Store } from "../../store.ts";
import type { ManagedRecord } from "../idm/records.ts";
import { type ManagedType, managedType } from "../idm/types.ts";
import { create, remove, replace, type Written } from "../idm/write.ts";
import type { Realm } from "../realms.ts";
import { IDENTITY, IDENTITY_UID } from "./client-attributes.ts";
import { unwrap } from "./representation.ts";

/** The two identity members of an agent, wrapped. */
type Members = { [IDENTITY]: JsonObject; [IDENTITY_UID]: JsonObject };

/**
 * Creates the identity under the UUID that the caller chose, or a new one.
 * @throws {ApiError} 500 `AI Agent: Failed to create agent identity.` when IDM refuses it
 */
export function createIdentity(store: Store, realm: Realm, agentId: string, body: JsonObject): Members {
  const { attributes, uid } = read(body);
  const id = uid ?? randomUUID();
  const type = identityType(realm);
  const failed = () => new ApiError(500, "AI Agent: Failed to create agent identity.");
  if (store.find(type.collection, id)) throw failed();
  if (attributes.oauth2ClientId !== undefined && attributes.oauth2ClientId !== agentId) {
    throw new Gap("an identity whose oauth2ClientId is not the agent's id");
  }
  const whole = { ...attributes, oauth2ClientId: agentId };
  try {
    return members(create(store, type, id, whole));
  } catch (error) {
    throw error instanceof ApiError && error.status === 403 ? failed() : error;
  }
}

/** Hands name, description and custom attributes on to the identity (aic §2.4, inferred). */
export function updateIdentity(store: Store, realm: Realm, body: JsonObject, before: JsonObject): Members {
  const { attributes, uid } = read(body);
  const id = String(unwrap(before[IDENTITY_UID]));
  if (uid !== undefined && uid !== id) throw new Gap("another identity for an existing agent");
  const type = identityType(realm);
  const record = store.get<ManagedRecord>(type.collection, id);
  if (!record) throw new Gap("an update of an agent whose identity is gone (aic §12.7)");
  const own = without(record.body, "_id", "_rev");
  const known = unwrap(before[IDENTITY]);
  const changed = Object.entries(attributes).filter(
    ([key, value]) => key !== "_id" && !(isObject(known) && JSON.stringify(known[key]) === JSON.stringify(value)),
  );
  if (changed.length === 0)
    return { [IDENTITY]: before[IDENTITY] as JsonObject, [IDENTITY_UID]: before[IDENTITY_UID] as JsonObject };
  return members(replace(store, type, id, record, { ...own, ...Object.fromEntries(changed) }));
}

/** Removes the identity with its privileges. One that is gone already is no error. */
export function removeIdentity(store: Store, realm: Realm, body: JsonObject): void {
  const type = identityType(realm);
  const entry = store.find(type.collection, String(unwrap(body[IDENTITY_UID])));
  if (entry) remove(store, type, entry.id);
}

function identityType(realm: Realm): ManagedType {
  const type = managedType(`${realm}_aiagent`);
  if (!type) throw new Error(`no identities in ${realm}`);
  return type;
}

function read(body: JsonObject): { attributes: JsonObject; uid: string | undefined } {
  const given = unwrap(body[IDENTITY]) ?? {};
  if (!isObject(given))
    throw new ApiError(400, "Data validation failed for the attribute, AI Agent Identity Attributes");
  const uid = unwrap(body[IDENTITY_UID]) ?? given._id;
  if (given._id !== undefined && uid !== given._id) throw new Gap("two different UUIDs for one identity");
  return { attributes: without(given, "_rev"), uid: typeof uid === "string" ? uid : undefined };
}

function members({ record: { body } }: Written): Members {
  return { [IDENTITY]: { inherited: false, value: body }, [IDENTITY_UID]: { inherited: false, value: body._id } };
}
