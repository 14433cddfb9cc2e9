/** How agents and clients come into the store that the control plane loads: by id in either form, or as a row of the list of all. */
import { isObject, type JsonObject, sectionOf, without } from "../../json.ts";
import { NotServed } from "../../load.ts";
import type { Store } from "../../store.ts";
import { type AgentRecord, agentsCollection, marked } from "./agents.ts";
import { isWrapper, SECRET_MARKER, toPlain, toWrapped } from "./representation.ts";
import { rememberRevision } from "./stored.ts";

const CORE = "coreOAuth2ClientConfig";

/** An agent or client, wrapped as by id or plain as in a list; the revision belongs to that form. */
export function loadAgent(store: Store, collection: string, id: string, body: JsonObject): void {
  const form = isItem(body) ? "item" : "row";
  const own = without(body, "_rev");
  const stored = form === "item" ? marked(own, SECRET_MARKER in sectionOf(own, CORE)) : toWrapped(own);
  rememberRevision(store, form, form === "item" ? stored : toPlain(stored), body._rev);
  const core = sectionOf(body, CORE);
  const password = core[SECRET_MARKER];
  const secret = SECRET_MARKER in core ? { secret: typeof password === "string" ? password : null } : {};
  // The wrapped form is stored as it came (only a secret is replaced by its marker); the plain one cannot be told from the stored form, so it is kept beside it.
  const shown = form === "row" && body._rev !== undefined && password == null ? { shown: { row: body } } : {};
  store.put(collection, id, { body: stored, ...secret, ...shown } satisfies AgentRecord);
}

/** A row of the list of all agents: it tells little more than that the agent is there. */
export function loadListedAgent(store: Store, realm: string, id: string, body: JsonObject): void {
  if (typeof body._type !== "string") throw new NotServed("an agent is loaded by its type");
  const collection = agentsCollection(realm, body._type);
  const record = store.get<AgentRecord>(collection, id) ?? { body: { _id: id } };
  rememberRevision(store, "listed", record.body, body._rev);
  store.put(collection, id, record);
}

/** In the wrapped form something is wrapped; a body without anything to wrap is the same in both. */
function isItem(body: JsonObject): boolean {
  const values = Object.entries(body).filter(([key]) => !key.startsWith("_"));
  const wrapped = ([key, value]: [string, unknown]) =>
    isWrapper(value) || (key.endsWith("Config") && isObject(value) && Object.values(value).some(isWrapper));
  return values.length === 0 || values.some(wrapped);
}
