/** Collections and objects as PingOne shows them: links, pages with a cursor, SCIM filters (pingone §3.2). */
import { Gap } from "../errors.ts";
import type { Answer, Call } from "../http.ts";
import { parseFilter } from "../query-filter.ts";
import { inTurns } from "../turns.ts";
import { type Evidence, invalid } from "./dialect.ts";
import type { Document } from "./documents.ts";

/** A page may be shorter than asked for; short pages make callers follow links. */
const PAGE = 20;
const LARGEST_PAGE = 100;

/** Links of an object besides `self` and `environment`, as the recorded examples have them. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  applications: ["attributes", "secret", "grants"],
  resources: ["scopes"],
  agreements: ["languages"],
  revisions: ["text"],
  signOnPolicies: ["actions"],
};

/** The object with its links. `self` is derived from the collection's address. */
function shown(call: Call, collectionUrl: string, document: Document): Record<string, unknown> {
  const self = `${collectionUrl}/${document.id}`;
  const children = CHILDREN[collectionUrl.slice(collectionUrl.lastIndexOf("/") + 1)] ?? [];
  const links = [
    ["self", self],
    ["environment", environmentUrl(call)],
    ...children.map((name) => [name, `${self}/${name}`]),
  ];
  return { _links: Object.fromEntries(links.map(([name, href]) => [name, { href }])), ...document };
}

/** `…/v1/environments/<id>` */
const environmentUrl = ({ url }: Call) => url.split("/").slice(0, 6).join("/");

/** Answer for one object at its own address. */
export function one(call: Call, document: Document): Answer {
  return { status: 200, body: shown(call, call.url.slice(0, call.url.lastIndexOf("/")), document) };
}

/** Answer to a create. */
export function created(call: Call, document: Document): Answer {
  return { status: 201, body: shown(call, call.url, document), headers: { location: `${call.url}/${document.id}` } };
}

type Cursor = { readonly from: number; readonly filter: string | null };

/**
 * Answers a list.
 *
 * @param filters attributes that a filter may name, each with how that is known; any other fails closed
 */
export async function list(
  call: Call,
  documents: Iterable<Document>,
  filters: Readonly<Record<string, Evidence>> = {},
): Promise<Answer> {
  const { query, url } = call;
  const limit = Math.min(LARGEST_PAGE, Number(query.get("limit") ?? PAGE));
  if (!Number.isInteger(limit) || limit < 1) throw invalid("limit", "must be a number of at least 1", "I");
  const { from, filter }: Cursor = cursorOf(query);
  const matches = filter === null ? () => true : matcher(filter, filters);
  const rows: Document[] = [];
  let count = 0;
  await inTurns(documents, (document) => {
    if (!matches(document)) return false;
    if (count >= from && rows.length < limit) rows.push(document);
    count += 1;
    return false;
  });
  const next = from + limit < count && encode({ from: from + limit, filter });
  const name = url.slice(url.lastIndexOf("/") + 1);
  const links = {
    self: { href: query.size ? `${url}?${query}` : url },
    ...(next && { next: { href: `${url}?cursor=${next}&limit=${limit}` } }),
  };
  const body = {
    _links: links,
    _embedded: { [name]: rows.map((document) => shown(call, url, document)) },
    count,
    size: rows.length,
  };
  return { status: 200, body };
}

function matcher(filter: string, known: Readonly<Record<string, Evidence>>): (document: Document) => boolean {
  const { matches, properties } = parseFilter(filter, { ignoreCase: true });
  const unknown = [...properties].filter((property) => !(property in known));
  if (unknown.length) throw new Gap(`a filter on ${unknown.join(", ")} (pingone §3.2, §8 G7)`);
  return matches;
}

function cursorOf(query: URLSearchParams): Cursor {
  const text = query.get("cursor");
  if (text === null) return { from: 0, filter: query.get("filter") };
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString()) as Cursor;
  } catch {
    throw invalid("cursor", "is not a cursor of this collection", "I");
  }
}

const encode = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString("base64url");
