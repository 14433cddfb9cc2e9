/** Queries of IDM: filter, fields, sort keys and pages with cookies (aic §1.3). */
import { ApiError, Gap } from "../../errors.ts";
import type { Answer, Call } from "../../http.ts";
import { type JsonObject, memberOf } from "../../json.ts";
import { parseFilter } from "../../query-filter.ts";

/** A row before its fields are chosen. */
export type Row = {
  /** Everything a filter may look at. */
  readonly whole: JsonObject;
  /** Position that no later write changes. */
  readonly sequence: number;
  readonly show: () => JsonObject;
};

/**
 * Answers a query over rows.
 * @param closed properties on which a filter is not evidenced (relations)
 */
export function answerQuery({ query }: Call, rows: Row[], closed: ReadonlySet<string> = new Set()): Answer {
  const text = query.get("_queryFilter");
  if (text === null) {
    if (query.has("_queryId") || query.has("_queryExpression")) throw new Gap("queries other than by filter");
    throw new ApiError(400, "A query needs a _queryFilter");
  }
  const filter = parseFilter(text, { ignoreCase: true });
  for (const property of filter.properties) {
    if (closed.has(property)) throw new Gap(`filter on the relation ${property}`);
  }
  const found = rows.filter(({ whole }) => filter.matches(whole));
  const order = query.get("_sortKeys")?.split(",");
  const ordered = order ? sortRows(found, order) : found;
  const { page, cookie } = cut(ordered, query, order !== undefined);
  return {
    status: 200,
    body: {
      result: page.map(({ show }) => show()),
      resultCount: page.length,
      pagedResultsCookie: cookie,
      totalPagedResultsPolicy: "NONE",
      totalPagedResults: -1,
      remainingPagedResults: -1,
    },
  };
}

/**
 * A full page has a cookie, also the last one; the page after it is empty. The cookie is percent-encoded already, to be
 * appended unchanged.
 */
function cut(rows: Row[], query: URLSearchParams, sorted: boolean): { page: Row[]; cookie: string | null } {
  const size = Number(query.get("_pageSize") ?? 0);
  if (!Number.isInteger(size) || size < 0) throw new ApiError(400, "_pageSize must be a number");
  const after = readCookie(query.get("_pagedResultsCookie"));
  const start = sorted ? after : rows.findIndex(({ sequence }) => sequence > after);
  const offset = Number(query.get("_pagedResultsOffset") ?? 0);
  const rest = start < 0 ? [] : rows.slice(start + offset);
  const page = size ? rest.slice(0, size) : rest;
  const last = page.at(-1);
  if (!size || page.length < size || !last) return { page, cookie: null };
  const mark = sorted ? start + offset + page.length : last.sequence;
  return { page, cookie: encodeURIComponent(`${Buffer.from(`||${mark}|`).toString("base64")}:0`) };
}

function readCookie(cookie: string | null): number {
  if (!cookie) return 0;
  const [text = ""] = cookie.split(":");
  const [, mark] =
    Buffer.from(text, "base64")
      .toString()
      .match(/^\|\|(\d+)\|$/) ?? [];
  if (mark === undefined || !cookie.endsWith(":0")) throw new ApiError(400, "Invalid paged results cookie");
  return Number(mark);
}

/** `name`, `+name` and `-name`. */
function sortRows(rows: Row[], keys: string[]): Row[] {
  const valueAt = ({ whole }: Row, key: string) => key.split("/").reduce<unknown>(memberOf, whole);
  return [...rows].sort((one, other) => {
    for (const key of keys.map((text) => text.trim())) {
      const name = key.replace(/^[+-]/, "");
      const [a, b] = [String(valueAt(one, name) ?? ""), String(valueAt(other, name) ?? "")];
      if (a !== b) return (a < b ? -1 : 1) * (key.startsWith("-") ? -1 : 1);
    }
    return one.sequence - other.sequence;
  });
}
