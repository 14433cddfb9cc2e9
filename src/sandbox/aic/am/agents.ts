/** AI agents and OAuth 2.0 clients as AM keeps them: stored in the wrapped form, with their secret out of sight. */
import { type JsonObject, without } from "../../json.ts";
import type { Store } from "../../store.ts";
import { mapped } from "../../turns.ts";
import type { Realm } from "../realms.ts";
import type { AgentType } from "./client-attributes.ts";
import { SECRET_MARKER, toPlain } from "./representation.ts";
import { withRevision } from "./stored.ts";

export type AgentRecord = {
  /** Wrapped, without `_rev`. */
  readonly body: JsonObject;
  /** The client secret; null when only its marker is known. Never shown. */
  readonly secret?: string | null;
  /** The query form in which the control plane loaded the object, shown as it is until it is written. */
  readonly shown?: { readonly row: JsonObject };
};

export const agentsCollection = (realm: string, type: string): string => `am/${realm}/agents/${type}`;

/** The object as it is read by id. */
export function showAgent(store: Store, { body }: AgentRecord): JsonObject {
  return withRevision(store, "item", body);
}

/** All objects of a collection in the form of a query, those of the control plane with their revision. */
export function agentRows(store: Store, collection: string): Iterable<JsonObject> {
  return mapped(store.each<AgentRecord>(collection), ({ document }) => document.shown?.row ?? toPlain(document.body));
}

/** A row with its revision, which costs a hash. */
export function showRow(store: Store, row: JsonObject): JsonObject {
  return row._rev === undefined ? withRevision(store, "row", row) : row;
}

/** The object in the list of agents of all types (aic §11.4): there `_type` is the bare name. */
export function listAgent(store: Store, type: string, { body }: AgentRecord): JsonObject {
  const { _id, _rev } = withRevision(store, "listed", body);
  return { _id, _rev, _type: type };
}

/** An AI agent or client with its secret, for the token endpoints. */
export function findClient(
  store: Store,
  realm: Realm,
  id: string,
): { type: AgentType; body: JsonObject; secret: string | null | undefined } | undefined {
  for (const type of ["OAuth2Client", "AIAgent"] as const) {
    const record = store.get<AgentRecord>(agentsCollection(realm, type), id);
    if (record) return { type, body: toPlain(record.body), secret: record.secret };
  }
  return undefined;
}

/** Puts the marker of a secret into a wrapped body, or takes it out (aic §2.6). */
export function marked(body: JsonObject, hasSecret: boolean): JsonObject {
  const core = body.coreOAuth2ClientConfig;
  if (typeof core !== "object" || core === null) return body;
  const plain = without(core as JsonObject, SECRET_MARKER);
  return { ...body, coreOAuth2ClientConfig: hasSecret ? { [SECRET_MARKER]: null, ...plain } : plain };
}
