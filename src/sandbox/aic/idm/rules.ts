/** Rules on which IDM refuses what an open relative of it was seen to refuse, as data (aic §15). */
import type { Call } from "../../http.ts";
import type { JsonObject } from "../../json.ts";
import { type Rule, Rules, rule } from "../../refusals.ts";
import type { Store } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import { placeAt, readTarget } from "./edges.ts";
import type { Operation } from "./patch.ts";
import type { ManagedType, Relation } from "./types.ts";

/** How the outcome is known: O observed on a running relative (aic §0). */
type Evidence = "O";

const bad = (description: string) => rule("O", "Bad Request", description);
const failed = (description: string) => rule("O", "Precondition Failed", description, { status: 412 });

export const IDM_RULES = {
  cookieWithOffset: bad("_pagedResultsCookie and _pagedResultsOffset are mutually exclusive"),
  duplicateReference: failed("Duplicate relationship specified in relationship collection."),
  ifNoneMatchValue: bad("If-None-Match can have no other value than *, not %s"),
  patchNull: bad("The patch request is not valid: No value field provided for '%s' operation"),
  removeList: bad("Cannot delete collection: /%s"),
  staleRevision: failed("Update rejected: the object has changed since the revision %s of the body"),
} as const satisfies Record<string, Rule<Evidence>>;

export type IdmRules = Rules<keyof typeof IDM_RULES>;

/** The rules of a tenant's IDM, as its control plane switched them. */
export const idmRules = ({ switches }: Tenant): IdmRules => new Rules(IDM_RULES, switches);

/** @throws {Refusal} for a list that begins in two ways at once */
export function checkPage(rules: IdmRules, { query }: Call): void {
  const both = Boolean(query.get("_pagedResultsCookie")) && Number(query.get("_pagedResultsOffset") ?? 0) > 0;
  rules.require("cookieWithOffset", !both);
}

/** @throws {Refusal} for a replacement on a condition that does not hold, or that there is not */
export function checkReplacement(rules: IdmRules, { headers, body }: Call, before: JsonObject | undefined): void {
  const condition = headers.get("if-none-match") ?? "*";
  rules.require("ifNoneMatchValue", condition === "*", condition);
  const revision = (body as JsonObject)._rev ?? before?._rev;
  rules.require("staleRevision", before === undefined || revision === before._rev, String(revision));
}

/** @throws {Refusal} for a body that names one target twice */
export function checkReferences(rules: IdmRules, store: Store, type: ManagedType, body: JsonObject): void {
  for (const relation of type.relations.values()) checkOnce(rules, store, relation, body[relation.name]);
}

/** @throws {Refusal} for operations that no patch can have */
export function checkPatch(rules: IdmRules, store: Store, type: ManagedType, operations: readonly Operation[]): void {
  for (const { operation, pointer, value } of operations) {
    const [property = "", element] = pointer;
    const relation = type.relations.get(property);
    const isSet = operation === "add" || operation === "replace";
    rules.require("patchNull", !(isSet && value === null), operation);
    const isWholeList = operation === "remove" && relation?.many === true && value === undefined;
    rules.require("removeList", !isWholeList, property);
    if (relation && element === undefined && isSet) checkOnce(rules, store, relation, value);
  }
}

function checkOnce(rules: IdmRules, store: Store, relation: Relation, value: unknown): void {
  if (!Array.isArray(value)) return;
  const places = value.map((one) => placeAt(readTarget(store, relation, one, false)));
  rules.require("duplicateReference", new Set(places).size === places.length);
}
