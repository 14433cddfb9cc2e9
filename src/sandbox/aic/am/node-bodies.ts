/** What a write makes of the body of a node: defaults, type and outcomes are the server's (aic §7.2). Pure functions. */
import { Gap } from "../../errors.ts";
import { isObject, type JsonObject, presentIn } from "../../json.ts";
import { type NodeType, nodeType, outcomesOf } from "./node-types.ts";

/** The version of a node that does not name one. */
export const FIRST_VERSION = "1.0";

/** The type of nodes that show others on one page. */
export const PAGE = "PageNode";

/** What is known about the nodes of a type. */
export type Kin = {
  readonly type: string;
  readonly version: string;
  /** The node as it was before, if it was there. */
  readonly before: JsonObject | undefined;
  /** Any node of the type and version. Its type and its properties are known to the tenant. */
  readonly sample: JsonObject | undefined;
  /** Another node of the realm, where it is there. */
  readonly nodeOf: (type: string, version: string, id: string) => JsonObject | undefined;
};

/** A node that stands in a page, as the page names it. */
export type Inner = { readonly type: string; readonly version: string; readonly id: string };

/**
 * The node that a body makes. Missing properties get their defaults; a node that predates one keeps lacking it. A body with `_type` is an export of a tenant that knows
 * the type: what it has and this tenant does not know is believed.
 * @throws {ApiError} a gap for types and properties that neither this tenant nor the body knows
 */
export function nodeFrom(given: JsonObject, kin: Kin): JsonObject {
  const { _id, _rev, _type, _outcomes, ...properties } = given;
  const described = isObject(_type) && _type._id === kin.type ? _type : undefined;
  const known = nodeType(kin.type, kin.version);
  const name = (known?.assumed && described?.name) ?? known?.name ?? described?.name ?? typeOf(kin.sample)?.name;
  if (name === undefined) throw new Gap(`the node type ${kin.type}`);
  if (known && !described) refuseUnknown(properties, known, kin);
  const defaults = kin.before ? presentIn(kin.before, known?.properties ?? {}) : known?.properties;
  const node: JsonObject = { ...JSON.parse(JSON.stringify(defaults ?? {})), ...properties };
  const outcomes = outcomesAfter(node, known, _outcomes, kin);
  const knowsVersions = !kin.before || typeOf(kin.before)?.version !== undefined;
  return {
    ...node,
    ...(knowsVersions && Array.isArray(node.nodes) && { nodes: node.nodes.map(withNodeVersion) }),
    _type: { collection: true, ...described, _id: kin.type, name, ...(knowsVersions && { version: kin.version }) },
    ...(outcomes && { _outcomes: outcomes }),
  };
}

function refuseUnknown(properties: JsonObject, known: NodeType, { type, sample }: Kin): void {
  const unknown = Object.keys(properties).find((name) => !(name in known.properties) && !(name in (sample ?? {})));
  if (unknown !== undefined) throw new Gap(`the property ${unknown} of ${type}`);
}

/** Which outcomes there are follows from the type where it is known; their display names are the server's. */
function outcomesAfter(node: JsonObject, known: NodeType | undefined, given: unknown, kin: Kin): unknown[] | undefined {
  const shown = listOf(kin.before?._outcomes);
  if (!known) return listOf(given) ?? shown ?? listOf(kin.sample?._outcomes);
  if (kin.type === PAGE) return pageOutcomes(node, given, kin);
  if (known.assumed && listOf(given)) return listOf(given);
  return outcomesOf(known, node).map(
    (outcome) => shown?.filter(isObject).find(({ id }) => id === outcome.id) ?? outcome,
  );
}

/** The last node of a page, which decides how the page ends. */
export function lastOf(page: JsonObject): Inner | undefined {
  const node = listOf(page.nodes)?.filter(isObject).at(-1);
  return (
    node && { type: String(node.nodeType), version: String(node.nodeVersion ?? FIRST_VERSION), id: String(node._id) }
  );
}

/**
 * A page ends as its last node does (aic §7.2). Where that node is not there, and its settings decide how it ends, the body is
 * believed.
 */
function pageOutcomes(page: JsonObject, given: unknown, { nodeOf }: Kin): unknown[] | undefined {
  const last = lastOf(page);
  if (!last) return [];
  const stored = listOf(nodeOf(last.type, last.version, last.id)?._outcomes);
  if (stored) return stored;
  const known = nodeType(last.type, last.version);
  const isFixed = known && !known.assumed && typeof known.outcomes !== "function";
  return (isFixed ? undefined : listOf(given)) ?? (known && outcomesOf(known, known.properties));
}

function listOf(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function typeOf(node: JsonObject | undefined): JsonObject | undefined {
  return isObject(node?._type) ? node._type : undefined;
}

function withNodeVersion(node: unknown): unknown {
  return isObject(node) ? { nodeVersion: FIRST_VERSION, ...node } : node;
}

/** The description of a type, as `getType` and `getAllTypes` give it. */
export function describeType(id: string, name: unknown): JsonObject {
  return { _id: id, name, collection: true, tags: [], metadata: { tags: [] }, help: name };
}
